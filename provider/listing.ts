// Reading whole lists.

import { backupList, type BackupRow } from "./backup";
import type { ListKind } from "./client/listKind";
import { paginate, type PageRange } from "./client/paginate";
import type { ReadPage } from "./client/readAhead";
import { incomplete, incompleteness, warnOfCounts } from "./completeness";
import type { WireQuery } from "./client/backupsApi";
import { publishPage } from "./progress";
import { nowAt, type Reader } from "./reader";

function pages<Row>(
  { api, context }: Reader,
  kind: ListKind<Row>,
  query: WireQuery,
  range: PageRange,
  aheadFrom: number,
) {
  const readPage: ReadPage<Row> = (token, number, signal, arrived) =>
    api.list(kind, query, token, number, { ...context, signal, arrived });
  return paginate(kind, readPage, range, { signal: context.signal, aheadFrom });
}

/** Whether a user reads page by page: such a read is a part of a list. */
export function isByHand(range: PageRange): boolean {
  return range.nextToken !== undefined || range.maxPages !== undefined;
}

/** A row and the time it was read at. */
export interface ReadRow<Row> {
  readonly row: Row;
  readonly now: number;
}

/** Rows of a stream that came together, and when. */
export interface StreamedPage {
  readonly rows: readonly BackupRow[];
  readonly now: number;
}

/**
 * Who streams may want no more than the first page, so only those who went on to the second are read
 * ahead for.
 */
const streamAheadFrom = 2;

/**
 * Rows page by page as they come, each backup once. What was handed out cannot be taken back, so a
 * list that turns out incomplete ends in an error.
 */
export async function* stream(
  reader: Reader,
  query: WireQuery,
  range: PageRange,
): AsyncGenerator<StreamedPage, void, undefined> {
  let handedOut = 0;
  const reading = pages(reader, backupList, query, range, streamAheadFrom);
  let next = await reading.next();
  try {
    for (; !next.done; next = await reading.next()) {
      const { page, fresh } = next.value;
      handedOut += fresh.length;
      yield { rows: fresh, now: nowAt(page, reader.clock) };
    }
  } finally {
    // Left half-way, it cancels what it has asked for ahead; at its end, this does nothing.
    await reading.return(undefined as never);
  }
  if (isByHand(range)) return;
  const listing = next.value;
  // After a second pass, what only the first one saw is gone: it should not have been handed out.
  const isStale = handedOut > listing.readCount;
  const reason =
    incompleteness(backupList, listing, reader.connection.completeness) ??
    (isStale ? "others were handed out before it changed" : undefined);
  if (reason !== undefined) throw incomplete(backupList, listing, reason, 1);
  warnOfCounts(reader, backupList, listing);
}

/** What was read of a list, in the service's order: all of it, unless it is paged by hand. */
export interface ListRead<Row> {
  readonly rows: readonly ReadRow<Row>[];
  readonly totalCount: number | undefined;
  readonly nextToken: string | undefined;
  /** The latest that the service's clock said on a page, if it said. */
  readonly serviceTime: number | undefined;
}

function laterOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

const maxReadings = 3;

async function readOnce<Row>(
  reader: Reader,
  kind: ListKind<Row>,
  query: WireQuery,
  range: PageRange,
) {
  const rows = new Map<string, ReadRow<Row>>();
  const reading = pages(reader, kind, query, range, 1);
  let pass = 1;
  let serviceTime: number | undefined;
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) {
    if (next.value.pass > pass) rows.clear();
    pass = next.value.pass;
    publishPage({ action: kind.action, rows: next.value.page.rows.length });
    const now = nowAt(next.value.page, reader.clock);
    serviceTime = laterOf(serviceTime, next.value.page.serviceTime);
    // The later page wins: it tells of a later moment.
    for (const row of next.value.page.rows) rows.set(kind.idOf(row), { row, now });
  }
  return { rows, listing: next.value, serviceTime };
}

/**
 * Reads a list, anew if it moved in the meantime; never returns a part of one, unless it is paged by
 * hand.
 */
export async function readList<Row>(
  reader: Reader,
  kind: ListKind<Row>,
  query: WireQuery,
  range: PageRange,
): Promise<ListRead<Row>> {
  let readings = 0;
  let read: Awaited<ReturnType<typeof readOnce<Row>>>;
  let reason: string | undefined;
  do {
    readings += 1;
    read = await readOnce(reader, kind, query, range);
    reason = isByHand(range)
      ? undefined
      : incompleteness(kind, read.listing, reader.connection.completeness);
  } while (reason !== undefined && readings < maxReadings);
  if (reason !== undefined) throw incomplete(kind, read.listing, reason, readings);
  if (!isByHand(range)) warnOfCounts(reader, kind, read.listing);
  return { rows: [...read.rows.values()], ...read.listing, serviceTime: read.serviceTime };
}
