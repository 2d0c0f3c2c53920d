import type { ListKind } from "./client/listKind";
import { isCount, isId, isText } from "./client/wireValues";
import { interned } from "./interning";
import {
  formatInstant,
  lastInstant,
  normalText,
  parseTimestamp,
  type Timestamp,
} from "./timestamps";
import * as z from "./zod";

/** The statuses the service documents (page ListBackups); it may add others. */
export const backupStatuses = [
  "Creating",
  "Created",
  "CreateFailed",
  "Deleting",
  "Deleted",
  "DeleteFailed",
] as const;

/** A status the service documents. */
export type BackupStatus = (typeof backupStatuses)[number];

/**
 * One backup of a Compute Nest service instance, as the service's page ListBackups describes it.
 * Times are UTC, `YYYY-MM-DDTHH:MM:SSZ`; a time that the service sent without an offset stays as
 * sent.
 */
export interface Backup {
  /** Id of the backup, e.g. `backup-4e13aa8ca6a34150addd`. */
  readonly backupId: string;
  /** Id of the service instance it was taken of, e.g. `si-7b6138dfce1e4c41ab71`. */
  readonly serviceInstanceId: string;
  /**
   * `Creating`, `Created`, `CreateFailed`, `Deleting`, `Deleted`, `DeleteFailed`, or what the
   * service adds later. Only a `Created` backup can be restored.
   */
  readonly status: string;
  /** The service's explanation of the status, mostly of a failure. */
  readonly statusDetail?: string;
  /** What was written at its creation. */
  readonly description?: string;
  /** How it came about: `Manual`, or what the service adds later. */
  readonly backupMode?: string;
  /** Days until the service deletes it; absent: kept for ever. */
  readonly retentionDays?: number;
  /** When the backup started. */
  readonly startTime?: string;
  /** When the backup ended; absent while it runs. */
  readonly endTime?: string;
  /** When the backup's record was created. */
  readonly createTime?: string;
  /** When the backup's record was last changed. */
  readonly modifiedTime?: string;
  /**
   * When the service may delete it: the earliest date that start, end or creation plus
   * `retentionDays` allow. Absent when `retentionDays` is, and beyond the year 9999. Computed here,
   * not sent by the service.
   */
  readonly expireTime?: string;
}

const text = z.string().nullish();
const days = { error: "expected a number of days" };

/**
 * @internal A row of ListBackups as it comes over the wire. No transforms: zod reads a page of 100
 * rows ten times faster without them. Unknown fields are the service's business.
 */
export const wireBackup = z.object({
  BackupId: z.string().min(1),
  ServiceInstanceId: z.string().min(1),
  Status: z.string().min(1),
  StatusDetail: text,
  Description: text,
  BackupMode: text,
  RetentionDays: z
    .union([z.int(days).nonnegative(days), z.string(days).regex(/^\d{0,9}$/, days)], days)
    .nullish(),
  StartTime: text,
  EndTime: text,
  CreateTime: text,
  ModifiedTime: text,
});

/** @internal A row of ListBackups as it comes over the wire. */
export type WireBackup = z.infer<typeof wireBackup>;

/**
 * @internal A row that {@link wireBackup} accepts, told at a tenth of its cost; undefined only means that
 * it has to be asked. The service's rows nearly all are plain. A copy: rows have some fields or others,
 * and V8 is slow with objects of many kinds, so that each field is read only once.
 */
export function plainRow(value: unknown): WireBackup | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const row = value as WireBackup;
  const { BackupId, ServiceInstanceId, Status, StatusDetail, Description, BackupMode } = row;
  const { RetentionDays, StartTime, EndTime, CreateTime, ModifiedTime } = row;
  const isPlain =
    isId(BackupId) &&
    isId(ServiceInstanceId) &&
    isId(Status) &&
    isText(StatusDetail) &&
    isText(Description) &&
    isText(BackupMode) &&
    isCount(RetentionDays) &&
    isText(StartTime) &&
    isText(EndTime) &&
    isText(CreateTime) &&
    isText(ModifiedTime);
  if (!isPlain) return undefined;
  return {
    BackupId,
    ServiceInstanceId,
    Status,
    StatusDetail,
    Description,
    BackupMode,
    RetentionDays,
    StartTime,
    EndTime,
    CreateTime,
    ModifiedTime,
  };
}

/** @internal A backup with what sorting and filtering need, so that no time is parsed twice. */
export interface BackupRow {
  readonly backup: Backup;
  /** startTime as an instant (milliseconds); undefined when missing or unreadable. */
  readonly startedAt: number | undefined;
  /** endTime likewise. */
  readonly endedAt: number | undefined;
  /** When it happened, to sort by: startTime, else createTime. */
  readonly happenedAt: number | undefined;
  /** From when on the service may delete it; Infinity: never; NaN: nobody can tell. */
  readonly expiresAt: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const dayMs = 86_400_000;

/** The service writes "not set" as a missing field, null or an empty text. */
function isSet<T extends string | number>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null && value !== "";
}

/** An instant that is not known never is the earliest. */
function orNever(time: Timestamp | undefined): number {
  return time?.instant ?? Infinity;
}

/** @internal Turns a wire row into a backup: camelCase names, normalised times, nothing invented. */
export function toBackupRow(wire: WireBackup): BackupRow {
  const start = isSet(wire.StartTime) ? parseTimestamp(wire.StartTime) : undefined;
  const end = isSet(wire.EndTime) ? parseTimestamp(wire.EndTime) : undefined;
  const create = isSet(wire.CreateTime) ? parseTimestamp(wire.CreateTime) : undefined;
  const backup: Mutable<Backup> = {
    backupId: wire.BackupId,
    serviceInstanceId: interned(wire.ServiceInstanceId),
    status: interned(wire.Status),
  };
  if (isSet(wire.StatusDetail)) backup.statusDetail = interned(wire.StatusDetail);
  if (isSet(wire.Description)) backup.description = interned(wire.Description);
  if (isSet(wire.BackupMode)) backup.backupMode = interned(wire.BackupMode);
  if (start) backup.startTime = start.text;
  if (end) backup.endTime = end.text;
  if (create) backup.createTime = create.text;
  if (isSet(wire.ModifiedTime)) backup.modifiedTime = normalText(wire.ModifiedTime);
  let expiresAt = Infinity;
  if (isSet(wire.RetentionDays)) {
    backup.retentionDays = Number(wire.RetentionDays);
    const earliest = Math.min(orNever(start), orNever(end), orNever(create));
    expiresAt = earliest === Infinity ? NaN : earliest + backup.retentionDays * dayMs;
    // The text has no room for a year of more than four digits.
    if (expiresAt <= lastInstant) backup.expireTime = formatInstant(expiresAt);
  }
  return {
    backup,
    startedAt: start?.instant,
    endedAt: end?.instant,
    happenedAt: start?.instant ?? create?.instant,
    expiresAt,
  };
}

/** @internal The list of backups. */
export const backupList: ListKind<BackupRow> = {
  action: "ListBackups",
  field: "Backups",
  noun: "backup",
  wireRow: wireBackup,
  fromPlain(value) {
    const wire = plainRow(value);
    return wire && toBackupRow(wire);
  },
  toRow: (wire) => toBackupRow(wire as WireBackup),
  idOf: ({ backup }) => backup.backupId,
};
