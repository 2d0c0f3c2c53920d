import type { Listing } from "./listing";
import { type PageRequest, parsePage, refuseUnknown } from "./pageRequest";
import type { BackupRow, RestoreTaskRow, TimedRow } from "./rows";
import { missingParameter, ServiceError } from "./serviceError";
import type { Tokens } from "./tokens";

/** The calls the simulator answers. */
export const actionNames = ["ListBackups", "GetBackup", "ListRestoreTasks"] as const;

/** A call the simulator answers. */
export type ActionName = (typeof actionNames)[number];

/** What the answers are made from. */
export interface Shelf {
  readonly backups: Listing<BackupRow>;
  readonly restoreTasks: Listing<RestoreTaskRow>;
  readonly tokens: Tokens;
  /** Leaves TotalCount out of lists. */
  readonly omitTotalCount: boolean;
}

/** The JSON of an answer, less its RequestId. */
export type Answer = Record<string, unknown>;

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
  readonly json: Answer;
  readonly page: PageRequest | undefined;
}

/** Answers a call, or throws the service's refusal. */
export function answer(
  action: ActionName,
  parameters: ReadonlyMap<string, string>,
  shelf: Shelf,
  now: number,
): Answered {
  if (action === "GetBackup") return { json: getBackup(parameters, shelf, now), page: undefined };
  const page = parsePage(action, parameters, shelf.tokens);
  const listing: Listing<TimedRow> = action === "ListBackups" ? shelf.backups : shelf.restoreTasks;
  const rows = listing.find(page.filters, now);
  const end = page.offset + page.pageSize;
  const json = {
    ...(shelf.omitTotalCount ? {} : { TotalCount: rows.length }),
    NextToken: end < rows.length ? shelf.tokens.issue(page.query, end) : "",
    MaxResults: page.pageSize,
    [rowsField[action]]: rows.slice(page.offset, end),
  };
  return { json, page };
}

function getBackup(parameters: ReadonlyMap<string, string>, shelf: Shelf, now: number): Answer {
  for (const name of parameters.keys()) refuseUnknown(name, ["BackupId"]);
  const backupId = parameters.get("BackupId");
  if (backupId === undefined || backupId === "") throw missingParameter("BackupId");
  const [row] = shelf.backups.find([{ name: "BackupId", values: [backupId] }], now);
  if (row === undefined) {
    throw new ServiceError(404, "EntityNotExist.Backup", `The backup ${backupId} does not exist.`);
  }
  return Object.fromEntries(getBackupFields.map((field) => [field, row[field]]));
}
