import { maxFilterValues, type Filter, type FilterName, type ListBackupsArgs } from "./args";
import type { BackupRow } from "./backup";
import type { WireQuery } from "./client/backupsApi";
import { parseDuration } from "./durations";
import type { Selection } from "./select";
import { parseTimestamp } from "./timestamps";

/** A filter by something of which every row has one. */
export interface IdFilter<Row> extends Filter {
  valueIn(row: Row): string;
}

/** One listing: filters, all of which must hold, and how many rows make a page. */
export interface ListingQuery<Row> {
  /** Listings that differ only in the values of this filter can be read as one. */
  readonly by?: IdFilter<Row> | undefined;
  readonly filters: readonly Filter[];
  readonly pageSize: number;
}

/** What to ask the service, and what to keep of its answers. */
export interface Plan {
  /**
   * One or more listings. They never overlap: where a filter has more values than one request may
   * carry, each value goes into one of them.
   */
  readonly queries: readonly ListingQuery<BackupRow>[];
  readonly selection: Selection;
}

/** As many as the service allows. */
export const defaultPageSize = 100;

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

/** A listing as it goes over the wire. */
export function wireQuery<Row>({ by, filters, pageSize }: ListingQuery<Row>): WireQuery {
  return { MaxResults: String(pageSize), ...flatten(by ? [by, ...filters] : filters) };
}

/** What each backup has one of, by the name of the filter that asks for it. */
const idIn = {
  ServiceInstanceId: ({ backup }: BackupRow) => backup.serviceInstanceId,
  BackupId: ({ backup }: BackupRow) => backup.backupId,
} as const satisfies Partial<Record<FilterName, (row: BackupRow) => string>>;

/** One filter, or several where it has too many values for one. */
function split(
  name: keyof typeof idIn,
  values: readonly string[] | undefined,
): (IdFilter<BackupRow> | undefined)[] {
  if (values === undefined) return [undefined];
  const valueIn = idIn[name];
  return chunksOf(values, maxFilterValues).map((chunk) => ({ name, values: chunk, valueIn }));
}

function instant(time: string | undefined): number | undefined {
  return time === undefined ? undefined : parseTimestamp(time).instant;
}

/** What checked arguments mean: for the service, and for what comes back from it. */
export function plan(args: ListBackupsArgs): Plan {
  const ids = args.ids && distinct(args.ids);
  const serviceInstanceIds = either(args.serviceInstanceId, args.serviceInstanceIds);
  const statuses = either<string>(args.status, args.statuses);
  const byStatus: Filter | undefined = statuses && { name: "Status", values: statuses };
  const pageSize = args.maxResults ?? defaultPageSize;
  const queries = split("ServiceInstanceId", serviceInstanceIds).flatMap((byInstance) =>
    split("BackupId", ids).map((byId) => {
      const [by, ...typed] = [byInstance, byId].filter((filter) => filter !== undefined);
      const filters = [...typed, byStatus, ...(args.filters ?? [])];
      return { by, filters: filters.filter((filter) => filter !== undefined), pageSize };
    }),
  );
  const selection = {
    ids: ids && new Set(ids),
    serviceInstanceIds: serviceInstanceIds && new Set(serviceInstanceIds),
    statuses: statuses && new Set(statuses),
    backupMode: args.backupMode,
    startedAfter: instant(args.startedAfter),
    startedBefore: instant(args.startedBefore),
    endedAfter: instant(args.endedAfter),
    endedBefore: instant(args.endedBefore),
    maxAgeMs: args.maxAge === undefined ? undefined : parseDuration(args.maxAge),
  };
  return { queries, selection };
}
