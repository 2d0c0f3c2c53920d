// Those who wait for a read: what it tells them, and what none of them may be shown.

import { AsyncResource } from "node:async_hooks";
import { createBudget, type RetryBudget } from "../client/retry";
import type { Reader, Reporter } from "../reader";
import { without } from "../secretArgs";

/** One who waits for a read. */
export interface Caller extends Reporter {
  readonly reader: Reader;
}

/** One or more who wait for a read. */
export type Callers = readonly [Caller, ...Caller[]];

/**
 * Takes a caller on. It is told everything in its own asynchronous context: by that, Pulumi's log
 * finds the deployment to tell, and shared work is of none.
 */
export function callerOf(reader: Reader): Caller {
  const { warn, progress } = reader.reporter;
  return { reader, warn: AsyncResource.bind(warn), progress: AsyncResource.bind(progress) };
}

/** Hides the secret arguments of all callers from each of them. */
export function hidingSecretsOf(callers: readonly Caller[]): (text: string) => string {
  const secrets = new Set(callers.flatMap(({ reader }) => reader.secrets));
  return (text) => without([...secrets], text);
}

/** Tells all who wait at the time, each once: some wait for several things. */
export function tellingAll(callers: () => readonly Caller[]): Reporter {
  const tell = (word: keyof Reporter) => (message: string) => {
    const each = new Map(callers().map((caller) => [caller.reader.reporter, caller]));
    const shown = hidingSecretsOf([...each.values()])(message);
    for (const caller of each.values()) caller[word](shown);
  };
  return { warn: tell("warn"), progress: tell("progress") };
}

/**
 * What a read may spend on failures. It is one operation with one budget: that of the call if it is
 * read for one call alone, else one of its own.
 */
export function budgetOf([{ reader }, ...others]: Callers): RetryBudget {
  return others.length === 0
    ? reader.context.budget
    : createBudget(reader.connection.retryBudgetMs);
}
