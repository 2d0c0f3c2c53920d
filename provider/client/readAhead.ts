import { setImmediate as nextTurn } from "node:timers/promises";
import type { UnreadPage } from "./page";

/**
 * Fetches a page: the one a token names, or the first; `number` counts from 1, for messages. Ends with
 * the signal, which is aborted when nobody wants the page any more. Tells the text of an answer before
 * it reads that, and waits for what this leads to.
 */
export type ReadPage<Row> = (
  token: string | undefined,
  number: number,
  signal: AbortSignal,
  arrived: (body: string) => Promise<void>,
) => Promise<UnreadPage<Row>>;

/** Pages in turn, of which one may be asked for before it is its turn; never more. */
export interface ReadAhead<Row> {
  /** Asks for a page that will be taken next, unless that has been done. */
  prepare(token: string, number: number): void;
  /** A page: the one that was asked for ahead, if it has this token. */
  take(token: string | undefined, number: number): Promise<UnreadPage<Row>>;
}

/**
 * Asks ahead as soon as the answer is there that names the next page: `likelyNext` may tell its token from
 * the text, before that is read. Only for a page that somebody waits for: who does not come back for the
 * next one has not asked for the one after it.
 */
export function createReadAhead<Row>(
  readPage: ReadPage<Row>,
  signal: AbortSignal,
  likelyNext: (body: string) => string | undefined,
): ReadAhead<Row> {
  let awaited = 0;
  let next: { readonly token: string; readonly coming: Promise<UnreadPage<Row>> } | undefined;

  const ask = (token: string | undefined, number: number) =>
    readPage(token, number, signal, async (body) => {
      const likely = number === awaited ? likelyNext(body) : undefined;
      if (likely !== undefined) prepare(likely, number + 1);
      // Requests leave before the work on an answer: the one for the next page, and those of other lists
      // that had to wait until this was answered. undici puts a request to a connection that is open off
      // to the next turn, to see first whether it still is.
      await nextTurn();
      await nextTurn();
    });

  function prepare(token: string, number: number): void {
    if (next?.token === token) return;
    const coming = ask(token, number);
    // Told when it is its turn, which may never come.
    coming.catch(() => undefined);
    next = { token, coming };
  }

  return {
    prepare,
    async take(token, number) {
      const coming = next !== undefined && next.token === token ? next.coming : ask(token, number);
      next = undefined;
      awaited = number;
      try {
        return await coming;
      } finally {
        awaited = 0;
      }
    },
  };
}
