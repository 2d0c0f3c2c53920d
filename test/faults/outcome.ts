// What a call came to, in words that are the same in every run.

import type { Peer } from "./peers";

/** The whole right answer. */
export interface Answered {
  readonly answered: true;
  /** How many requests that took beyond one for each page. */
  readonly extraRequests: number;
}

/** The documented error. */
export interface Failed {
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

/**
 * A message without what differs from run to run: HOST stands for the peer, ID for the service's id of
 * a request, SETTINGS for where the credentials are from, and how often and long it was tried, and
 * a number of days that grows each day, is N.
 */
export function steady(message: string, { host }: Pick<Peer, "host">): string {
  return message
    .replaceAll(host, "HOST")
    .replaceAll(/RequestId [0-9A-F-]{36}/g, "RequestId ID")
    .replaceAll(/\((the settings option|the provider's configuration)\)/g, "(SETTINGS)")
    .replaceAll(/\d{5,}d\b/g, "N d")
    .replaceAll(/\d+ attempts? and [\d.]+ s/g, "N attempts and N s");
}
