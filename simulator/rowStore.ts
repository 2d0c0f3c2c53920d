import { isTimed, nextChange, rowAt, type TimedRow } from "./rows";

/** One filter of a request: a row matches if its field is any of the values. */
export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** A set of rows in the order the service lists them. */
export interface RowStore<Row extends TimedRow> {
  /** The rows as they were given, timelines and all. */
  readonly rows: readonly Row[];
  /** Replaces the rows; the next request sees the new ones. */
  replace(rows: readonly Row[]): void;
  /** The rows that match all of the filters, as they are at a time, in the order given. */
  find(filters: readonly Filter[], now: number): readonly Row[];
}

/** More different queries than a test asks in one go; beyond that the oldest answer is dropped. */
const maxKept = 256;

/** Creates a store of rows. They keep the order they are given in: that is the service's order here. */
export function createRowStore<Row extends TimedRow>(given: readonly Row[]): RowStore<Row> {
  let rows: readonly Row[] = [...given];
  let timed = rows.some(isTimed);
  // Between two changes of the set every page of a listing comes from one filtered array: a list
  // of 200,000 rows would otherwise be filtered again for each of its 2,000 pages.
  let found = new Map<string, readonly Row[]>();
  let validFrom = -Infinity;
  let validUntil = -Infinity;
  let present: readonly Row[] = rows;

  function refresh(now: number): void {
    if (now >= validFrom && now < validUntil) return;
    found = new Map();
    present = timed ? rows.map((row) => rowAt(row, now)) : rows;
    validFrom = timed ? now : -Infinity;
    validUntil = timed ? nextChange(rows, now) : Infinity;
  }

  return {
    get rows() {
      return rows;
    },
    replace(next) {
      rows = [...next];
      timed = rows.some(isTimed);
      validUntil = -Infinity;
    },
    find(filters, now) {
      refresh(now);
      if (filters.length === 0) return present;
      const key = JSON.stringify(filters);
      const known = found.get(key);
      if (known !== undefined) return known;
      const matching = present.filter((row) => matches(row, filters));
      const [oldest] = found.keys();
      if (oldest !== undefined && found.size >= maxKept) found.delete(oldest);
      found.set(key, matching);
      return matching;
    },
  };
}

function matches(row: TimedRow, filters: readonly Filter[]): boolean {
  return filters.every(({ name, values }) => {
    const value = row[name];
    return typeof value === "string" && values.includes(value);
  });
}
