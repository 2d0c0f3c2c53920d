// Those who wait for a read: what it tells them, and what none of them may be shown.

import { AsyncResource } from "node:async_hooks";
import { createBudget, type RetryBudget } from "../client/retry";
import type { ListingQuery } from "../plan";
import type { Reader, Reporter } from "../reader";
import { without } from "../secretArgs";

/** One who waits for a read. */
export interface Caller extends Reporter {
  readonly reader: Reader;
}

/** One or more who wait for a read. */
export type Callers = readonly [Caller, ...Caller[]];

/** What some wait for: a listing, or a part of one that was made of several. */
export interface Part {
  readonly query: ListingQuery<unknown>;
  /** Those who wait for it. */
  readonly callers: Set<Caller>;
  /** The secret arguments of all who ever have: what was asked for is still asked for. */
  readonly secrets: Set<string>;
}

/**
 * Takes a caller on. It is told everything in its own asynchronous context: by that, Pulumi's log
 * finds the deployment to tell, and shared work is of none.
 */
export function callerOf(reader: Reader): Caller {
  const { warn, progress } = reader.reporter;
  const context = new AsyncResource("computenest.Caller");
  return {
    reader,
    warn: (message) => {
      context.runInAsyncScope(warn, undefined, message);
    },
    progress: (message) => {
      context.runInAsyncScope(progress, undefined, message);
    },
  };
}

/** The values that were asked for, as they are and as in an address. */
function valuesOf(parts: readonly Part[]): string[] {
  const values = parts.flatMap(({ query }) => query.by?.values ?? []);
  return values.flatMap((value) => [value, encodeURIComponent(value)]);
}

/** A text with each value as it is to be shown; the first go first. */
function replaced(
  text: string,
  [first, ...others]: readonly (readonly [value: string, shown: string])[],
): string {
  if (first === undefined) return text;
  const [value, shown] = first;
  const between = text.split(value).map((piece) => replaced(piece, others));
  return between.join(shown);
}

/**
 * Hides from those who wait for one part what only others asked for, secret or not: the engine takes
 * the mark off a function's arguments. Of values that contain one another, the longest is meant.
 */
export function showing(own: readonly Part[], all: readonly Part[]): (text: string) => string {
  const secrets = all.flatMap((part) => [...part.secrets]);
  const values = new Map([
    ...valuesOf(all).map((value) => [value, "***"] as const),
    ...valuesOf(own).map((value) => [value, value] as const),
  ]);
  const longestFirst = [...values].sort(([a], [b]) => b.length - a.length);
  return (text) => replaced(without(secrets, text), longestFirst);
}

/** Tells all who wait at the time, each once: some wait for several parts. */
export function tellingAll(parts: readonly Part[]): Reporter {
  const tell = (word: keyof Reporter) => (message: string) => {
    const callers = parts.flatMap((part) => [...part.callers]);
    const each = new Map(callers.map((caller) => [caller.reader.reporter, caller]));
    for (const [reporter, caller] of each) {
      const own = parts.filter((part) =>
        [...part.callers].some(({ reader }) => reader.reporter === reporter),
      );
      caller[word](showing(own, parts)(message));
    }
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
