// What a call came to, in words that are the same in every run.

import type { Peer } from "./peers";

/** What whoever asked was told besides. */
interface Warned {
  /** Each as a whole, see {@link steady}; none where there were none. */
  readonly warnings?: readonly string[];
}

/** The whole right answer. */
export interface Answered extends Warned {
  readonly answered: true;
  /** How many requests that took beyond one for each page. */
  readonly extraRequests: number;
}

/** The documented error. */
export interface Failed extends Warned {
  /** Its class, and its kind where it has one: `RequestError throttled`. */
  readonly error: string;
  /** All of its message, see {@link steady}. */
  readonly message: string;
}

export type Outcome = Answered | Failed;

/** The whole right answer, after so many requests more than there are pages. */
export function answers(extraRequests = 0): Answered {
  return { answered: true, extraRequests };
}

/** An error of a class (and kind), with a whole message. */
export function fails(error: string, message: string): Failed {
  return { error, message };
}

/** The same, with one more warning. */
export function warning<T extends Outcome>(outcome: T, text: string): T {
  return { ...outcome, warnings: [...(outcome.warnings ?? []), text] };
}

/**
 * A message without what differs from run to run: HOST stands for the peer, ID for the service's id of
 * a request, SETTINGS for where the credentials are from, and how often and long it was tried, and
 * a number of days or minutes that grows with time, is N, and an instant TIME.
 */
export function steady(message: string, { host }: Pick<Peer, "host">): string {
  return message
    .replaceAll(host, "HOST")
    .replaceAll(/RequestId [0-9A-F-]{36}/g, "RequestId ID")
    .replaceAll(/\((the settings option|the provider's configuration)\)/g, "(SETTINGS)")
    .replaceAll(/\d{5,}d\b/g, "N d")
    .replaceAll(/\b\d+m(?:\d+s)? too old/g, "N min too old")
    .replaceAll(/ says \d{4}-[\d-]+T[\d:]+Z/g, " says TIME")
    .replaceAll(/\d+ attempts? and [\d.]+ s/g, "N attempts and N s");
}
