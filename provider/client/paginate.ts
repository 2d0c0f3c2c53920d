import { RequestError, ResponseError } from "../errors";
import type { BackupRow } from "../backup";
import type { Page } from "./page";

/** Fetches a page: the one a token names, or the first; `number` counts from 1, for messages. */
export type ReadPage = (token: string | undefined, number: number) => Promise<Page>;

/** A page of a listing, and which reading of it this belongs to. */
export interface PageOfPass {
  readonly page: Page;
  /** Those of its rows that neither this pass nor the one before had seen. */
  readonly fresh: readonly BackupRow[];
  /** 1, or 2 after the service rejected a token and the reading began anew. */
  readonly pass: number;
}

/** What is known when the last page has been read. */
export interface Listing {
  /** Distinct backups of the last pass. */
  readonly readCount: number;
  /** What the service said there are; undefined when it never said. */
  readonly totalCount: number | undefined;
  /** Whether it said the same on every page. */
  readonly totalIsSteady: boolean;
  /** Whether a backup came twice: the list moved while it was read. */
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

function broken(number: number, reason: string, page: Page): ResponseError {
  const id = page.requestId === undefined ? "" : ` RequestId ${page.requestId}.`;
  return new ResponseError(
    `ListBackups does not come to an end: ${reason} (page ${number}). ` +
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
function createPass(seenBefore: ReadonlySet<string> | undefined) {
  const seenTokens = new Set<string>();
  const seenIds = new Set<string>();
  const isFresh = ({ backup: { backupId } }: BackupRow) => {
    const size = seenIds.size;
    return seenIds.add(backupId).size > size && !seenBefore?.has(backupId);
  };
  let rowCount = 0;
  let emptyPages = 0;
  let totalCount: number | undefined;
  let totalIsSteady = true;
  return {
    seenIds,
    /** Takes a page in, and returns its rows that were not seen before. */
    add(page: Page, number: number): BackupRow[] {
      const fresh = page.rows.filter(isFresh);
      rowCount += page.rows.length;
      totalIsSteady &&= totalCount === undefined || (page.totalCount ?? totalCount) === totalCount;
      totalCount = page.totalCount ?? totalCount;
      emptyPages = page.rows.length === 0 ? emptyPages + 1 : 0;
      if (page.nextToken === undefined) return fresh;
      if (emptyPages > maxEmptyPages) {
        throw broken(number, `${emptyPages} empty pages in a row, each with a next one`, page);
      }
      if (seenTokens.has(page.nextToken)) throw broken(number, "a NextToken came again", page);
      seenTokens.add(page.nextToken);
      return fresh;
    },
    startAt(token: string): void {
      seenTokens.add(token);
    },
    listing(nextToken: string | undefined): Listing {
      const hasRepeats = rowCount > seenIds.size;
      return { readCount: seenIds.size, totalCount, totalIsSteady, hasRepeats, nextToken };
    },
  };
}

/**
 * The paging loop: page after page until a page names no next one. Refuses repeated tokens and
 * endless empty pages, and begins anew once when a token is rejected half-way; that second pass is
 * told which backups the first one had seen.
 */
export async function* paginate(
  readPage: ReadPage,
  range: PageRange,
  seenBefore?: ReadonlySet<string>,
): AsyncGenerator<PageOfPass, Listing, undefined> {
  const pass = seenBefore === undefined ? 1 : 2;
  const reading = createPass(seenBefore);
  let token = range.nextToken;
  if (token !== undefined) reading.startAt(token);
  let number = 0;
  do {
    number += 1;
    let page: Page;
    try {
      page = await readPage(token, number);
    } catch (error) {
      if (pass === 2 || number === 1 || !isTokenRejected(error)) throw error;
      return yield* paginate(readPage, range, reading.seenIds);
    }
    yield { page, fresh: reading.add(page, number), pass };
    token = page.nextToken;
  } while (token !== undefined && number !== range.maxPages);
  return reading.listing(token);
}
