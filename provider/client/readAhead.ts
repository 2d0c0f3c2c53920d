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
  /**
   * Asks for the page that will be taken next, unless that has been done, in place of any other; returns
   * when the request has left.
   */
  prepare(token: string, number: number): Promise<void>;
  /** A page: the one that was asked for ahead, if it has this token. */
  take(token: string | undefined, number: number): Promise<UnreadPage<Row>>;
  /** Cancels what is not wanted any more. */
  end(): void;
}

/** A page that was asked for. */
interface Asked<Row> {
  readonly token: string | undefined;
  readonly stop: AbortController;
  readonly coming: Promise<UnreadPage<Row>>;
}

/**
 * Requests leave before the work on an answer: the one for the next page, and those of other lists that
 * had to wait until this was answered. undici puts a request to a connection that is open off to the
 * next turn, to see first whether it still is.
 */
async function requestsLeave(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/**
 * Asks ahead as soon as the answer is there that names the next page: `likelyNext` may tell its token from
 * the text, before that is read. Only for a page that somebody waits for: who does not come back for the
 * next one has not asked for the one after it. All ends with the signal.
 */
export function createReadAhead<Row>(
  readPage: ReadPage<Row>,
  signal: AbortSignal | undefined,
  likelyNext: (body: string) => string | undefined,
): ReadAhead<Row> {
  /** The one that is waited for, and the one ahead of it. */
  let present: Asked<Row> | undefined;
  let next: Asked<Row> | undefined;

  function ask(token: string | undefined, number: number): Asked<Row> {
    const stop = new AbortController();
    const arrived = async (body: string) => {
      const likely = present?.stop === stop ? likelyNext(body) : undefined;
      if (likely !== undefined) askAhead(likely, number + 1);
      await requestsLeave();
    };
    return { token, stop, coming: readPage(token, number, stop.signal, arrived) };
  }

  /** Whether it had not been asked for already. */
  function askAhead(token: string, number: number): boolean {
    if (next?.token === token) return false;
    drop(next);
    next = ask(token, number);
    // Told when it is its turn, which may never come.
    next.coming.catch(() => undefined);
    return true;
  }

  function drop(asked: Asked<Row> | undefined): void {
    // Without a reason, one with a stack would be made.
    asked?.stop.abort("nobody waits");
  }

  const abort = () => {
    for (const asked of [present, next]) asked?.stop.abort(signal?.reason);
  };
  signal?.addEventListener("abort", abort);

  return {
    async prepare(token, number) {
      if (askAhead(token, number)) await requestsLeave();
    },
    async take(token, number) {
      const isAhead = next !== undefined && next.token === token;
      if (!isAhead) drop(next);
      present = (isAhead ? next : undefined) ?? ask(token, number);
      next = undefined;
      try {
        return await present.coming;
      } finally {
        present = undefined;
      }
    },
    end() {
      drop(next);
      signal?.removeEventListener("abort", abort);
    },
  };
}
