import { isDeepStrictEqual, inspect } from "node:util";
import {
  getBackup,
  getBackups,
  IncompleteListError,
  listBackups,
  NoQualifyingBackupError,
  RequestError,
  ResponseError,
  type Settings,
} from "../../provider";
import type { Random } from "../../simulator/random";
import type { Truth } from "./truth";

/** One call, and what it has to come to. */
export interface Call {
  readonly name: string;
  readonly expected: unknown;
  readonly perform: (signal: AbortSignal | undefined) => Promise<unknown>;
}

function listCall(settings: Settings, instance: string | undefined, expected: string[]): Call {
  const args = instance === undefined ? {} : { serviceInstanceId: instance };
  return {
    name: `getBackups(${inspect(args)})`,
    expected,
    perform: async (signal) => (await getBackups(args, { settings, signal })).ids,
  };
}

function streamCall(settings: Settings, instance: string, { newestFirst }: Truth): Call {
  const args = { serviceInstanceId: instance, maxResults: 25 };
  const own = new Set(newestFirst(instance));
  return {
    name: `listBackups(${inspect(args)})`,
    expected: own,
    async perform(signal) {
      const ids = new Set<string>();
      for await (const { backupId } of listBackups(args, { settings, signal })) {
        if (ids.has(backupId) || !own.has(backupId)) return `${backupId} does not belong here`;
        ids.add(backupId);
      }
      return ids;
    },
  };
}

function gateCall(settings: Settings, instance: string, hours: number, { toRelyOn }: Truth): Call {
  const args = { serviceInstanceId: instance, maxAge: `${hours}h` };
  return {
    name: `getBackup(${inspect(args)})`,
    expected: toRelyOn(instance, hours),
    async perform(signal) {
      try {
        return (await getBackup(args, { settings, signal })).backupId;
      } catch (error) {
        if (error instanceof NoQualifyingBackupError) return undefined;
        throw error;
      }
    },
  };
}

/** Any call. */
export function anyCall(random: Random, settings: Settings, truth: Truth): Call {
  const instance = random.pick(truth.instances);
  switch (random.between(0, 3)) {
    case 0:
      return listCall(settings, undefined, truth.newestFirst());
    case 1:
      return listCall(settings, instance, truth.newestFirst(instance));
    case 2:
      return streamCall(settings, instance, truth);
    default:
      return gateCall(settings, instance, random.between(1, 48), truth);
  }
}

/** What a call came to. */
export type Verdict = "right" | "failed" | "aborted" | { readonly wrong: string };

const documented = [RequestError, ResponseError, IncompleteListError];

/** Performs a call and compares. An error is right only where the service was let fail for good. */
export async function judge(
  { name, expected, perform }: Call,
  mayFail: boolean,
  signal?: AbortSignal,
): Promise<Verdict> {
  try {
    const actual = await perform(signal);
    if (isDeepStrictEqual(actual, expected)) return "right";
    return { wrong: `${name} gave ${inspect(actual)}, not ${inspect(expected)}` };
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return "aborted";
    if (mayFail && documented.some((type) => error instanceof type)) return "failed";
    return { wrong: `${name} failed: ${inspect(error)}` };
  }
}
