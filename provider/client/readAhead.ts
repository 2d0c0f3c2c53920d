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
  readonly coming: Promise<UnreadPage<Row>>;
}

/**
 * Requests leave before the work on an answer: the one for the next page, and those of other lists that
 * had to wait until this was answered. undici puts a request to a connection that is open off to the
 * next turn, to see first whether it still is; this comes right after it.
 */
function requestsLeave(): Promise<void> {
  return new Promise((resolve) => {
    // After all promises that lead to a request.
    process.nextTick(() => setImmediate(resolve));
  });
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
  /** The one that was taken last, and the one ahead of it. */
  let present: Asked<Row> | undefined;
  let next: Asked<Row> | undefined;
  /** Ends both; a new one where only the one ahead is to end, while no other is waited for. */
  let stop = new AbortController();

  function ask(token: string | undefined, number: number): Asked<Row> {
    const arrived = async (body: string) => {
      const mayGuess = present === asked && next === undefined;
      const likely = mayGuess ? likelyNext(body) : undefined;
      if (likely !== undefined) askAhead(likely, number + 1);
      await requestsLeave();
    };
    const asked: Asked<Row> = { token, coming: readPage(token, number, stop.signal, arrived) };
    return asked;
  }

  function askAhead(token: string, number: number): void {
    next = ask(token, number);
    // Told when it is its turn, which may never come.
    next.coming.catch(() => undefined);
  }

  /** Cancels the one ahead. */
  function drop(): void {
    if (next === undefined) return;
    next = undefined;
    // Without a reason, one with a stack would be made.
    stop.abort("nobody waits");
    stop = new AbortController();
  }

  const abort = () => {
    stop.abort(signal?.reason);
  };
  signal?.addEventListener("abort", abort);

  return {
    async prepare(token, number) {
      if (next?.token === token) return;
      drop();
      askAhead(token, number);
      await requestsLeave();
    },
    async take(token, number) {
      if (next?.token !== token) drop();
      present = next ?? ask(token, number);
      next = undefined;
      return present.coming;
    },
    end() {
      drop();
      signal?.removeEventListener("abort", abort);
    },
  };
}
