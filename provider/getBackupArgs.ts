import type { ArgumentProblem } from "./errors";
import { parseDuration } from "./durations";
import { duration, region, text } from "./fields";
import type { ServiceRegion } from "./settings/region";
import type { Contract } from "./validation";
import * as z from "./zod";

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
   * All who wait with one interval ask together, so that the first time may come sooner.
   * @default 10s
   */
  pollInterval?: string | undefined;
  /**
   * `cn-hangzhou` (mainland China site) or `ap-southeast-1` (international site): the two regions
   * the service has. Overrides the configured region for this call.
   */
  region?: ServiceRegion | undefined;
}

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

/** @internal */
export const instanceId = text("expected the id of a service instance");

/** @internal What the arguments of getBackup and of gates have in common. */
export const backupFields = {
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

/** @internal */
export function pollWithoutWait(given: ReadonlySet<string>): ArgumentProblem[] {
  if (!given.has("pollInterval") || given.has("waitTimeout")) return [];
  return [{ property: "pollInterval", reason: "has no effect without waitTimeout (give both)" }];
}

/** @internal One of the targets has to be given. */
export function missingTarget(
  given: ReadonlySet<string>,
  targets: readonly string[],
): ArgumentProblem[] {
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
  schema: z.strictObject(backupFields, { error: "expected an object" }),
  rules: (_, given) => [
    ...missingTarget(given, ["serviceInstanceId", "backupId"]),
    ...pollWithoutWait(given),
  ],
  hints: new Map([
    [
      "serviceInstanceIds",
      "is an argument of getBackups and of backupGate: here, name one instance",
    ],
    ["ids", "is an argument of getBackups: here, name one backup (backupId)"],
  ]),
};
