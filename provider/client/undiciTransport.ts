import type { IncomingHttpHeaders } from "node:http";
import { stringify } from "node:querystring";
import type { Connection } from "../settings/connection";
import type { Clock } from "./clock";
import { requestFailure } from "./connectionFailures";
import { unpack } from "./decode";
import { dispatcherFor } from "./dispatchers";
import { exchange } from "./exchange";
import type { Identity, IdentitySource } from "./identity";
import { signedHeaders } from "./signing";
import { createTimeLimit } from "./timeLimit";
import { answerLimitMs, type Transport, type WireRequest, type WireResponse } from "./transport";

/** undici has made the names lower-case. */
function singleHeaders(headers: IncomingHttpHeaders): WireResponse["headers"] {
  const single: Record<string, string | undefined> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    single[name] = Array.isArray(value) ? value[0] : value;
  }
  return single;
}

/** Signs with Alibaba Cloud's own library and sends with undici. */
export function createUndiciTransport(
  connection: Connection,
  identities: IdentitySource,
  clock: Clock,
  userAgent: string,
): Transport {
  const dispatcher = dispatcherFor(connection);
  const limit = createTimeLimit(answerLimitMs(connection));
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
    const { status, headers: raw, data } = await exchange(dispatcher, options, limit, signal);
    const headers = singleHeaders(raw);
    const body = await unpack(data, headers["content-encoding"]?.toLowerCase());
    return { status, headers, body };
  }

  return {
    async send(request, signal) {
      const identity = await identities.current(signal);
      signal?.throwIfAborted();
      try {
        return await post(request, identity, signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw requestFailure(error, connection);
      }
    },
  };
}
