import type { ArgumentProblem } from "./errors";
import { duration } from "./fields";
import {
  backupFields,
  instanceId,
  missingTarget,
  pollWithoutWait,
  type GetBackupArgs,
} from "./getBackupArgs";
import type { Contract } from "./validation";
import * as z from "./zod";

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

function doubledTargets(given: ReadonlySet<string>): ArgumentProblem[] {
  if (!given.has("serviceInstanceIds")) return [];
  return ["serviceInstanceId", "backupId"]
    .filter((other) => given.has(other))
    .map((other) => ({
      property: "serviceInstanceIds",
      reason: `cannot be combined with ${other} (give one of them)`,
    }));
}

/** @internal The arguments of a gate, and what each must be. */
export const backupGateArguments: Contract<BackupGateArgs> = {
  functionName: "backupGate",
  outputRemedy: "only the arguments themselves may be Outputs",
  acceptsOutputs: true,
  schema: z.strictObject(
    {
      ...backupFields,
      serviceInstanceIds: z
        .array(instanceId, { error: "expected a list of service instance ids" })
        .min(1, { error: "expected at least one service instance id" })
        .optional(),
      maxAge: duration,
    },
    { error: "expected an object" },
  ),
  rules: (_, given) => [
    ...missingTarget(given, ["serviceInstanceId", "serviceInstanceIds", "backupId"]),
    ...doubledTargets(given),
    ...pollWithoutWait(given),
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
      ...backupFields,
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
    ...missingTarget(given, ["serviceInstanceId", "backupId"]),
    ...pollWithoutWait(given),
  ],
  hints: new Map([
    ["serviceInstanceIds", "is an argument of the hook backupGate: make a BackupGate for each"],
  ]),
};
