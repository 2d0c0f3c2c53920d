import { RequestError, ResponseError } from "../errors";
import type { ListKind } from "./listKind";
import { likelyToken, type Page, type UnreadPage } from "./page";
import { createReadAhead, type ReadPage } from "./readAhead";
import { TextSet } from "./textSet";

/** A page of a listing, and which reading of it this belongs to. */
export interface PageOfPass<Row> {
  readonly page: Page<Row>;
  /** Those of its rows that neither this pass nor the one before had seen. */
  readonly fresh: readonly Row[];
  /** 1, or 2 after the service rejected a token and the reading began anew. */
  readonly pass: number;
}

/** What is known when the last page has been read. */
export interface ListingSummary {
  /** Distinct rows of the last pass. */
  readonly readCount: number;
  /** What the service said there are; undefined when it never said. */
  readonly totalCount: number | undefined;
  /** Whether it said the same on every page. */
  readonly totalIsSteady: boolean;
  /** Whether a row came twice: the list moved while it was read. */
  readonly hasRepeats: boolean;
  /** Where to go on, when `maxPages` ended the reading. */
  readonly nextToken: string | undefined;
}

/** Where to start and when to stop, for those who page by hand. */
export interface PageRange {
  readonly nextToken: string | undefined;
  readonly maxPages: number | undefined;
}

/** How a reading goes about it. */
export interface Pace {
  /** Ends the reading: it rejects with the signal's reason. */
  readonly signal: AbortSignal | undefined;
  /**
   * From this page on, the next page is asked for while one is checked, sorted and handed out; never
   * more than one ahead.
   */
  readonly aheadFrom: number;
}

/**
 * A service that answers with fresh tokens and no rows would be asked for ever. Some empty pages
 * are legal with filters; this many in a row are not seen in practice.
 */
const maxEmptyPages = 10;

function broken(
  action: string,
  number: number,
  reason: string,
  requestId: string | undefined,
): ResponseError {
  const id = requestId === undefined ? "" : ` RequestId ${requestId}.`;
  return new ResponseError(
    `${action} does not come to an end: ${reason} (page ${number}). ` +
      `No part of the list is returned in its place.${id}`,
    { page: number, requestId },
  );
}

/**
 * Whether the service refused a token that it gave out itself. Its code for that is undocumented;
 * any refusal of a parameter counts, since nothing but the token changed since the page before.
 */
function isTokenRejected(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.kind === "rejected" &&
    error.httpStatus === 400 &&
    /^Invalid(?!TimeStamp)/.test(error.serviceCode ?? "")
  );
}

/** One reading from the first page on: what came, and whether it adds up. */
function createPass<Row>(kind: ListKind<Row>, seenBefore: TextSet | undefined) {
  const seenTokens = new TextSet();
  const seenIds = new TextSet();
  const idOf = (row: Row) => kind.idOf(row);
  let rowCount = 0;
  let emptyPages = 0;
  let totalCount: number | undefined;
  let totalIsSteady = true;
  return {
    seenIds,
    /** The token of the page after one that has come, guessed before it is read; never one to refuse. */
    likelyNext(body: string): string | undefined {
      const token = likelyToken(body);
      if (token === undefined || emptyPages === maxEmptyPages) return undefined;
      return seenTokens.has(token) ? undefined : token;
    },
    /** Takes in all of a page but its rows, and refuses one whose next page never should be asked for. */
    follow(page: UnreadPage<Row>, number: number): void {
      rowCount += page.rowCount;
      totalIsSteady &&= totalCount === undefined || (page.totalCount ?? totalCount) === totalCount;
      totalCount = page.totalCount ?? totalCount;
      emptyPages = page.rowCount === 0 ? emptyPages + 1 : 0;
      if (page.nextToken === undefined) return;
      if (emptyPages > maxEmptyPages) {
        const reason = `${emptyPages} empty pages in a row, each with a next one`;
        throw broken(kind.action, number, reason, page.requestId);
      }
      if (!seenTokens.add(page.nextToken)) {
        throw broken(kind.action, number, "a NextToken came again", page.requestId);
      }
    },
    /** Those of a page's rows that were not seen before. */
    freshOf({ rows }: Page<Row>): Row[] {
      const fresh = seenIds.addEach(rows, idOf);
      return seenBefore === undefined ? fresh : fresh.filter((row) => !seenBefore.has(idOf(row)));
    },
    startAt(token: string): void {
      seenTokens.add(token);
    },
    listing(nextToken: string | undefined): ListingSummary {
      const hasRepeats = rowCount > seenIds.size;
      return { readCount: seenIds.size, totalCount, totalIsSteady, hasRepeats, nextToken };
    },
  };
}

/**
 * The paging loop: page after page until a page names no next one. Refuses repeated tokens and
 * endless empty pages, and begins anew once when a token is rejected half-way; that second pass is
 * told which rows the first one had seen. A page that was asked for ahead tells of its failure only
 * when it is its turn; one that is not wanted any more is cancelled.
 */
export async function* paginate<Row>(
  kind: ListKind<Row>,
  readPage: ReadPage<Row>,
  range: PageRange,
  pace: Pace,
  seenBefore?: TextSet,
): AsyncGenerator<PageOfPass<Row>, ListingSummary, undefined> {
  const pass = seenBefore === undefined ? 1 : 2;
  const reading = createPass(kind, seenBefore);
  const { signal } = pace;
  let token = range.nextToken;
  if (token !== undefined) reading.startAt(token);
  let number = 0;

  const isLast = () => token === undefined || number === range.maxPages;

  /** Whether the page after the present one, if there is one, will be asked for ahead. */
  const goesAhead = () => number >= pace.aheadFrom && number !== range.maxPages;
  const ahead = createReadAhead(readPage, signal, (body) =>
    goesAhead() ? reading.likelyNext(body) : undefined,
  );

  async function take(): Promise<Page<Row>> {
    signal?.throwIfAborted();
    const page = await ahead.take(token, number);
    reading.follow(page, number);
    token = page.nextToken;
    signal?.throwIfAborted();
    if (token !== undefined && goesAhead()) await ahead.prepare(token, number + 1);
    signal?.throwIfAborted();
    return page.read();
  }

  try {
    do {
      number += 1;
      let page: Page<Row>;
      try {
        page = await take();
      } catch (error) {
        if (pass === 2 || number === 1 || !isTokenRejected(error)) throw error;
        ahead.end();
        return yield* paginate(kind, readPage, range, pace, reading.seenIds);
      }
      yield { page, fresh: reading.freshOf(page), pass };
    } while (!isLast());
  } finally {
    ahead.end();
  }
  return reading.listing(token);
}
