import type { ActionName } from "./actions";
import { parseFilters } from "./filters";
import type { Filter } from "./rowStore";
import { invalidParameter, type ServiceError } from "./serviceError";
import type { Tokens } from "./tokens";

/** The page of a list that a request asks for. */
export interface PageRequest {
  readonly filters: readonly Filter[];
  readonly pageSize: number;
  readonly offset: number;
  /** What the page tokens of this list are bound to. */
  readonly query: string;
}

const sharedFilters = ["Status", "StartTime", "EndTime"] as const;
const filterNames = {
  ListBackups: ["BackupId", "ServiceInstanceId", ...sharedFilters],
  ListRestoreTasks: ["RestoreTaskId", "ServiceInstanceId", ...sharedFilters],
} as const;

/** Parameters every call may carry; the version and the name of the action usually are headers. */
const commonParameters = ["Action", "Version", "Format"];

const defaultPageSize = 20;
const maxPageSize = 100;

/** Reads the parameters of a list call; throws the service's refusal of a bad one. */
export function parsePage(
  action: keyof typeof filterNames,
  parameters: ReadonlyMap<string, string>,
  tokens: Tokens,
): PageRequest {
  const filters = parseFilters(parameters, filterNames[action]);
  const pageSize = parsePageSize(parameters.get("MaxResults"));
  for (const name of parameters.keys()) {
    if (!name.startsWith("Filter.")) refuseUnknown(name, ["MaxResults", "NextToken"]);
  }
  const query = JSON.stringify([action, pageSize, filters]);
  const token = parameters.get("NextToken") ?? "";
  const offset = token === "" ? 0 : tokens.read(query, token);
  if (offset === undefined) throw rejectedToken();
  return { filters, pageSize, offset, query };
}

/** The number of the page asked for, from 1; believes any token. Undefined if there are no pages. */
export function pageAsked(
  action: ActionName,
  parameters: ReadonlyMap<string, string>,
  tokens: Tokens,
): number | undefined {
  if (action === "GetBackup") return undefined;
  const token = parameters.get("NextToken") ?? "";
  if (token === "") return 1;
  const offset = tokens.claimedOffset(token);
  const pageSize = Number(parameters.get("MaxResults") ?? defaultPageSize);
  return offset === undefined ? undefined : Math.floor(offset / pageSize) + 1;
}

/** The refusal of a page token. */
export function rejectedToken(): ServiceError {
  return invalidParameter("NextToken", "NextToken is not one that this query was given.");
}

/** Refuses a parameter that is neither one of these nor common to all calls. */
export function refuseUnknown(name: string, known: readonly string[]): void {
  if (!known.includes(name) && !commonParameters.includes(name)) {
    throw invalidParameter("", `this action has no parameter ${name}.`);
  }
}

function parsePageSize(text: string | undefined): number {
  if (text === undefined) return defaultPageSize;
  const pageSize = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (pageSize < 1 || pageSize > maxPageSize) {
    throw invalidParameter("MaxResults", `MaxResults is 1 to ${maxPageSize}, not "${text}".`);
  }
  return pageSize;
}
