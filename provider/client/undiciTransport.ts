import { gunzip, inflate, brotliDecompress } from "node:zlib";
import { promisify } from "node:util";
import { Agent, EnvHttpProxyAgent, errors, type Dispatcher } from "undici";
import type { Connection } from "../settings/connection";
import { orAborted } from "./abort";
import type { Clock } from "./clock";
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

const dispatchers = new Map<string, Dispatcher>();

/** One pool of connections for all calls with equal settings, so that they share what is open. */
function dispatcherFor(connection: Connection): Dispatcher {
  const { connectTimeoutMs, readTimeoutMs, proxy } = connection;
  const key = JSON.stringify([connectTimeoutMs, readTimeoutMs, proxy]);
  let dispatcher = dispatchers.get(key);
  if (dispatcher === undefined) {
    const options = {
      connect: { timeout: connectTimeoutMs },
      headersTimeout: readTimeoutMs,
      bodyTimeout: readTimeoutMs,
    };
    dispatcher =
      proxy.httpsProxy === undefined
        ? new Agent(options)
        : new EnvHttpProxyAgent({
            ...options,
            // Empty and not left out: left out, undici would read the environment itself.
            httpProxy: "",
            httpsProxy: proxy.httpsProxy,
            noProxy: proxy.noProxy ?? "",
          });
    dispatchers.set(key, dispatcher);
  }
  return dispatcher;
}

function tooLarge(): TransportError {
  const megabytes = maxBodyBytes / 1024 / 1024;
  return new TransportError(`the answer is larger than ${megabytes} MiB`, { retryable: false });
}

/** The body's bytes, up to the cap: no peer decides how much memory this process uses. */
async function readCapped(body: Dispatcher.ResponseData["body"]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

async function unpack(data: Buffer, encoding: string | undefined): Promise<string> {
  if (encoding === undefined || encoding === "identity") return data.toString("utf8");
  const decoder = decoders.get(encoding);
  if (decoder === undefined) {
    throw new TransportError(`the answer is packed as ${JSON.stringify(encoding)}`, {
      retryable: false,
    });
  }
  try {
    return (await decoder(data, { maxOutputLength: maxBodyBytes })).toString("utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new TransportError("the packed answer is damaged", { retryable: true, cause: error });
  }
}

function singleHeaders(headers: Dispatcher.ResponseData["headers"]): WireResponse["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value[0] : value,
    ]),
  );
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

/** A limit for the answer as a whole, and the caller's own wish to stop, in one signal. */
function withDeadline(ms: number, signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    const reason = `the answer was not complete within ${ms} ms`;
    controller.abort(new TransportError(reason, { retryable: true }));
  }, ms);
  const forward = () => {
    controller.abort(signal?.reason);
  };
  if (signal?.aborted) forward();
  signal?.addEventListener("abort", forward, { once: true });
  return {
    signal: controller.signal,
    // AbortSignal.any would stay tied to a long-lived signal of the caller; this lets go at once.
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", forward);
    },
  };
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
    signal: AbortSignal,
  ): Promise<WireResponse> {
    const response = await dispatcher.request({
      origin,
      path: `/?${new URLSearchParams(request.query).toString()}`,
      method: "POST",
      headers: {
        ...signedHeaders(request, host, identity, clock.now()),
        "user-agent": userAgent,
      },
      signal,
    });
    const data = await readCapped(response.body);
    const headers = singleHeaders(response.headers);
    const body = await unpack(data, headers["content-encoding"]?.toLowerCase());
    return { status: response.statusCode, headers, body };
  }

  return {
    async send(request, signal) {
      const identity = await orAborted(identities.current(), signal);
      const deadline = withDeadline(connection.readTimeoutMs * 10, signal);
      try {
        return await post(request, identity, deadline.signal).finally(deadline.release);
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
