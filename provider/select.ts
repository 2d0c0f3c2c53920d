import type { BackupRow } from "./backup";

/** What a listing keeps, resolved to instants. Every condition that is given must hold. */
export interface Selection {
  readonly ids?: ReadonlySet<string> | undefined;
  readonly serviceInstanceIds?: ReadonlySet<string> | undefined;
  readonly statuses?: ReadonlySet<string> | undefined;
  readonly backupMode?: string | undefined;
  readonly startedAfter?: number | undefined;
  readonly startedBefore?: number | undefined;
  readonly endedAfter?: number | undefined;
  readonly endedBefore?: number | undefined;
  readonly maxAgeMs?: number | undefined;
}

/**
 * How far a start may lie in the future and still count as recent: clocks differ by minutes, while
 * a start further ahead is a wrong clock or a wrong record.
 */
export const futureToleranceMs = 5 * 60_000;

/** From `after` (inclusive) to `before` (exclusive). A time that is not known is in no range. */
function isWithin(instant: number | undefined, after = -Infinity, before = Infinity): boolean {
  if (after === -Infinity && before === Infinity) return true;
  return instant !== undefined && instant >= after && instant < before;
}

/** Whether a start is at most so long ago. A time that is not known is never recent. */
export function isRecent(startedAt: number | undefined, maxAgeMs: number, now: number): boolean {
  if (startedAt === undefined || startedAt > now + futureToleranceMs) return false;
  return now - startedAt <= maxAgeMs;
}

/** Whether a backup is one of those asked for. The service filters too; this does not rely on it. */
export function matches(row: BackupRow, selection: Selection, now: number): boolean {
  const { backup } = row;
  return (
    (selection.ids?.has(backup.backupId) ?? true) &&
    (selection.serviceInstanceIds?.has(backup.serviceInstanceId) ?? true) &&
    (selection.statuses?.has(backup.status) ?? true) &&
    (selection.backupMode === undefined || selection.backupMode === backup.backupMode) &&
    isWithin(row.startedAt, selection.startedAfter, selection.startedBefore) &&
    isWithin(row.endedAt, selection.endedAfter, selection.endedBefore) &&
    (selection.maxAgeMs === undefined || isRecent(row.startedAt, selection.maxAgeMs, now))
  );
}

/** Newest first; those without a time last; ties by id, so that a set has one order only. */
export function newestFirst(rows: Iterable<BackupRow>): BackupRow[] {
  return [...rows].sort((a, b) => {
    const byTime = (b.happenedAt ?? -Infinity) - (a.happenedAt ?? -Infinity);
    // Two unknown times give NaN; the id decides, as between equal ones.
    if (byTime !== 0 && !Number.isNaN(byTime)) return byTime;
    return a.backup.backupId < b.backup.backupId ? -1 : 1;
  });
}
