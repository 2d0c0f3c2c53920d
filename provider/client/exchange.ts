import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { TimeLimit } from "./timeLimit";
import { maxBodyBytes, tooLarge, tooSlow } from "./transport";

/** What came over the wire, as it came. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly data: Buffer;
}

/**
 * Collects one answer. undici's `request` would wrap the body in a stream, which costs more than
 * all else that undici does for a page.
 */
class Collector implements Dispatcher.DispatchHandler {
  readonly #resolve: (received: Received) => void;
  readonly #reject: (reason: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #stopped: { readonly reason: unknown } | undefined;
  #isWhole = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(resolve: (received: Received) => void, reject: (reason: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /**
   * Ends the connection, or keeps the request off one that is not there yet; an answer that is whole
   * stays one.
   */
  stop(reason: unknown): void {
    if (this.#isWhole) return;
    this.#stopped = { reason };
    this.#reject(reason as Error);
    this.#controller?.abort(reason as Error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#stopped !== undefined) controller.abort(this.#stopped.reason as Error);
  }

  /** Comes again for each provisional answer (1xx); the last one counts. */
  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  /** Up to the cap: no peer decides how much memory this process uses. */
  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > maxBodyBytes) this.stop(tooLarge());
    else this.#chunks.push(chunk);
  }

  /**
   * undici takes a connection for busy until the turn after the answer: whoever asked again before that
   * would open one more, with all that TLS takes.
   */
  onResponseEnd(): void {
    this.#isWhole = true;
    const [first] = this.#chunks;
    const isOnly = first !== undefined && first.length === this.#size;
    const data = isOnly ? first : Buffer.concat(this.#chunks, this.#size);
    const received = { status: this.#status, headers: this.#headers, data };
    // By way of a microtask, which comes when undici has made its own arrangements for that turn.
    queueMicrotask(() => setImmediate(this.#resolve, received));
  }

  onResponseError(_: unknown, error: Error): void {
    this.#reject(error);
  }
}

/** Sends a request; there is a limit for the answer as a whole, and the caller's wish to stop. */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  limit: TimeLimit,
  signal: AbortSignal | undefined,
): Promise<Received> {
  return new Promise<Received>((resolve, reject) => {
    const release = () => {
      unwatch();
      signal?.removeEventListener("abort", forward);
    };
    const collector = new Collector(
      (received) => {
        release();
        resolve(received);
      },
      (reason) => {
        release();
        reject(reason);
      },
    );
    const unwatch = limit.watch(() => {
      collector.stop(tooSlow(limit.ms));
    });
    const forward = () => {
      collector.stop(signal?.reason);
    };
    signal?.addEventListener("abort", forward, { once: true });
    dispatcher.dispatch(options, collector);
  });
}
