import { listBackupsArguments, type ListBackupsArgs } from "./args";
import type { Backup } from "./backup";
import { checkCall } from "./checkCall";
import type { PageRange } from "./client/paginate";
import { stream } from "./listing";
import { createReader, warnIfRegionWasGuessed, type Reader } from "./reader";
import { connectionOf, reporterOf } from "./program/program";
import { plan, wireQuery, type Plan } from "./plan";
import { matches } from "./select";
import type { Settings } from "./settings/settings";

/** Options of {@link listBackups}. */
export interface ListBackupsOptions {
  /** Ends the reading: the iteration rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Where and as whom to ask; stronger than stack config and environment. */
  settings?: Settings | undefined;
}

async function* backupsOf(
  reader: Reader,
  { queries, selection }: Plan,
  range: PageRange,
): AsyncGenerator<Backup, void, undefined> {
  let isEmpty = true;
  // Only a service that ignores a filter sends a backup to two queries; one query repeats none.
  const handedOut = new Set<string>();
  for (const query of queries) {
    for await (const { rows, now } of stream(reader, wireQuery(query), range)) {
      for (const row of rows) {
        if (!matches(row, selection, now)) continue;
        if (queries.length > 1 && handedOut.size === handedOut.add(row.backup.backupId).size)
          continue;
        isEmpty = false;
        yield row.backup;
      }
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
    [Symbol.asyncIterator]: () =>
      backupsOf(createReader(connection, opts.signal, reporter), plan(checked), range),
  };
}
