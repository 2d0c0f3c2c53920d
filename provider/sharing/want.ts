import type { ListKind } from "../client/listKind";
import type { PageRange } from "../client/paginate";
import type { RetryBudget } from "../client/retry";
import { isByHand } from "../listing";
import type { ListingQuery } from "../plan";
import type { Reader } from "../reader";
import type { Part } from "./audience";
import type { Wanted } from "./combine";

/** A list that a call asks for. */
export interface ReadRequest<Row> {
  readonly kind: ListKind<Row>;
  readonly query: ListingQuery<Row>;
  readonly range: PageRange;
  /**
   * Whether a read will do that is under way already. A search for a backup to rely on never takes
   * one whose first request had been sent when the search began: a backup that was deleted since
   * would count, and one that was made since would not.
   */
  readonly mayJoin: boolean;
}

/** A list that one or more callers ask for, all of them for the very same. */
export interface Want extends Wanted<unknown>, Part {
  readonly request: ReadRequest<unknown>;
  /** How many have waited for it. */
  callerCount: number;
  /** What its reading may spend; undefined until its first request may have been sent. */
  budget: RetryBudget | undefined;
}

/**
 * Whether one more may wait for it. Not when it has failed for a while: who comes then has a budget
 * of its own.
 */
export function canBeJoined({ budget }: Want, { mayJoin }: ReadRequest<unknown>): boolean {
  return budget === undefined || (mayJoin && budget.spentMs === 0);
}

/** What tells a request apart, and has in common with others. */
export interface Keys {
  /** Of requests for the very same. */
  readonly key: string;
  /** Of those that can be read together; undefined for one that is read alone. */
  readonly group: string | undefined;
}

/**
 * The keys of a request. Calls with secret arguments share with their like only, so that nobody else's
 * messages have gaps.
 */
export function keysOf(
  { kind, query, range }: ReadRequest<unknown>,
  { areArgsSecret }: Reader,
): Keys {
  const { by, filters, pageSize } = query;
  const rest = { areArgsSecret, range, pageSize, filters };
  const common = JSON.stringify([kind.action, by?.name, rest]);
  return {
    key: JSON.stringify([common, by?.values]),
    group: by === undefined || isByHand(range) ? undefined : common,
  };
}
