import OpenApiClient, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import CredentialsClient from "@alicloud/credentials";
import type { Connection } from "../connection";
import type { IdentitySource } from "./identity";
import {
  apiVersion,
  TransportError,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "./transport";

/** What the client resolves with, and what it hangs on the errors it throws. */
interface ClientAnswer {
  readonly statusCode?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
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

/** Rejects as soon as the signal is aborted; the client itself goes on, and its answer is dropped. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  let abort = () => {
    /* replaced below */
  };
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/**
 * Alibaba Cloud's own HTTP stack. It cannot be aborted, knows no proxy and no cap on what it reads,
 * and loses status and body of an answer that is not JSON; see README.
 */
export function createOpenApiTransport(
  connection: Connection,
  identities: IdentitySource,
  userAgent: string,
): Transport {
  const credential = new CredentialsClient(null as never, {
    getCredentials: async () => {
      const { accessKeyId, accessKeySecret, securityToken, providerName } =
        await identities.current();
      return { accessKeyId, accessKeySecret, securityToken: securityToken ?? "", providerName };
    },
    getProviderName: () => "pulumi-computenest",
  } as never);
  const client = new OpenApiClient(
    new Config({
      credential,
      userAgent,
      endpoint: connection.endpoint.host,
      connectTimeout: connection.connectTimeoutMs,
      readTimeout: connection.readTimeoutMs,
    }),
  );
  // No retries of its own: there is one place that retries.
  const runtime = { autoretry: false } as Parameters<typeof client.callApi>[2];
  return {
    async send(request, signal) {
      // Asked for here so that a failure to get keys is told as one, not as a failed request.
      await identities.current();
      const query = { ...request.query };
      try {
        const call = client.callApi(
          params(request, connection),
          new OpenApiRequest({ query }),
          runtime,
        );
        const answer = (await orAborted(call, signal)) as ClientAnswer;
        return {
          status: answer.statusCode ?? 200,
          headers: { "content-type": "application/json", ...answer.headers },
          body: JSON.stringify(answer.body),
        };
      } catch (error) {
        signal?.throwIfAborted();
        const refused = refusal(error as ClientError);
        if (refused !== undefined) return refused;
        const { message } = error as Error;
        throw new TransportError(message, { retryable: true, cause: error });
      }
    },
  };
}
