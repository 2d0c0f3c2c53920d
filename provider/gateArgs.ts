import { z } from "zod";
import type { ArgumentProblem } from "./errors";
import { parseDuration } from "./durations";
import { duration, region, text } from "./fields";
import type { ServiceRegion } from "./settings/region";
import type { Contract } from "./validation";

/** Which backup {@link getBackup} is to find, and what it has to be to be relied on. */
export interface GetBackupArgs {
  /** The service instance to be protected. This or `backupId` is required. */
  serviceInstanceId?: string | undefined;
  /** One certain backup; with `serviceInstanceId`, it has to be of that service instance. */
  backupId?: string | undefined;
  /**
   * It started at most this long ago: `90m`, `24h`, `7d`, `1d12h`, or ISO 8601 (`P1DT12H`). By its
   * `startTime` only; a start that is missing, unreadable or more than 5 minutes in the future never
   * counts. "Now" is the later of this machine's clock and the service's.
   */
  maxAge?: string | undefined;
  /**
   * Time that must be left until the service may delete it (`expireTime`): `12h`, `3d`. A backup
   * that is kept for ever always has enough, an expired one never.
   */
  minRetention?: string | undefined;
  /**
   * A restore of the backup must have ended `Restored` at most this long ago: `7d`. Needs the
   * permission `computenest:ListRestoreTasks` as well. A backup that is still being made has never
   * been restored, so it is not waited for.
   */
  restoreTestedWithin?: string | undefined;
  /** Only backups of this mode: `Manual`, or whatever the service adds later. */
  backupMode?: string | undefined;
  /**
   * While nothing qualifies but a backup that may do so is `Creating`, ask again until one
   * qualifies, all of them failed, or this time is over: `10m`, at most `7d`. In a preview nothing
   * is waited for.
   * @default no waiting
   */
  waitTimeout?: string | undefined;
  /**
   * How often to ask while waiting: `1s` to `1h`, each time up to a quarter more or less by chance.
   * @default 10s
   */
  pollInterval?: string | undefined;
  /**
   * `cn-hangzhou` (mainland China site) or `ap-southeast-1` (international site): the two regions
   * the service has. Overrides the configured region for this call.
   */
  region?: ServiceRegion | undefined;
}

/** What a gate asks for before it lets an operation through: as {@link GetBackupArgs}. */
export interface BackupGateArgs extends Omit<GetBackupArgs, "maxAge"> {
  /** Several service instances: every one needs a backup that qualifies. */
  serviceInstanceIds?: string[] | undefined;
  /** It started at most this long ago; see {@link GetBackupArgs.maxAge}. A gate needs it. */
  maxAge: string;
}

/** What a {@link BackupGate} asks for before those that depend on it go on. */
export interface BackupGateResourceArgs extends Omit<GetBackupArgs, "maxAge"> {
  /** It started at most this long ago; see {@link GetBackupArgs.maxAge}. A gate needs it. */
  maxAge: string;
  /** Any values; a change of one makes the gate ask again. For `evaluate: "onTriggers"`. */
  triggers?: Record<string, string> | undefined;
  /**
   * When the gate asks: in every preview and update (`always`), or when it is new, or an input or a
   * trigger has changed (`onTriggers`).
   * @default "always"
   */
  evaluate?: "always" | "onTriggers" | undefined;
  /**
   * What a closed gate does in a preview: `fail` as the update would, `warn` and go on, or `skip` the
   * question.
   * @default "fail"
   */
  onPreview?: "fail" | "warn" | "skip" | undefined;
}

/** What the engine may be about to do with a resource. */
export type GateOperation = (typeof gateOperations)[number];

const gateOperations = ["create", "update", "delete"] as const;

const longestWaitMs = 7 * 86_400_000;
const shortestPollMs = 1000;
const longestPollMs = 3_600_000;

function durationWithin(minMs: number, maxMs: number, error: string) {
  return duration.refine(
    (value) => {
      const ms = parseDuration(value);
      // What is no duration at all has been told already.
      return ms === undefined || (ms >= minMs && ms <= maxMs);
    },
    { error },
  );
}

const instanceId = text("expected the id of a service instance");

