import { listBackupsArguments, type ListBackupsArgs } from "../args";
import type { Backup } from "../backup";
import { checkCall } from "../checkCall";
import type { PageRange } from "../client/paginate";
import type { ListBackupsOptions } from "../listBackups";
import { stream } from "../listing";
import { OneByOne } from "../oneByOne";
import { plan, wireQuery, type Plan } from "../plan";
import { createReader, warnIfRegionWasGuessed, type Reader } from "../reader";
import { matches } from "../select";
import { connectionOf, reporterOf } from "./program";

/** The backups that a plan asks for, page by page. */
async function* pagesOf(
  reader: Reader,
  { queries, selection }: Plan,
  range: PageRange,
): AsyncGenerator<readonly Backup[], void, undefined> {
  let isEmpty = true;
  // Only a service that ignores a filter sends a backup to two queries; one query repeats none.
  const handedOut = new Set<string>();
  const isRepeat = ({ backupId }: Backup) =>
    queries.length > 1 && handedOut.size === handedOut.add(backupId).size;
  for (const query of queries) {
    for await (const { rows, now } of stream(reader, wireQuery(query), range)) {
      const backups: Backup[] = [];
      for (const row of rows) {
        if (matches(row, selection, now) && !isRepeat(row.backup)) backups.push(row.backup);
      }
      isEmpty &&= backups.length === 0;
      yield backups;
    }
  }
  warnIfRegionWasGuessed(reader, isEmpty);
}

/** Prepares a stream; it asks when it is iterated, anew each time. */
export function streamBackups(
  args: ListBackupsArgs,
  opts: ListBackupsOptions,
): AsyncIterable<Backup> {
  const { args: checked, settings } = checkCall(listBackupsArguments, args, opts);
  const connection = connectionOf(settings, checked.region);
  const range = { nextToken: checked.nextToken, maxPages: checked.maxPages };
  const reporter = reporterOf(undefined);
  return {
    [Symbol.asyncIterator]: () => {
      const reader = createReader(connection, opts.signal, reporter);
      return new OneByOne(pagesOf(reader, plan(checked), range));
    },
  };
}
