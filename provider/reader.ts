// The service as one call of a function reads from it.

import { setMaxListeners } from "node:events";
import { backupsApiOf, createBackupsApi, type BackupsApi } from "./client/backupsApi";
import { systemClock, type Clock } from "./client/clock";
import { warnOfOpenFiles } from "./client/credentialFiles";
import type { Page } from "./client/page";
import type { CallContext } from "./client/requester";
import { createBudget } from "./client/retry";
import type { Connection } from "./settings/connection";
import { otherRegion } from "./settings/region";

/** What a call tells its user while it works. */
export interface Reporter {
  readonly warn: (message: string) => void;
  readonly progress: (message: string) => void;
}

/** With which other calls a call may share what is read. */
export interface Sharing {
  /** The deployment that the call belongs to: calls of others have nothing to do with it. */
  readonly scope: object;
  /**
   * How far apart calls may be, in milliseconds, to count as made at the same time. Undefined: in one
   * turn of the event loop.
   */
  readonly windowMs: number | undefined;
  /**
   * Whether a list that is being read already will do for one who asks for the very same. Not where
   * the call may have been held back for what has been done in the meantime.
   */
  readonly mayJoin: boolean;
}

/** Calls in plain scripts, outside of any deployment. */
export const scriptSharing: Sharing = { scope: {}, windowMs: undefined, mayJoin: true };

/** Calls that come over a socket, several at a time, share no turn of the event loop. */
export const socketWindowMs = 5;

/** The service, ready to be read from by one call of a function. */
export interface Reader {
  readonly connection: Connection;
  readonly api: BackupsApi;
  readonly context: CallContext;
  readonly reporter: Reporter;
  readonly clock: Clock;
  readonly sharing: Sharing;
  /** Whether the arguments of the call must not be shown. */
  readonly areArgsSecret: boolean;
  /** The texts in them, if they must not. */
  readonly secrets: readonly string[];
}

/** Prepares one call: a retry budget of its own, the caller's signal and reporter. */
export function createReader(
  connection: Connection,
  signal: AbortSignal | undefined,
  reporter: Reporter,
  clock: Clock = systemClock,
  sharing: Sharing = scriptSharing,
): Reader {
  warnOfOpenFiles(connection.credentials.base, reporter.warn);
  const budget = createBudget(connection.retryBudgetMs);
  // A signal of the call's own: Node warns of a leak when many calls listen to one signal.
  const own = signal && AbortSignal.any([signal]);
  // The same of one call: a gate over many service instances waits for a read of each.
  if (own !== undefined) setMaxListeners(0, own);
  const context = { budget, signal: own, progress: reporter.progress };
  const api =
    clock === systemClock ? backupsApiOf(connection) : createBackupsApi(connection, clock);
  const open = { areArgsSecret: false, secrets: [] };
  return { connection, api, context, reporter, clock, sharing, ...open };
}

/** "Now" when a page came: the later of both clocks, so that a slow one makes nothing look fresh. */
export function nowAt({ serviceTime }: Page<unknown>, clock: Clock): number {
  return Math.max(clock.now(), serviceTime ?? -Infinity);
}

/** Warns when an empty list may only mean that the wrong site was asked. */
export function warnIfRegionWasGuessed({ connection, reporter }: Reader, isEmpty: boolean): void {
  const { region, regionGuess } = connection;
  if (!isEmpty || regionGuess === undefined) return;
  reporter.warn(
    `No backups were found, but the region was a guess: ${regionGuess}. If they are on the other ` +
      `site, set the region to ${otherRegion(region)}.`,
  );
}
