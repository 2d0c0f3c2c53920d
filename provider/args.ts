import { backupStatuses, type BackupStatus } from "./backup";
import type { ArgumentProblem } from "./errors";
import { duration, integer, region, text, texts, time } from "./fields";
import type { ServiceRegion } from "./settings/region";
import type { Contract } from "./validation";
import * as z from "./zod";

/** The names of filters that the service documents. */
export const documentedFilterNames = [
  "BackupId",
  "ServiceInstanceId",
  "Status",
  "StartTime",
  "EndTime",
] as const;

/** A name by which the service documents that it filters backups. */
export type FilterName = (typeof documentedFilterNames)[number];

/** One of the service's own filters: rows whose `name` has any of the `values`. */
export interface Filter {
  /**
   * What to filter by; one of `BackupId`, `ServiceInstanceId`, `Status`, `StartTime` or `EndTime`.
   * What the service understands by a time is not documented, so `startedAfter` and its like are
   * the safer choice.
   */
  name: FilterName;
  /** Values of which any may match; 1 to 10. */
  values: string[];
}

/** Which backups {@link listBackups} streams. Every condition that is given must hold. */
export interface ListBackupsArgs {
  /** Only backups of this service instance. Not together with `serviceInstanceIds`. */
  serviceInstanceId?: string | undefined;
  /**
   * Only backups of any of these service instances. More than ten take a request for every ten.
   * Not together with `serviceInstanceId`.
   */
  serviceInstanceIds?: string[] | undefined;
  /** Only these backups, by backup id. More than ten take a request for every ten. */
  ids?: string[] | undefined;
  /** Only backups in this status. Not together with `statuses`. */
  status?: BackupStatus | undefined;
  /** Only backups in any of these statuses. Not together with `status`. */
  statuses?: BackupStatus[] | undefined;
  /** Only backups of this mode: `Manual`, or whatever the service adds later. */
  backupMode?: string | undefined;
  /**
   * Only backups that started at this time or later: RFC 3339, e.g. `2026-01-31T00:00:00+08:00`.
   * A backup without a readable start time is left out. Applied here, not by the service.
   */
  startedAfter?: string | undefined;
  /** Only backups that started before this time; as `startedAfter`, but exclusive. */
  startedBefore?: string | undefined;
  /**
   * Only backups that ended at this time or later: RFC 3339. A backup that has not ended, or whose
   * end cannot be read, is left out. Applied here, not by the service.
   */
  endedAfter?: string | undefined;
  /** Only backups that ended before this time; as `endedAfter`, but exclusive. */
  endedBefore?: string | undefined;
  /**
   * Only backups that started at most this long ago: `90m`, `24h`, `7d`, `1d12h`, or ISO 8601
   * (`P1DT12H`). "Now" is the later of this machine's clock and the service's. With it, the result
   * depends on when it is asked.
   */
  maxAge?: string | undefined;
  /** Filters passed to the service unchanged. Not by a name that another argument sends too. */
  filters?: Filter[] | undefined;
  /**
   * Backups a page, 1 to 100. The service's own default of 20 would take five times the requests.
   * @default 100
   */
  maxResults?: number | undefined;
  /**
   * Start at this page instead of the first: the `nextToken` of an earlier result with the same
   * filters and `maxResults`. Such a read is not checked for completeness.
   */
  nextToken?: string | undefined;
  /**
   * Stop after this many pages, and say where the next one starts. Such a read is not checked for
   * completeness.
   */
  maxPages?: number | undefined;
  /**
   * `cn-hangzhou` (mainland China site) or `ap-southeast-1` (international site): the two regions
   * the service has. Overrides the configured region for this call.
   */
  region?: ServiceRegion | undefined;
}

/** Which backups {@link getBackups} returns. Every condition that is given must hold. */
export interface GetBackupsArgs extends ListBackupsArgs {
  /**
   * Keep only the newest n in `ids` and `backups`; everything else in the result still speaks of
   * all that matched. At least 1.
   */
  limit?: number | undefined;
}

/** The names of the filters as which typed arguments reach the service. */
const sentAs = {
  ids: "BackupId",
  serviceInstanceId: "ServiceInstanceId",
  serviceInstanceIds: "ServiceInstanceId",
  status: "Status",
  statuses: "Status",
} as const;

