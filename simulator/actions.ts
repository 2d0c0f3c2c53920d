import { type PageRequest, parsePage, refuseUnknown } from "./pageRequest";
import type { BackupRow, RestoreTaskRow, TimedRow } from "./rows";
import type { RowStore } from "./rowStore";
import { missingParameter, ServiceError } from "./serviceError";
import type { Tokens } from "./tokens";

/** The calls the simulator answers. */
export const actionNames = ["ListBackups", "GetBackup", "ListRestoreTasks"] as const;

/** A call the simulator answers. */
export type ActionName = (typeof actionNames)[number];

/** What the answers are made from. */
export interface ServiceState {
  readonly backups: RowStore<BackupRow>;
  readonly restoreTasks: RowStore<RestoreTaskRow>;
  readonly tokens: Tokens;
  /** Leaves TotalCount out of lists. */
  readonly omitTotalCount: boolean;
}

/** The JSON of an answer, in the service's own field names. */
export type AnswerJson = Record<string, unknown>;

const rowsField = { ListBackups: "Backups", ListRestoreTasks: "RestoreTasks" } as const;

/** Fewer fields than a list has: neither BackupMode nor RetentionDays. */
const getBackupFields = [
  "BackupId",
  "ServiceInstanceId",
  "Status",
  "StatusDetail",
  "StartTime",
  "EndTime",
  "CreateTime",
  "ModifiedTime",
  "Description",
] as const;

/** Whether the simulator answers a call of this name. */
export function isActionName(name: string): name is ActionName {
  return actionNames.some((known) => known === name);
}

/** An answer, and the page it is if it is one. */
export interface Answered {
  /** Less its RequestId. */
  readonly json: AnswerJson;
  readonly page: PageRequest | undefined;
}

/** Answers a call, or throws the service's refusal. */
export function answer(
  action: ActionName,
  parameters: ReadonlyMap<string, string>,
  state: ServiceState,
  now: number,
): Answered {
  if (action === "GetBackup") return { json: getBackup(parameters, state, now), page: undefined };
  const page = parsePage(action, parameters, state.tokens);
  const store: RowStore<TimedRow> = action === "ListBackups" ? state.backups : state.restoreTasks;
  const rows = store.find(page.filters, now);
  const end = page.offset + page.pageSize;
  const json = {
    ...(state.omitTotalCount ? {} : { TotalCount: rows.length }),
    NextToken: end < rows.length ? state.tokens.issue(page.query, end) : "",
    MaxResults: page.pageSize,
    [rowsField[action]]: rows.slice(page.offset, end),
  };
  return { json, page };
}

function getBackup(
  parameters: ReadonlyMap<string, string>,
  state: ServiceState,
  now: number,
): AnswerJson {
  for (const name of parameters.keys()) refuseUnknown(name, ["BackupId"]);
  const backupId = parameters.get("BackupId");
  if (backupId === undefined || backupId === "") throw missingParameter("BackupId");
  const [row] = state.backups.find([{ name: "BackupId", values: [backupId] }], now);
  if (row === undefined) {
    throw new ServiceError(404, "EntityNotExist.Backup", `The backup ${backupId} does not exist.`);
  }
  return Object.fromEntries(getBackupFields.map((field) => [field, row[field]]));
}
