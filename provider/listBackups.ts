import type { ListBackupsArgs } from "./args";
import type { Backup } from "./backup";
import { calls } from "./program/deferred";
import type { Settings } from "./settings/settings";

/** Options of {@link listBackups}. */
export interface ListBackupsOptions {
  /** Ends the reading: the iteration rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Where and as whom to ask; stronger than stack config and environment. */
  settings?: Settings | undefined;
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
  return calls().streamBackups(args, opts);
}