/** @internal How many values one filter may have (the service says so of its sister API ListServiceInstances). */
export const maxFilterValues = 10;

const status = z.enum(backupStatuses, { error: `expected one of ${backupStatuses.join(", ")}` });

const filter = z.strictObject(
  {
    name: z.enum(documentedFilterNames, {
      error: `expected one of ${documentedFilterNames.join(", ")}`,
    }),
    values: texts("expected a list of 1 to 10 texts").max(maxFilterValues, {
      error: "expected a list of 1 to 10 texts",
    }),
  },
  { error: "expected {name, values}" },
);

const listFields = {
  serviceInstanceId: text("expected the id of a service instance").optional(),
  serviceInstanceIds: texts("expected a list of service instance ids").optional(),
  ids: texts("expected a list of backup ids").optional(),
  status: status.optional(),
  statuses: z
    .array(status, { error: "expected a list of statuses" })
    .min(1, { error: "expected a list of statuses (leave it out to mean all)" })
    .optional(),
  backupMode: text("expected a backup mode such as Manual").optional(),
  startedAfter: time.optional(),
  startedBefore: time.optional(),
  endedAfter: time.optional(),
  endedBefore: time.optional(),
  maxAge: duration.optional(),
  filters: z
    .array(filter, { error: "expected a list of {name, values}" })
    .min(1, { error: "expected a list of {name, values} (leave it out to mean all)" })
    .optional(),
  maxResults: integer(1, 100).optional(),
  nextToken: text("expected the nextToken of an earlier result").optional(),
  maxPages: integer(1, Infinity).optional(),
  region: region.optional(),
};

type Fields = z.infer<z.ZodObject<typeof listFields>>;

/** Arguments that are each valid but contradict one another. */
function contradictions(args: Fields): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const add = (property: keyof Fields, reason: string) => problems.push({ property, reason });
  if (args.serviceInstanceId !== undefined && args.serviceInstanceIds !== undefined) {
    add("serviceInstanceIds", "cannot be combined with serviceInstanceId (give one of them)");
  }
  if (args.status !== undefined && args.statuses !== undefined) {
    add("statuses", "cannot be combined with status (give one of them)");
  }
  for (const byHand of ["nextToken", "maxPages"] as const) {
    if (args[byHand] === undefined) continue;
    for (const many of ["ids", "serviceInstanceIds"] as const) {
      if (new Set(args[many]).size <= maxFilterValues) continue;
      add(
        byHand,
        `cannot be combined with more than ${maxFilterValues} ${many} (they need several lists)`,
      );
    }
  }
  return problems;
}

/** Filters that name again what another argument or an earlier filter names. */
function doubledFilters({ filters, ...args }: Fields): ArgumentProblem[] {
  if (filters === undefined) return [];
  const taken = new Map<string, string>();
  for (const [argument, name] of Object.entries(sentAs)) {
    if (args[argument as keyof typeof sentAs] !== undefined) taken.set(name, argument);
  }
  return filters.flatMap(({ name }, index): ArgumentProblem[] => {
    const earlier = taken.get(name);
    taken.set(name, earlier ?? `filters[${index}]`);
    if (earlier === undefined) return [];
    return [
      {
        property: `filters[${index}].name`,
        reason: `is ${JSON.stringify(name)}, which ${earlier} sends already (give one of them)`,
      },
    ];
  });
}

const rules = (args: Fields) => [...contradictions(args), ...doubledFilters(args)];

/** @internal The arguments of listBackups, and what each must be. */
export const listBackupsArguments: Contract<ListBackupsArgs> = {
  functionName: "listBackups",
  outputRemedy: "call listBackups inside its apply",
  schema: z.strictObject(listFields, { error: "expected an object" }),
  rules,
  hints: new Map([["limit", "is an argument of getBackups (break out of the loop instead)"]]),
};

/** @internal The arguments of getBackups, and what each must be. */
export const getBackupsArguments: Contract<GetBackupsArgs> = {
  functionName: "getBackups",
  outputRemedy: "use getBackupsOutput",
  schema: z.strictObject(
    { ...listFields, limit: integer(1, Infinity).optional() },
    { error: "expected an object" },
  ),
  rules,
};
