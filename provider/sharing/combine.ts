// Which listings can be read as one.

import { maxFilterValues } from "../args";
import type { ListRead } from "../listing";
import type { ListingQuery } from "../plan";
import type { Connection } from "../settings/connection";

/** A listing that somebody wants to have read. */
export interface Wanted<Row> {
  readonly query: ListingQuery<Row>;
  /** Listings of one group differ only in the values of `query.by`; undefined: it is read alone. */
  readonly group: string | undefined;
}

/** One listing that is read for all who want it, or a part of it. */
export interface Combined<Row, W extends Wanted<Row>> {
  readonly query: ListingQuery<Row>;
  readonly wants: readonly [W, ...W[]];
}

/** A listing under construction. */
interface Draft<W> {
  readonly values: Set<string>;
  readonly wants: [W, ...W[]];
}

/** Whether one request can carry both. */
function hasRoom(taken: ReadonlySet<string>, values: readonly string[]): boolean {
  let count = taken.size;
  for (const value of values) if (!taken.has(value)) count += 1;
  return count <= maxFilterValues;
}

/**
 * Puts listings together as far as one request can carry their values. None is torn apart: what a
 * listing comes to, it comes to for everything that somebody wants. Each goes into the first that has
 * room, so that single values fill every request but the last.
 */
export function combine<Row, W extends Wanted<Row>>(wants: readonly W[]): Combined<Row, W>[] {
  const groups = new Map<string, Draft<W>[]>();
  const combined: Combined<Row, W>[] = [];
  for (const want of wants) {
    const { group, query } = want;
    if (group === undefined || query.by === undefined) {
      combined.push({ query, wants: [want] });
      continue;
    }
    const { values } = query.by;
    const drafts = groups.get(group) ?? [];
    groups.set(group, drafts);
    const fitting = drafts.find((draft) => hasRoom(draft.values, values));
    if (fitting === undefined) drafts.push({ values: new Set(values), wants: [want] });
    else {
      fitting.wants.push(want);
      for (const value of values) fitting.values.add(value);
    }
  }
  for (const draft of [...groups.values()].flat()) {
    const [{ query }] = draft.wants;
    const by = query.by && { ...query.by, values: [...draft.values] };
    combined.push({ query: { ...query, by }, wants: draft.wants });
  }
  return combined;
}

/**
 * The part of a listing that answers one of those it was made of, which may have been but one. What
 * the service counted for all of them cannot be told for one: its count is how many it has where the
 * two have to be the same, and else never told. Whether others asked at the time makes no difference.
 */
export function partOf<Row>(
  read: ListRead<Row>,
  { by }: ListingQuery<Row>,
  completeness: Connection["completeness"],
): ListRead<Row> {
  const values = new Set(by?.values);
  const rows = read.rows.filter(({ row }) => by !== undefined && values.has(by.valueIn(row)));
  const isCounted = completeness === "strict" && read.totalCount !== undefined;
  return { ...read, rows, totalCount: isCounted ? rows.length : undefined };
}
