import { findQualifying, isFinding } from "./findQualifying";
import type { BackupGateArgs } from "./gateArgs";
import type { Reader } from "./reader";
import { refuse, type Refusal } from "./refusal";
import { createSearch } from "./search";

/** Prepares a reader whose requests end with the signal. */
export type PrepareReader = (signal: AbortSignal) => Reader;

/**
 * Returns when each of the service instances (or the one backup) that a gate protects has a backup
 * that qualifies; throws one error for all that have none. What is no verdict - a service that
 * cannot be asked - ends the search for the others at once.
 */
export async function requireBackups(
  prepareReader: PrepareReader,
  { serviceInstanceIds, ...wanted }: BackupGateArgs,
  isPreview: boolean,
): Promise<void> {
  const each =
    serviceInstanceIds === undefined
      ? [wanted]
      : [...new Set(serviceInstanceIds)].map((serviceInstanceId) => ({
          ...wanted,
          serviceInstanceId,
        }));
  const stop = new AbortController();
  const reader = prepareReader(stop.signal);
  const outcomes = await Promise.all(
    each.map((one) => findQualifying(createSearch(reader, one), isPreview)),
  ).catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const refusals = outcomes.filter((outcome): outcome is Refusal => !isFinding(outcome));
  const [first, ...others] = refusals;
  if (first !== undefined) throw await refuse([first, ...others], each.length);
}
