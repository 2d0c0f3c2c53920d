import type { ListKind } from "./client/listKind";
import { parseTimestamp } from "./timestamps";
import * as z from "./zod";

/** One restore of a backup, as far as it says whether the backup can be relied on. */
export interface RestoreTask {
  readonly restoreTaskId: string;
  readonly backupId: string;
  /** `Restoring`, `Restored`, `RestoreFailed`, or what the service adds later. */
  readonly status: string;
  /** The service's explanation of the status, mostly of a failure. */
  readonly statusDetail: string | undefined;
  /** When it ended (milliseconds); undefined when it has not, or that cannot be read. */
  readonly endedAt: number | undefined;
}

const text = z.string().nullish();

const wireRestoreTask = z.object({
  RestoreTaskId: z.string().min(1),
  BackupId: z.string().min(1),
  Status: z.string().min(1),
  StatusDetail: text,
  EndTime: text,
});

/** The list of restores; no quick way to tell plain rows, as there are few of them. */
export const restoreTaskList: ListKind<RestoreTask> = {
  action: "ListRestoreTasks",
  field: "RestoreTasks",
  noun: "restore task",
  wireRow: wireRestoreTask,
  fromPlain: () => undefined,
  toRow(wire) {
    const row = wire as z.infer<typeof wireRestoreTask>;
    return {
      restoreTaskId: row.RestoreTaskId,
      backupId: row.BackupId,
      status: row.Status,
      statusDetail: row.StatusDetail || undefined,
      endedAt: parseTimestamp(row.EndTime ?? "").instant,
    };
  },
  idOf: ({ restoreTaskId }) => restoreTaskId,
};
