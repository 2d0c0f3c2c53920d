// The service as one call of a function reads from it.

import { createBackupsApi, type BackupsApi } from "./client/backupsApi";
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

/** The service, ready to be read from by one call of a function. */
export interface Reader {
  readonly connection: Connection;
  readonly api: BackupsApi;
  readonly context: CallContext;
  readonly reporter: Reporter;
  readonly clock: Clock;
  /** Whether the arguments of the call must not be shown. */
  readonly areArgsSecret: boolean;
}

/** Prepares one call: a retry budget of its own, the caller's signal and reporter. */
export function createReader(
  connection: Connection,
  signal: AbortSignal | undefined,
  reporter: Reporter,
  clock: Clock = systemClock,
): Reader {
  warnOfOpenFiles(connection.credentials.base, reporter.warn);
  const budget = createBudget(connection.retryBudgetMs);
  // A signal of the call's own: Node warns of a leak when many calls listen to one signal.
  const own = signal && AbortSignal.any([signal]);
  const context = { budget, signal: own, progress: reporter.progress };
  const api = createBackupsApi(connection, clock);
  return { connection, api, context, reporter, clock, areArgsSecret: false };
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
