import { backupList, type BackupRow } from "./backup";
import { createBudget } from "./client/retry";
import { parseDuration } from "./durations";
import type { GetBackupArgs } from "./getBackupArgs";
import type { Reader } from "./reader";
import { defaultPageSize, plan } from "./plan";
import { judgeAll, type Conditions, type Duration, type Verdict } from "./qualify";
import { restoreTaskList, type RestoreTask } from "./restoreTask";
import { matches } from "./select";
import { readAll } from "./sharing/reads";

/** One look at the backups, judged. */
export interface Look {
  /** Newest first. */
  readonly verdicts: readonly Verdict[];
  /** When it was: the later of the service's clock and this machine's. */
  readonly now: number;
  /** The service's clock alone, if it said. */
  readonly serviceTime: number | undefined;
}

/** What is looked for, and the means to look. */
export interface Search {
  readonly reader: Reader;
  readonly wanted: GetBackupArgs;
  readonly conditions: Conditions;
  /**
   * Reads all backups the search is about, or those of the given ids, and judges them. Each look has
   * a retry budget of its own.
   */
  look(options?: { ids?: string[]; signal?: AbortSignal }): Promise<Look>;
}

/** All of a list, as it is from now on: a backup is relied on for what it is, not for what it was. */
const afresh = { range: { nextToken: undefined, maxPages: undefined }, mayJoin: false } as const;

function durationOf(text: string | undefined): Duration | undefined {
  // Checked before: whatever is given is a duration.
  return text === undefined ? undefined : { text, ms: parseDuration(text) ?? NaN };
}

function conditionsOf(wanted: GetBackupArgs): Conditions {
  return {
    // The service is asked by one id alone; the other becomes a condition.
    serviceInstanceId: wanted.backupId === undefined ? undefined : wanted.serviceInstanceId,
    backupMode: wanted.backupMode,
    maxAge: durationOf(wanted.maxAge),
    minRetention: durationOf(wanted.minRetention),
    restoreTestedWithin: durationOf(wanted.restoreTestedWithin),
  };
}

/** The rows asked for, even if the service sends others. */
async function readRows(reader: Reader, by: { serviceInstanceId?: string; ids?: string[] }) {
  const { queries, selection } = plan(by);
  const rows = new Map<string, BackupRow>();
  let now = reader.clock.now();
  let serviceTime: number | undefined;
  for (const list of await readAll(reader, backupList, queries, afresh)) {
    for (const { row } of list.rows) {
      if (matches(row, selection, now)) rows.set(row.backup.backupId, row);
    }
    ({ serviceTime } = list);
    now = Math.max(now, reader.clock.now(), serviceTime ?? -Infinity);
  }
  return { rows: [...rows.values()], now, serviceTime };
}

/** All restores; undefined where they do not decide, as asking takes a permission of its own. */
async function readRestoreTasks(
  reader: Reader,
  rows: readonly BackupRow[],
  conditions: Conditions,
  now: number,
): Promise<readonly RestoreTask[] | undefined> {
  const others = { ...conditions, restoreTestedWithin: undefined };
  const isDecisive =
    conditions.restoreTestedWithin !== undefined &&
    judgeAll(rows, others, { now, restoreTasks: undefined }).some(({ qualifies }) => qualifies);
  if (!isDecisive) return undefined;
  const all = { filters: [], pageSize: defaultPageSize };
  const lists = await readAll(reader, restoreTaskList, [all], afresh);
  return lists.flatMap(({ rows: tasks }) => tasks.map(({ row }) => row));
}

/** Prepares the search for a backup that can be relied on. */
export function createSearch(reader: Reader, wanted: GetBackupArgs): Search {
  const conditions = conditionsOf(wanted);
  const { backupId, serviceInstanceId = "" } = wanted;
  const target = backupId === undefined ? { serviceInstanceId } : { ids: [backupId] };
  return {
    reader,
    wanted,
    conditions,
    async look({ ids, signal = reader.context.signal } = {}) {
      const budget = createBudget(reader.connection.retryBudgetMs);
      const own = { ...reader, context: { ...reader.context, budget, signal } };
      const { rows, now, serviceTime } = await readRows(own, ids === undefined ? target : { ids });
      const restoreTasks = await readRestoreTasks(own, rows, conditions, now);
      // Reading the restores may have taken a while.
      const later = Math.max(now, reader.clock.now());
      const verdicts = judgeAll(rows, conditions, { now: later, restoreTasks });
      return { verdicts, now: later, serviceTime };
    },
  };
}
