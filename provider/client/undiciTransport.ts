import type { IncomingHttpHeaders } from "node:http";
import { stringify } from "node:querystring";
import { errors } from "undici";
import type { Connection } from "../settings/connection";
import { orAborted } from "./abort";
import type { Clock } from "./clock";
import { unpack } from "./decode";
import { dispatcherFor } from "./dispatchers";
import { exchange } from "./exchange";
import type { Identity, IdentitySource } from "./identity";
import { signedHeaders } from "./signing";
import {
  answerLimitMs,
  connectionReason,
  isPermanent,
  TransportError,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "./transport";

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
  return connectionReason(error);
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
    const limitMs = answerLimitMs(connection);
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
