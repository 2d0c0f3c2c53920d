import type { BackupRow } from "../../../provider/backup";
import type { Conditions, Duration, Evidence, Verdict } from "../../../provider/qualify";
import { restoreTaskList, type RestoreTask } from "../../../provider/restoreTask";
import { row, type SentRow } from "../backups";
import { ago, ms, noon } from "./times";

/** A restore as the service sends it. */
interface SentRestore {
  readonly BackupId?: string;
  readonly Status?: string;
  readonly StatusDetail?: string | null;
  readonly EndTime?: string | null;
}

/** Arguments as the user writes them. */
export interface Asked {
  readonly serviceInstanceId?: string;
  readonly backupMode?: string;
  readonly maxAge?: string;
  readonly minRetention?: string;
  readonly restoreTestedWithin?: string;
}

/** One backup, what is asked of it, and what comes of it. */
export interface Situation {
  readonly what: string;
  /** Besides being `Created`, 2 hours old and kept for ever. */
  readonly sent?: Partial<SentRow>;
  readonly asked?: Asked;
  /** Undefined: nobody asked for restores. */
  readonly restores?: readonly SentRestore[];
  /** Milliseconds after noon. */
  readonly later?: number;
  readonly verdict: "qualifies" | "pending" | "refused";
  /** The backup in words. */
  readonly told: string;
}

function duration(text: string | undefined): Duration | undefined {
  return text === undefined ? undefined : { text, ms: ms(text) };
}

/** The arguments as the verdict takes them. */
export function conditionsOf({ serviceInstanceId, backupMode, ...durations }: Asked): Conditions {
  return {
    serviceInstanceId,
    backupMode,
    maxAge: duration(durations.maxAge),
    minRetention: duration(durations.minRetention),
    restoreTestedWithin: duration(durations.restoreTestedWithin),
  };
}

/** A backup that began two hours before noon; a test names what matters to it. */
export function recentFields(fields: Partial<SentRow> = {}): Partial<SentRow> {
  return {
    StartTime: ago("2h"),
    EndTime: ago("110m"),
    CreateTime: ago("2h"),
    ModifiedTime: ago("110m"),
    ...fields,
  };
}

/** A restore as the package keeps it. */
export function restoreTask(fields: SentRestore, number = 1): RestoreTask {
  return restoreTaskList.toRow({
    RestoreTaskId: `restore-${number}`,
    BackupId: "backup-1",
    Status: "Restored",
    EndTime: ago("24h"),
    ...fields,
  });
}

/** What a situation is judged by. */
export function inputsOf({ sent, asked = {}, restores, later = 0 }: Situation): {
  row: BackupRow;
  conditions: Conditions;
  evidence: Evidence;
} {
  return {
    row: row(recentFields(sent)),
    conditions: conditionsOf(asked),
    evidence: {
      now: noon + later,
      restoreTasks: restores?.map((fields, i) => restoreTask(fields, i + 1)),
    },
  };
}

/** A verdict in one word; `both` must never come. */
export function wordOf({ qualifies, isPending }: Verdict): string {
  if (qualifies && isPending) return "both";
  if (qualifies) return "qualifies";
  return isPending ? "pending" : "refused";
}
