/** A later state of a row: from `atMs` on, these fields hold instead of the row's own. */
export interface TimelineEntry {
  /** Milliseconds since 1970, compared with the simulator's clock. */
  readonly atMs: number;
  readonly Status?: string;
  readonly StatusDetail?: string;
  readonly EndTime?: string;
  readonly [field: string]: unknown;
}

/** A row, perhaps with states it will come to; the timeline itself is never sent. */
export interface TimedRow {
  readonly timeline?: readonly TimelineEntry[];
  readonly [field: string]: unknown;
}

/** A backup, in the service's own field names. Fields the service may add later are sent as well. */
export interface BackupRow extends TimedRow {
  readonly BackupId: string;
  readonly ServiceInstanceId?: string | null;
  /** Creating, Created, CreateFailed, Deleting, Deleted or DeleteFailed. */
  readonly Status?: string | null;
  readonly StatusDetail?: string | null;
  readonly StartTime?: string | null;
  readonly EndTime?: string | null;
  readonly CreateTime?: string | null;
  readonly ModifiedTime?: string | null;
  readonly Description?: string | null;
  /** `Manual` is the only one documented. */
  readonly BackupMode?: string | null;
  /** Days until the service deletes the backup; absent: never. */
  readonly RetentionDays?: number | string | null;
}

/** A restore of a backup, in the service's own field names. */
export interface RestoreTaskRow extends TimedRow {
  readonly RestoreTaskId: string;
  readonly BackupId?: string | null;
  readonly ServiceInstanceId?: string | null;
  /** Restoring, Restored or RestoreFailed. */
  readonly Status?: string | null;
  readonly StatusDetail?: string | null;
  readonly StartTime?: string | null;
  readonly EndTime?: string | null;
  readonly CreateTime?: string | null;
  readonly ModifiedTime?: string | null;
}

/** Whether a row changes with the clock, or carries a timeline that must not be sent. */
export function isTimed(row: TimedRow): boolean {
  return row.timeline !== undefined;
}

/** The row as it is at a time: the latest entry whose time has come laid over it. */
export function rowAt<Row extends TimedRow>(row: Row, now: number): Row {
  if (row.timeline === undefined) return row;
  let latest: TimelineEntry | undefined;
  for (const entry of row.timeline) {
    if (entry.atMs <= now && (latest === undefined || entry.atMs >= latest.atMs)) latest = entry;
  }
  // Undefined fields are not sent.
  return { ...row, ...latest, timeline: undefined, atMs: undefined };
}

/** When the first of the rows changes after a time; Infinity if none does. */
export function nextChange(rows: readonly TimedRow[], now: number): number {
  let next = Infinity;
  for (const { timeline = [] } of rows) {
    for (const { atMs } of timeline) if (atMs > now && atMs < next) next = atMs;
  }
  return next;
}
