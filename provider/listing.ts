// Reading whole lists, and knowing whether they are whole.

import { backupList, type BackupRow } from "./backup";
import { createBackupsApi, type BackupsApi } from "./client/backupsApi";
import { systemClock, type Clock } from "./client/clock";
import type { ListKind } from "./client/listKind";
import type { Page } from "./client/page";
import { paginate, type Listing, type PageRange } from "./client/paginate";
import type { CallContext } from "./client/requester";
import { createBudget } from "./client/retry";
import type { Connection } from "./settings/connection";
import { IncompleteListError } from "./errors";
import type { WireQuery } from "./query";
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
}

/** Prepares one call: a retry budget of its own, the caller's signal and reporter. */
export function createReader(
  connection: Connection,
  signal: AbortSignal | undefined,
  reporter: Reporter,
  clock: Clock = systemClock,
): Reader {
  const budget = createBudget(connection.retryBudgetMs);
  // A signal of the call's own: Node warns of a leak when many calls listen to one signal.
  const own = signal && AbortSignal.any([signal]);
  const context = { budget, signal: own, progress: reporter.progress };
  return { connection, api: createBackupsApi(connection, clock), context, reporter, clock };
}

/** "Now" when a page came: the later of both clocks, so that a slow one makes nothing look fresh. */
export function nowAt({ serviceTime }: Page<unknown>, clock: Clock): number {
  return Math.max(clock.now(), serviceTime ?? -Infinity);
}

function pages<Row>(
  { api, context }: Reader,
  kind: ListKind<Row>,
  query: WireQuery,
  range: PageRange,
) {
  const readPage = async (token: string | undefined, number: number) => {
    context.signal?.throwIfAborted();
    return api.list(kind, query, token, number, context);
  };
  return paginate(kind, readPage, range);
}

/** Whether a user reads page by page: such a read is a part of a list. */
export function isByHand(range: PageRange): boolean {
  return range.nextToken !== undefined || range.maxPages !== undefined;
}

/** Why a listing may lack rows; undefined when it is whole, as far as `completeness` demands. */
function incompleteness(
  { noun }: ListKind<unknown>,
  listing: Listing,
  completeness: "strict" | "tokens",
): string | undefined {
  const { readCount, totalCount, totalIsSteady, hasRepeats } = listing;
  if (completeness === "tokens" || totalCount === undefined) {
    return hasRepeats ? `a ${noun} came twice, so others may have been passed over` : undefined;
  }
  if (!totalIsSteady) return `TotalCount changed from page to page, ${totalCount} at last`;
  return totalCount === readCount ? undefined : `TotalCount is ${totalCount}`;
}

function incomplete(
  { noun }: ListKind<unknown>,
  listing: Listing,
  reason: string,
  readings: number,
): IncompleteListError {
  const times = readings === 1 ? "once" : `${readings} times`;
  return new IncompleteListError(
    `The list of ${noun}s is not complete: ${listing.readCount} different ${noun}s were read, ` +
      `but ${reason}. It was read ${times}; ${noun}s may be coming and going. Try again; if it ` +
      'stays so, the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) trusts the last ' +
      "page's word instead of TotalCount.",
    { readCount: listing.readCount, totalCount: listing.totalCount },
  );
}

/** With "tokens", a TotalCount that does not fit is told but not held against the list. */
function warnOfCounts(
  { connection, reporter }: Reader,
  { action, noun }: ListKind<unknown>,
  { readCount, totalCount }: Listing,
): void {
  if (connection.completeness !== "tokens" || totalCount === undefined) return;
  if (totalCount === readCount) return;
  reporter.warn(
    `${action}: ${readCount} ${noun}s were read but TotalCount is ${totalCount}; taken as ` +
      'complete because of the setting completeness "tokens".',
  );
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

/** A row and the time it was read at. */
export interface ReadRow<Row> {
  readonly row: Row;
  readonly now: number;
}

/** Rows that came together, and when. */
export interface ReadRows {
  readonly rows: readonly BackupRow[];
  readonly now: number;
}

/**
 * Rows page by page as they come, each backup once. What was handed out cannot be taken back, so a
 * list that turns out incomplete ends in an error.
 */
export async function* stream(
  reader: Reader,
  query: WireQuery,
  range: PageRange,
): AsyncGenerator<ReadRows, void, undefined> {
  let handedOut = 0;
  const reading = pages(reader, backupList, query, range);
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) {
    const { page, fresh } = next.value;
    handedOut += fresh.length;
    yield { rows: fresh, now: nowAt(page, reader.clock) };
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
  const reading = pages(reader, kind, query, range);
  let pass = 1;
  let serviceTime: number | undefined;
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) {
    if (next.value.pass > pass) rows.clear();
    pass = next.value.pass;
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
