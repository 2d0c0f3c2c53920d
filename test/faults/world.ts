// The backups there are, and what is right to say of them.

import { toBackupRow, type Backup } from "../../provider/backup";
import type { BackupRow, RestoreTaskRow } from "../../simulator";

/** The service instance that everything here is about. */
export const serviceInstanceId = "si-1";

/** The instant so many hours ago, as the service writes it. */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+/, "");
}

/** A backup as the service has it; good, and two hours old, unless told otherwise. */
export function backup(BackupId: string, fields: Partial<BackupRow> = {}): BackupRow {
  return {
    BackupId,
    ServiceInstanceId: serviceInstanceId,
    Status: "Created",
    StartTime: hoursAgo(2),
    EndTime: hoursAgo(1),
    BackupMode: "Manual",
    ...fields,
  };
}

/** So many backups, the newest first, one each hour. */
export function backups(count: number): BackupRow[] {
  return Array.from({ length: count }, (_, i) =>
    backup(`backup-${i + 1}`, { StartTime: hoursAgo(2 + i), EndTime: hoursAgo(1 + i) }),
  );
}

/** Three pages of them. */
export const threePages = backups(250);

/** Three pages of restores, one of each backup; that of the newest backup is the last. */
export const threePagesOfRestores: readonly RestoreTaskRow[] = threePages
  .map(({ BackupId }) => ({
    RestoreTaskId: `restore-of-${BackupId}`,
    BackupId,
    ServiceInstanceId: serviceInstanceId,
    Status: "Restored",
    StartTime: hoursAgo(1),
    EndTime: hoursAgo(1),
  }))
  .reverse();

/** How many requests a list of so many takes when nothing goes wrong. */
export function pagesOf(rows: readonly unknown[]): number {
  return Math.max(1, Math.ceil(rows.length / 100));
}

/** The backups as the package should give them, in the order of their ids. */
export function truthOf(rows: readonly BackupRow[]): Backup[] {
  return inOrderOfIds(rows.map((row) => toBackupRow(row as never).backup));
}

/** In an order that has nothing to do with any service's. */
export function inOrderOfIds(list: readonly Backup[]): Backup[] {
  return [...list].sort((a, b) => (a.backupId < b.backupId ? -1 : 1));
}
