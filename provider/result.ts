import { backupStatuses, type Backup, type BackupRow } from "./backup";
import { newestFirst } from "./select";

/**
 * What {@link getBackups} found. Everything speaks of the backups that matched the arguments, and
 * nothing depends on the clock (`maxAge` apart): two runs over unchanged backups give equal results.
 */
export interface GetBackupsResult {
  /** Ids of the backups, in the order of `backups`. */
  readonly ids: string[];
  /** The backups, newest first (by startTime, else createTime; ties by id). */
  readonly backups: Backup[];
  /**
   * The newest backup with status `Created`: the one to restore from. Absent when there is none,
   * and when the pages were read by hand (`maxPages`, `nextToken`).
   */
  readonly latest?: Backup;
  /**
   * The newest backup whatever its status: shows the failed or running one that `latest` passes
   * over. Absent when there is none, and when the pages were read by hand.
   */
  readonly latestAttempt?: Backup;
  /**
   * `latest` of each service instance that has one, by service instance id: for fleets. Absent when
   * the pages were read by hand.
   */
  readonly latestByServiceInstance?: Record<string, Backup>;
  /**
   * How many backups there are in each status; the documented statuses are always there, if with 0.
   * Absent when the pages were read by hand.
   */
  readonly statusCounts?: Record<string, number>;
  /**
   * How many backups the service said meet the filters it was sent; absent when it did not say. Of
   * service instances or ids, which may be read together with those of other lookups, it is told only
   * where it has to be the number of backups read: not with `completeness` `tokens`, unless paged by
   * hand.
   */
  readonly totalCount?: number;
  /** Where the next page starts. Present only when `maxPages` stopped the reading. */
  readonly nextToken?: string;
}

/** The backup that {@link getBackup} found. */
export interface GetBackupResult extends Backup {
  /**
   * Whether it can be relied on. False only in a preview of a call with `waitTimeout`: the backup is
   * still being made, and an update would wait for it.
   */
  readonly qualifies: boolean;
}

/** @internal What a read brought in, before it is put in order. */
export interface Collected {
  readonly rows: Iterable<BackupRow>;
  readonly totalCount: number | undefined;
  readonly nextToken: string | undefined;
  /** Whether the pages were read by hand, so that "latest" would speak of a part only. */
  readonly isByHand: boolean;
}

/** How many in each status: the documented ones in their order, then what else there is. */
function countByStatus(rows: readonly BackupRow[]): Record<string, number> {
  const counts = new Map<string, number>(backupStatuses.map((status) => [status, 0]));
  for (const { backup } of rows) counts.set(backup.status, (counts.get(backup.status) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function latestOfEach(created: readonly BackupRow[]): Record<string, Backup> {
  const latest = new Map<string, Backup>();
  for (const { backup } of created) {
    if (!latest.has(backup.serviceInstanceId)) latest.set(backup.serviceInstanceId, backup);
  }
  return Object.fromEntries([...latest].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @internal Puts the result together: order, newest, counts; `limit` cuts only the list. */
export function toResult(collected: Collected, limit: number | undefined): GetBackupsResult {
  const rows = newestFirst(collected.rows);
  const created = rows.filter(({ backup }) => backup.status === "Created");
  const backups = rows.slice(0, limit).map(({ backup }) => backup);
  const [latest] = created;
  const [latestAttempt] = rows;
  return {
    ids: backups.map(({ backupId }) => backupId),
    backups,
    ...(!collected.isByHand && {
      ...(latest && { latest: latest.backup }),
      ...(latestAttempt && { latestAttempt: latestAttempt.backup }),
      latestByServiceInstance: latestOfEach(created),
      statusCounts: countByStatus(rows),
    }),
    ...(collected.totalCount !== undefined && { totalCount: collected.totalCount }),
    ...(collected.nextToken !== undefined && { nextToken: collected.nextToken }),
  };
}
