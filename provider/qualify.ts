// The verdict on backups: pure, and the only place that says when one can be relied on. Whatever is
// not known counts against a backup.

import type { BackupRow } from "./backup";
import { formatDuration } from "./durations";
import type { RestoreTask } from "./restoreTask";
import { futureToleranceMs, isRecent, newestFirst } from "./select";

/** A length of time, and how the user wrote it. */
export interface Duration {
  readonly text: string;
  readonly ms: number;
}

/** What a backup must fulfil besides being `Created` and not expired. */
export interface Conditions {
  readonly serviceInstanceId?: string | undefined;
  readonly backupMode?: string | undefined;
  readonly maxAge?: Duration | undefined;
  readonly minRetention?: Duration | undefined;
  readonly restoreTestedWithin?: Duration | undefined;
}

/** What is known when backups are judged. */
export interface Evidence {
  /** The later of the service's clock and this machine's, in milliseconds. */
  readonly now: number;
  /** All restores there were; undefined when nobody asked, as when no condition needs them. */
  readonly restoreTasks: readonly RestoreTask[] | undefined;
}

/** What was found of one backup. */
export interface Verdict {
  readonly row: BackupRow;
  /** Whether it can be relied on. */
  readonly qualifies: boolean;
  /** Whether it is being made and may qualify once it is done. */
  readonly isPending: boolean;
  /** What speaks against it, besides its status. */
  readonly reasons: readonly string[];
}

/** "7h too old"; at least a second, since it is too old. */
function excess(ms: number): string {
  return formatDuration(Math.max(1000, ms));
}

function againstAge({ row, maxAge, now }: { row: BackupRow; maxAge: Duration; now: number }) {
  const { startedAt, backup } = row;
  if (startedAt === undefined) {
    return backup.startTime === undefined
      ? "it has no start time"
      : `its start time ${JSON.stringify(backup.startTime)} cannot be read`;
  }
  if (isRecent(startedAt, maxAge.ms, now)) return undefined;
  return startedAt > now
    ? `its start is ${excess(startedAt - now)} in the future`
    : `${excess(now - startedAt - maxAge.ms)} too old`;
}

function againstRetention(
  { expiresAt, backup }: BackupRow,
  needed: Duration | undefined,
  now: number,
) {
  if (Number.isNaN(expiresAt)) {
    return `nobody can tell when its retention of ${backup.retentionDays ?? 0} days ends`;
  }
  if (expiresAt <= now) return `expired ${formatDuration(now - expiresAt)} ago`;
  if (needed === undefined || expiresAt - now >= needed.ms) return undefined;
  return `expires in ${formatDuration(expiresAt - now)}, ${needed.text} are needed`;
}

function againstRestores(
  { backup }: BackupRow,
  within: Duration,
  restoreTasks: readonly RestoreTask[],
  now: number,
): string | undefined {
  const own = restoreTasks.filter(({ backupId }) => backupId === backup.backupId);
  const restored = own.filter(({ status }) => status === "Restored");
  if (restored.some(({ endedAt }) => isRecent(endedAt, within.ms, now))) return undefined;
  const ends = restored.map(({ endedAt }) => endedAt ?? NaN).filter((end) => end <= now);
  if (ends.length > 0) return `last restored ${formatDuration(now - Math.max(...ends))} ago`;
  if (restored.length > 0) return "nobody can tell when it was restored";
  const [failed] = own
    .filter(({ status }) => status === "RestoreFailed")
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  if (failed === undefined) return "never restored";
  return `its restore failed${failed.statusDetail === undefined ? "" : ` (${failed.statusDetail})`}`;
}

/** What speaks against a backup whatever its status is. */
function shortcomings(row: BackupRow, conditions: Conditions, evidence: Evidence): string[] {
  const { now, restoreTasks } = evidence;
  const { serviceInstanceId, backupMode, maxAge, minRetention, restoreTestedWithin } = conditions;
  const { backup } = row;
  const ownReasons = [
    serviceInstanceId !== undefined && serviceInstanceId !== backup.serviceInstanceId
      ? `a backup of ${backup.serviceInstanceId}`
      : undefined,
    backupMode !== undefined && backupMode !== backup.backupMode
      ? `mode ${backup.backupMode ?? "unknown"}`
      : undefined,
    maxAge && againstAge({ row, maxAge, now }),
    againstRetention(row, minRetention, now),
  ].filter((reason) => reason !== undefined);
  if (restoreTestedWithin === undefined) return ownReasons;
  if (restoreTasks === undefined) {
    // Where other reasons decide, nobody asks about restores, and nothing is said of them.
    return ownReasons.length > 0 ? ownReasons : ["it is not known whether it was restored"];
  }
  const untested = againstRestores(row, restoreTestedWithin, restoreTasks, now);
  return untested === undefined ? ownReasons : [...ownReasons, untested];
}

/** A backup that has just begun may get its start time yet; nothing else gets better with time. */
function atBest(row: BackupRow, now: number): BackupRow {
  if (row.backup.startTime !== undefined) return row;
  return {
    ...row,
    startedAt: now,
    expiresAt: Number.isNaN(row.expiresAt) ? Infinity : row.expiresAt,
  };
}

/** Judges one backup. Only `Created` counts, always. */
export function judge(row: BackupRow, conditions: Conditions, evidence: Evidence): Verdict {
  const { status, statusDetail } = row.backup;
  const hopes = shortcomings(atBest(row, evidence.now), conditions, evidence);
  const isPending = status === "Creating" && hopes.length === 0;
  // A status that is final says it all.
  const isOpen = status === "Created" || status === "Creating";
  const reasons = isOpen ? shortcomings(row, conditions, evidence) : [];
  return {
    row,
    qualifies: status === "Created" && reasons.length === 0,
    isPending,
    reasons:
      statusDetail === undefined || status === "Created" ? reasons : [statusDetail, ...reasons],
  };
}

/** Judges backups; newest first. */
export function judgeAll(
  rows: Iterable<BackupRow>,
  conditions: Conditions,
  evidence: Evidence,
): Verdict[] {
  return newestFirst(rows).map((row) => judge(row, conditions, evidence));
}

/** The conditions in words: `Created, started within 24h`. */
export function describeConditions(conditions: Conditions): string {
  const { serviceInstanceId, backupMode, maxAge, minRetention, restoreTestedWithin } = conditions;
  return [
    "Created",
    serviceInstanceId && `of ${serviceInstanceId}`,
    backupMode && `mode ${backupMode}`,
    maxAge && `started within ${maxAge.text}`,
    minRetention && `kept for ${minRetention.text} more`,
    restoreTestedWithin && `restored within ${restoreTestedWithin.text}`,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

function age({ startedAt }: BackupRow, now: number): string {
  if (startedAt === undefined) return "of unknown age";
  if (startedAt > now) return startedAt > now + futureToleranceMs ? "not begun" : "just begun";
  return `${formatDuration(now - startedAt)} old`;
}

/** One backup in words: `backup-8 Created, 31h old: 7h too old`. */
export function describeVerdict({ row, reasons }: Verdict, now: number): string {
  const { backupId, status } = row.backup;
  const head = `${backupId} ${status}, ${age(row, now)}`;
  return reasons.length === 0 ? head : `${head}: ${reasons.join(", ")}`;
}
