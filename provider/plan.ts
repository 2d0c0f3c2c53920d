import { maxFilterValues, type Filter, type FilterName, type ListBackupsArgs } from "./args";
import { parseDuration } from "./durations";
import type { Selection } from "./select";
import { parseTimestamp } from "./timestamps";

/** Parameters of one listing as they go over the wire. */
export type WireQuery = Readonly<Record<string, string>>;

/** What to ask the service, and what to keep of its answers. */
export interface Plan {
  /**
   * One or more listings. They never overlap: where a filter has more values than one request may
   * carry, each value goes into one of them.
   */
  readonly queries: readonly WireQuery[];
  readonly selection: Selection;
}

const defaultPageSize = 100;

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function chunksOf<T>(values: readonly T[], size: number): T[][] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}

/** The scalar or the list form of an argument, as a list without repeats. */
function either<T>(one: T | undefined, many: readonly T[] | undefined): T[] | undefined {
  return one === undefined ? many && distinct(many) : [one];
}

/** `Filter.1.Name`, `Filter.1.Value.1` …: how the service's RPC style flattens a list. */
function flatten(filters: readonly Filter[]): Record<string, string> {
  return Object.fromEntries(
    filters.flatMap(({ name, values }, i): [string, string][] => [
      [`Filter.${i + 1}.Name`, name],
      ...values.map((value, j): [string, string] => [`Filter.${i + 1}.Value.${j + 1}`, value]),
    ]),
  );
}

/** One filter, or several where it has too many values for one. */
function split(name: FilterName, values: readonly string[] | undefined): (Filter | undefined)[] {
  if (values === undefined) return [undefined];
  return chunksOf(values, maxFilterValues).map((chunk) => ({ name, values: chunk }));
}

function instant(time: string | undefined): number | undefined {
  return time === undefined ? undefined : parseTimestamp(time).instant;
}

/** Leaves out what is undefined, so that "not given" has one form only. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** What checked arguments mean: for the service, and for what comes back from it. */
export function plan(args: ListBackupsArgs): Plan {
  const ids = args.ids && distinct(args.ids);
  const serviceInstanceIds = either(args.serviceInstanceId, args.serviceInstanceIds);
  const statuses = either<string>(args.status, args.statuses);
  const paging = { MaxResults: String(args.maxResults ?? defaultPageSize) };
  const queries = split("ServiceInstanceId", serviceInstanceIds).flatMap((byInstance) =>
    split("BackupId", ids).map((byId) => {
      const byStatus: Filter | undefined = statuses && { name: "Status", values: statuses };
      const typed = [byInstance, byId, byStatus].filter((filter) => filter !== undefined);
      return { ...paging, ...flatten([...typed, ...(args.filters ?? [])]) };
    }),
  );
  const selection = given({
    ids: ids && new Set(ids),
    serviceInstanceIds: serviceInstanceIds && new Set(serviceInstanceIds),
    statuses: statuses && new Set(statuses),
    backupMode: args.backupMode,
    startedAfter: instant(args.startedAfter),
    startedBefore: instant(args.startedBefore),
    endedAfter: instant(args.endedAfter),
    endedBefore: instant(args.endedBefore),
    maxAgeMs: args.maxAge === undefined ? undefined : parseDuration(args.maxAge),
  });
  return { queries, selection };
}
