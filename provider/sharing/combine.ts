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

/** The listings of one group. */
class Drafts<Row, W extends Wanted<Row>> {
  readonly all: Draft<W>[] = [];
  /** Those that have room for one more value: few, where most wants are for one. */
  #open: Draft<W>[] = [];
  /** The first that asks for a value. */
  readonly #byValue = new Map<string, Draft<W>>();

  add(want: W, values: readonly string[]): void {
    const draft = this.#fitting(values);
    if (draft === undefined) this.#begin(want, values);
    else {
      draft.wants.push(want);
      this.#note(draft, values);
    }
  }

  #fitting(values: readonly string[]): Draft<W> | undefined {
    const fits = (draft: Draft<W>) => hasRoom(draft.values, values);
    // A full one has room for what it asks for already.
    const same = this.#byValue.get(values[0] as string);
    return same !== undefined && fits(same) ? same : this.#open.find(fits);
  }

  #begin(want: W, values: readonly string[]): void {
    const draft: Draft<W> = { values: new Set(), wants: [want] };
    this.all.push(draft);
    this.#open.push(draft);
    this.#note(draft, values);
  }

  #note(draft: Draft<W>, values: readonly string[]): void {
    for (const value of values) {
      draft.values.add(value);
      if (!this.#byValue.has(value)) this.#byValue.set(value, draft);
    }
    if (draft.values.size === maxFilterValues) {
      this.#open = this.#open.filter((other) => other !== draft);
    }
  }
}

/**
 * Puts listings together as far as one request can carry their values. None is torn apart: what a
 * listing comes to, it comes to for everything that somebody wants. Each goes where its first
 * value is asked for already, or into the first that has room, so that single values fill every request
 * but the last.
 */
export function combine<Row, W extends Wanted<Row>>(wants: readonly W[]): Combined<Row, W>[] {
  const groups = new Map<string, Drafts<Row, W>>();
  const combined: Combined<Row, W>[] = [];
  for (const want of wants) {
    const { group, query } = want;
    if (group === undefined || query.by === undefined) {
      combined.push({ query, wants: [want] });
      continue;
    }
    const drafts = groups.get(group) ?? new Drafts<Row, W>();
    groups.set(group, drafts);
    drafts.add(want, query.by.values);
  }
  for (const draft of [...groups.values()].flatMap(({ all }) => all)) {
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
