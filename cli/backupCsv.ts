import { stringify } from "csv-stringify/sync";
import type { Backup } from "pulumi-computenest";

/** The fields of a backup, in the order of the columns. */
const columns: readonly (keyof Backup)[] = [
  "backupId",
  "serviceInstanceId",
  "status",
  "statusDetail",
  "startTime",
  "endTime",
  "createTime",
  "modifiedTime",
  "expireTime",
  "retentionDays",
  "backupMode",
  "description",
];

/**
 * The backups as RFC 4180 has it: a header, CRLF. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front: whoever writes a description must not run a formula on the machine of
 * whoever opens the file. The exact texts are in JSON.
 */
export function backupCsv(backups: readonly Backup[]): string {
  return stringify([...backups], {
    header: true,
    columns: [...columns],
    record_delimiter: "windows",
    escape_formulas: true,
  });
}
