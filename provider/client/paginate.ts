import { RequestError, ResponseError } from "../errors";
import type { ListKind } from "./listKind";
import type { Page } from "./page";

/** Fetches a page: the one a token names, or the first; `number` counts from 1, for messages. */
export type ReadPage<Row> = (token: string | undefined, number: number) => Promise<Page<Row>>;

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

/**
 * A service that answers with fresh tokens and no rows would be asked for ever. Some empty pages
 * are legal with filters; this many in a row are not seen in practice.
 */
const maxEmptyPages = 10;

function broken(
  action: string,
  number: number,
  reason: string,
  page: Page<unknown>,
): ResponseError {
  const id = page.requestId === undefined ? "" : ` RequestId ${page.requestId}.`;
  return new ResponseError(
    `${action} does not come to an end: ${reason} (page ${number}). ` +
      `No part of the list is returned in its place.${id}`,
    { page: number, requestId: page.requestId },
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
function createPass<Row>(kind: ListKind<Row>, seenBefore: ReadonlySet<string> | undefined) {
  const seenTokens = new Set<string>();
  const seenIds = new Set<string>();
  const isFresh = (row: Row) => {
    const id = kind.idOf(row);
    const size = seenIds.size;
    return seenIds.add(id).size > size && !seenBefore?.has(id);
  };
  let rowCount = 0;
  let emptyPages = 0;
  let totalCount: number | undefined;
  let totalIsSteady = true;
  return {
    seenIds,
    /** Takes a page in, and returns its rows that were not seen before. */
    add(page: Page<Row>, number: number): Row[] {
      const fresh = page.rows.filter(isFresh);
      rowCount += page.rows.length;
      totalIsSteady &&= totalCount === undefined || (page.totalCount ?? totalCount) === totalCount;
      totalCount = page.totalCount ?? totalCount;
      emptyPages = page.rows.length === 0 ? emptyPages + 1 : 0;
      if (page.nextToken === undefined) return fresh;
      if (emptyPages > maxEmptyPages) {
        throw broken(
          kind.action,
          number,
          `${emptyPages} empty pages in a row, each with a next one`,
          page,
        );
      }
      if (seenTokens.has(page.nextToken)) {
        throw broken(kind.action, number, "a NextToken came again", page);
      }
      seenTokens.add(page.nextToken);
      return fresh;
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
 * told which rows the first one had seen.
 */
export async function* paginate<Row>(
  kind: ListKind<Row>,
  readPage: ReadPage<Row>,
  range: PageRange,
  seenBefore?: ReadonlySet<string>,
): AsyncGenerator<PageOfPass<Row>, ListingSummary, undefined> {
  const pass = seenBefore === undefined ? 1 : 2;
  const reading = createPass(kind, seenBefore);
  let token = range.nextToken;
  if (token !== undefined) reading.startAt(token);
  let number = 0;
  do {
    number += 1;
    let page: Page<Row>;
    try {
      page = await readPage(token, number);
    } catch (error) {
      if (pass === 2 || number === 1 || !isTokenRejected(error)) throw error;
      return yield* paginate(kind, readPage, range, reading.seenIds);
    }
    yield { page, fresh: reading.add(page, number), pass };
    token = page.nextToken;
  } while (token !== undefined && number !== range.maxPages);
  return reading.listing(token);
}
