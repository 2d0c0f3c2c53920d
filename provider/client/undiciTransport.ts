import { isAscii, isUtf8, transcode } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import { stringify } from "node:querystring";
import { gunzip, inflate, brotliDecompress } from "node:zlib";
import { promisify } from "node:util";
import { errors, type Dispatcher } from "undici";
import type { Connection } from "../settings/connection";
import { orAborted } from "./abort";
import type { Clock } from "./clock";
import { dispatcherFor } from "./dispatchers";
import type { Identity, IdentitySource } from "./identity";
import { signedHeaders } from "./signing";
import {
  maxBodyBytes,
  TransportError,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "./transport";

const decoders = new Map<string, (data: Buffer, options: object) => Promise<Buffer>>([
  ["gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)],
]);

function tooLarge(): TransportError {
  const megabytes = maxBodyBytes / 1024 / 1024;
  return new TransportError(`the answer is larger than ${megabytes} MiB`, { retryable: false });
}

/** What came over the wire, as it came. */
interface Received {
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
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(resolve: (received: Received) => void, reject: (reason: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Ends the connection, or keeps the request off one that is not there yet. */
  stop(reason: unknown): void {
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

  onResponseEnd(): void {
    const data = Buffer.concat(this.#chunks, this.#size);
    this.#resolve({ status: this.#status, headers: this.#headers, data });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#reject(error);
  }
}

/** V8's own decoder takes five times as long for text that is not all ASCII. */
function decode(data: Buffer): string {
  if (isAscii(data) || !isUtf8(data)) return data.toString("utf8");
  return transcode(data, "utf8", "utf16le").toString("utf16le");
}

async function unpack(data: Buffer, encoding: string | undefined): Promise<string> {
  if (encoding === undefined || encoding === "identity") return decode(data);
  const decoder = decoders.get(encoding);
  if (decoder === undefined) {
    throw new TransportError(`the answer is packed as ${JSON.stringify(encoding)}`, {
      retryable: false,
    });
  }
  try {
    return decode(await decoder(data, { maxOutputLength: maxBodyBytes }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new TransportError("the packed answer is damaged", { retryable: true, cause: error });
  }
}

/** undici has made the names lower-case. */
function singleHeaders(headers: IncomingHttpHeaders): WireResponse["headers"] {
  const single: Record<string, string | undefined> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    single[name] = Array.isArray(value) ? value[0] : value;
  }
  return single;
}

/** What went wrong below HTTP, in words; undici's own where they say enough. */
function inWords(error: unknown, connection: Connection): string {
  if (error instanceof errors.ConnectTimeoutError) {
    return `no connection within ${connection.connectTimeoutMs} ms (clientConnectTimeout)`;
  }
  if (error instanceof errors.HeadersTimeoutError) {
    return `no answer within ${connection.readTimeoutMs} ms (clientReadTimeout)`;
  }
  if (error instanceof errors.BodyTimeoutError) {
    return `the answer stopped for ${connection.readTimeoutMs} ms (clientReadTimeout)`;
  }
  // Node's error for a host of several addresses, none of which answered, has only a code.
  const { message, code = "no connection" } = error as NodeJS.ErrnoException;
  return message === "" ? code : message;
}

/** A host that does not exist and a certificate that is wrong stay so when asked again. */
function isPermanent(error: unknown): boolean {
  const { code = "" } = error as NodeJS.ErrnoException;
  return code === "ENOTFOUND" || /CERT|^ERR_TLS|^ERR_SSL/.test(code);
}

/** Sends a request; there is a limit for the answer as a whole, and the caller's wish to stop. */
function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<Received> {
  return new Promise<Received>((resolve, reject) => {
    const release = () => {
      clearTimeout(timer);
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
    const timer = setTimeout(() => {
      const reason = `the answer was not complete within ${limitMs} ms`;
      collector.stop(new TransportError(reason, { retryable: true }));
    }, limitMs);
    const forward = () => {
      collector.stop(signal?.reason);
    };
    signal?.addEventListener("abort", forward, { once: true });
    dispatcher.dispatch(options, collector);
  });
}

/** Signs with Alibaba Cloud's own library and sends with undici. */
export function createUndiciTransport(
  connection: Connection,
  identities: IdentitySource,
  clock: Clock,
  userAgent: string,
): Transport {
  const dispatcher = dispatcherFor(connection);
  const { origin, host } = connection.endpoint;
  async function post(
    request: WireRequest,
    identity: Identity,
    signal: AbortSignal | undefined,
  ): Promise<WireResponse> {
    const options = {
      origin,
      path: `/?${stringify(request.query)}`,
      method: "POST",
      headers: {
        ...signedHeaders(request, host, identity, clock.now()),
        "user-agent": userAgent,
      },
    } as const;
    const limitMs = connection.readTimeoutMs * 10;
    const { status, headers: raw, data } = await exchange(dispatcher, options, limitMs, signal);
    const headers = singleHeaders(raw);
    const body = await unpack(data, headers["content-encoding"]?.toLowerCase());
    return { status, headers, body };
  }

  return {
    async send(request, signal) {
      const identity = await orAborted(identities.current(), signal);
      signal?.throwIfAborted();
      try {
        return await post(request, identity, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof TransportError) throw error;
        throw new TransportError(inWords(error, connection), {
          retryable: !isPermanent(error),
          cause: error,
        });
      }
    },
  };
}
