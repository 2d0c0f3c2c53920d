import OpenApiClient, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import type { Connection } from "../settings/connection";
import { orAborted } from "./abort";
import { connectionFailure } from "./connectionFailures";
import type { Identity, IdentitySource } from "./identity";
import { createTimeLimit, type TimeLimit } from "./timeLimit";
import {
  answerLimitMs,
  apiVersion,
  tooSlow,
  TransportError,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "./transport";

/** What the client resolves with, and what it hangs on the errors it throws. */
interface ClientAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface ClientError extends Error {
  readonly code?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

function params({ action }: WireRequest, connection: Connection): Params {
  return new Params({
    action,
    version: apiVersion,
    protocol: connection.endpoint.origin.startsWith("https:") ? "HTTPS" : "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
}

/** The client throws what the service refused; put back together, it is the service's answer. */
function refusal({ data }: ClientError): WireResponse | undefined {
  const status = Number(data?.["statusCode"]);
  if (!Number.isInteger(status)) return undefined;
  const headers = { "content-type": "application/json" };
  return { status, headers, body: JSON.stringify(data) };
}

/** The address and its parameters, which the client puts behind its reasons. */
const address = /(?:GET|POST|PUT) https?:\S+ failed\.?$/;

/** What went wrong, in words: what V8 says of a body, and the client of a timeout, repeats too much. */
function inWords(error: Error, reason: string): string {
  if (error instanceof SyntaxError) return "the answer is not JSON";
  if (error.name.startsWith("RequestTimeout")) {
    return "no answer in time (clientConnectTimeout, clientReadTimeout)";
  }
  return reason.replace(address, "");
}

/** Waits no longer for an answer than it may take: the client stops counting at the headers. */
async function inTime<T>(answer: Promise<T>, limit: TimeLimit, signal: AbortSignal | undefined) {
  const late = new AbortController();
  const unwatch = limit.watch(() => {
    late.abort(tooSlow(limit.ms));
  });
  try {
    // Not one signal of both: the caller's may live for long, and would keep each that was made of it.
    return await orAborted(orAborted(answer, signal), late.signal);
  } finally {
    unwatch();
  }
}

/**
 * Alibaba Cloud's own HTTP stack. It cannot be aborted, knows no proxy and no cap on what it reads,
 * loses status and body of an answer that is not JSON, and how long a throttle asks to wait; see
 * README.
 */
export function createOpenApiTransport(
  connection: Connection,
  identities: IdentitySource,
  userAgent: string,
): Transport {
  const limit = createTimeLimit(answerLimitMs(connection));
  // No retries of its own: there is one place that retries.
  const runtime = new RuntimeOptions({ autoretry: false });
  // A client for each request: it takes keys only when it is made.
  const clientFor = ({ accessKeyId, accessKeySecret, securityToken }: Identity) =>
    new OpenApiClient(
      new Config({
        accessKeyId,
        accessKeySecret,
        securityToken,
        userAgent,
        endpoint: connection.endpoint.host,
        connectTimeout: connection.connectTimeoutMs,
        readTimeout: connection.readTimeoutMs,
      }),
    );
  return {
    async send(request, signal) {
      const client = clientFor(await identities.current(signal));
      const query = { ...request.query };
      try {
        const call = client.callApi(
          params(request, connection),
          new OpenApiRequest({ query }),
          runtime,
        );
        const answer = (await inTime(call, limit, signal)) as ClientAnswer;
        return {
          status: answer.statusCode,
          headers: { "content-type": "application/json", ...answer.headers },
          body: JSON.stringify(answer.body),
        };
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof TransportError) throw error;
        const refused = refusal(error as ClientError);
        if (refused !== undefined) return refused;
        const { message, retryable, advice } = connectionFailure(error, connection.endpoint.host);
        throw new TransportError(inWords(error as Error, message), {
          retryable,
          advice,
          cause: error,
        });
      }
    },
  };
}