const fields = {
  serviceInstanceId: instanceId.optional(),
  backupId: text("expected a backup id").optional(),
  backupMode: text("expected a backup mode such as Manual").optional(),
  maxAge: duration.optional(),
  minRetention: duration.optional(),
  restoreTestedWithin: duration.optional(),
  waitTimeout: durationWithin(0, longestWaitMs, "expected at most 7d").optional(),
  pollInterval: durationWithin(shortestPollMs, longestPollMs, "expected 1s to 1h").optional(),
  region: region.optional(),
};

function contradictions(given: ReadonlySet<string>): ArgumentProblem[] {
  if (!given.has("pollInterval") || given.has("waitTimeout")) return [];
  return [{ property: "pollInterval", reason: "has no effect without waitTimeout (give both)" }];
}

function doubledTargets(given: ReadonlySet<string>): ArgumentProblem[] {
  if (!given.has("serviceInstanceIds")) return [];
  return ["serviceInstanceId", "backupId"]
    .filter((other) => given.has(other))
    .map((other) => ({
      property: "serviceInstanceIds",
      reason: `cannot be combined with ${other} (give one of them)`,
    }));
}

function missing(given: ReadonlySet<string>, targets: readonly string[]): ArgumentProblem[] {
  if (targets.some((target) => given.has(target))) return [];
  const [first = "", ...others] = targets;
  const verb = others.length === 1 ? "is" : "are";
  const reason = `is missing, and so ${verb} ${others.join(" and ")}: say what has to have a backup`;
  return [{ property: first, reason }];
}

/** @internal The arguments of getBackup, and what each must be. */
export const getBackupArguments: Contract<GetBackupArgs> = {
  functionName: "getBackup",
  outputRemedy: "use getBackupOutput",
  schema: z.strictObject(fields, { error: "expected an object" }),
  rules: (_, given) => [
    ...missing(given, ["serviceInstanceId", "backupId"]),
    ...contradictions(given),
  ],
  hints: new Map([
    [
      "serviceInstanceIds",
      "is an argument of getBackups and of backupGate: here, name one instance",
    ],
    ["ids", "is an argument of getBackups: here, name one backup (backupId)"],
  ]),
};

/** @internal The arguments of a gate, and what each must be. */
export const backupGateArguments: Contract<BackupGateArgs> = {
  functionName: "backupGate",
  outputRemedy: "only the arguments themselves may be Outputs",
  acceptsOutputs: true,
  schema: z.strictObject(
    {
      ...fields,
      serviceInstanceIds: z
        .array(instanceId, { error: "expected a list of service instance ids" })
        .min(1, { error: "expected at least one service instance id" })
        .optional(),
      maxAge: duration,
    },
    { error: "expected an object" },
  ),
  rules: (_, given) => [
    ...missing(given, ["serviceInstanceId", "serviceInstanceIds", "backupId"]),
    ...doubledTargets(given),
    ...contradictions(given),
  ],
};

const operations = "expected a list of create, update and delete, or some of them";

/** @internal The options of a gate; `signal` and `settings` are checked as for every call. */
export const backupGateOptions: Contract<object> = {
  functionName: "backupGate",
  outputRemedy: "options take plain values",
  schema: z.strictObject(
    {
      on: z
        .array(z.enum(gateOperations, { error: "expected create, update or delete" }), {
          error: operations,
        })
        .min(1, { error: operations })
        .optional(),
      onPreview: z.enum(["check", "skip"], { error: "expected check or skip" }).optional(),
      signal: z.unknown().optional(),
      settings: z.unknown().optional(),
    },
    { error: "expected an object" },
  ),
};

/** @internal The inputs of the resource BackupGate; what is not known yet is let through. */
export const backupGateInputs: Contract<BackupGateResourceArgs> = {
  functionName: "BackupGate",
  outputRemedy: "it is not known yet",
  acceptsOutputs: true,
  schema: z.strictObject(
    {
      ...fields,
      maxAge: duration,
      triggers: z
        .record(z.string(), z.string({ error: "expected a text" }), {
          error: "expected an object of texts",
        })
        .optional(),
      evaluate: z
        .enum(["always", "onTriggers"], { error: "expected always or onTriggers" })
        .optional(),
      onPreview: z
        .enum(["fail", "warn", "skip"], { error: "expected fail, warn or skip" })
        .optional(),
    },
    { error: "expected an object" },
  ),
  rules: (_, given) => [
    ...missing(given, ["serviceInstanceId", "backupId"]),
    ...contradictions(given),
  ],
  hints: new Map([
    ["serviceInstanceIds", "is an argument of the hook backupGate: make a BackupGate for each"],
  ]),
};
