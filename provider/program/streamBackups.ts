import { listBackupsArguments, type ListBackupsArgs } from "../args";
import type { Backup } from "../backup";
import { checkCall } from "../checkCall";
import type { PageRange } from "../client/paginate";
import type { ListBackupsOptions } from "../listBackups";
import { stream } from "../listing";
import { plan, wireQuery, type Plan } from "../plan";
import { createReader, warnIfRegionWasGuessed, type Reader } from "../reader";
import { matches } from "../select";
import { connectionOf, reporterOf } from "./program";

/** The backups that a plan asks for, as they come. */
async function* backupsOf(
  reader: Reader,
  { queries, selection }: Plan,
  range: PageRange,
): AsyncGenerator<Backup, void, undefined> {
  let isEmpty = true;
  // Only a service that ignores a filter sends a backup to two queries; one query repeats none.
  const handedOut = new Set<string>();
  const isRepeat = ({ backupId }: Backup) =>
    queries.length > 1 && handedOut.size === handedOut.add(backupId).size;
  for (const query of queries) {
    for await (const { rows, now } of stream(reader, wireQuery(query), range)) {
      for (const row of rows) {
        if (!matches(row, selection, now) || isRepeat(row.backup)) continue;
        isEmpty = false;
        yield row.backup;
      }
    }
  }
  warnIfRegionWasGuessed(reader, isEmpty);
}

/** Prepares a stream; it asks when it is iterated, anew each time. */
export function streamBackups(
  args: ListBackupsArgs,
  opts: ListBackupsOptions,
): AsyncIterable<Backup> {
  const checked = checkCall(listBackupsArguments, args, opts);
  const connection = connectionOf(opts.settings, checked.region);
  const range = { nextToken: checked.nextToken, maxPages: checked.maxPages };
  const reporter = reporterOf(undefined);
  return {
    [Symbol.asyncIterator]: () =>
      backupsOf(createReader(connection, opts.signal, reporter), plan(checked), range),
  };
}
