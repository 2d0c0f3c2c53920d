import { listBackupsArguments, type ListBackupsArgs } from "./args";
import type { Backup } from "./backup";
import { checkCall } from "./checkCall";
import type { PageRange } from "./client/paginate";
import { stream } from "./listing";
import { OneByOne } from "./oneByOne";
import { createReader, warnIfRegionWasGuessed, type Reader } from "./reader";
import { connectionOf, reporterOf } from "./program/program";
import { plan, type Plan } from "./plan";
import { matches } from "./select";
import type { Settings } from "./settings/settings";

/** Options of {@link listBackups}. */
export interface ListBackupsOptions {
  /** Ends the reading: the iteration rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Where and as whom to ask; stronger than stack config and environment. */
  settings?: Settings | undefined;
}

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
    for await (const { rows, now } of stream(reader, query, range)) {
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

/**
 * Streams backups in the service's order, one page in memory: for scripts, and for lists too long
 * to hold. Break out of the loop to stop early. Each iteration reads anew.
 *
 * The stream is complete or ends in an error; what it has handed out by then cannot be taken back,
 * so act on it only after the loop has ended.
 *
 * @throws InvalidArgumentError at once, for arguments that are not valid.
 * @throws ConfigurationError at once, for settings that are missing or contradictory.
 * @throws RequestError, ResponseError, IncompleteListError while iterating.
 */
export function listBackups(
  args: ListBackupsArgs = {},
  opts: ListBackupsOptions = {},
): AsyncIterable<Backup> {
  const checked = checkCall(listBackupsArguments, args, opts);
  const connection = connectionOf(opts.settings, checked.region);
  const range = { nextToken: checked.nextToken, maxPages: checked.maxPages };
  const reporter = reporterOf(undefined);
  return {
    [Symbol.asyncIterator]: () => {
      const reader = createReader(connection, opts.signal, reporter);
      return new OneByOne(pagesOf(reader, plan(checked), range));
    },
  };
}
