import { toBackupRow, type BackupRow, type WireBackup } from "../../provider/backup";

type Fields = { readonly [K in keyof WireBackup]?: Exclude<WireBackup[K], undefined> };

/** A row as the service sends it: what has no value is left out or null. */
export type SentRow = Fields & Pick<WireBackup, "BackupId" | "ServiceInstanceId" | "Status">;

/** A row as the service sends it; a test names what matters to it. */
export function wireRow(fields: Fields = {}): SentRow {
  return {
    BackupId: "backup-1",
    ServiceInstanceId: "si-1",
    Status: "Created",
    StartTime: "2026-01-01T00:00:00Z",
    EndTime: "2026-01-01T00:10:00Z",
    CreateTime: "2026-01-01T08:00:00+08:00",
    ModifiedTime: "2026-01-01T08:10:00+08:00",
    BackupMode: "Manual",
    ...fields,
  };
}

/** The same, as the package keeps it. */
export function row(fields: Fields = {}): BackupRow {
  return toBackupRow(wireRow(fields));
}

/** So many rows, one each hour, the newest (`backup-1`) first, as the service lists them. */
export function wireRows(count: number, fields: Fields = {}): SentRow[] {
  const newest = Date.parse("2026-06-01T00:00:00Z");
  return Array.from({ length: count }, (_, i) =>
    wireRow({
      BackupId: `backup-${i + 1}`,
      StartTime: new Date(newest - i * 3_600_000).toISOString().replace(".000", ""),
      ...fields,
    }),
  );
}
