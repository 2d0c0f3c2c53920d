// The way through a proxy: a tunnel that it opens with CONNECT, and what is said when it does not.

import type { Dispatcher } from "undici";
import { errors, Pool } from "./allOfUndici";
import { connectionFailure } from "./connectionFailures";
import { TransportError } from "./transport";

/** A proxy, as messages name it: without the user and password of its address. */
interface Proxy {
  readonly host: string;
  /** Whether its address holds a user or a password. */
  readonly hasCredentials: boolean;
}

/** The proxy of an address, and what it asks to be let in. */
export function proxyAt(address: string): Proxy & { origin: string; authorization?: string } {
  const { origin, host, username, password } = new URL(address);
  if (username === "" && password === "") return { origin, host, hasCredentials: false };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
  return { origin, host, hasCredentials: true, authorization };
}

/** A proxy that answered, but opened no tunnel. */
function refusal({ host, hasCredentials }: Proxy, status: number, target: string): TransportError {
  const by = (what: string) => `the proxy ${host} ${what} (HTTP ${status})`;
  // tinyproxy answers a wrong password with 401.
  if (status === 407 || status === 401) {
    return new TransportError(
      by(
        hasCredentials ? "refuses the user and password given to it" : "wants a user and password",
      ),
      {
        retryable: false,
        advice:
          "Put them into HTTPS_PROXY, as http://USER:PASSWORD@HOST:PORT with special characters " +
          "percent-encoded.",
      },
    );
  }
  if (status >= 500) {
    return new TransportError(by(`cannot reach ${target}`), {
      retryable: true,
      advice: "Check whether that proxy can reach the service; see HTTPS_PROXY and NO_PROXY.",
    });
  }
  return new TransportError(by(`does not let ${target} through`), {
    retryable: false,
    advice: `Have ${target} allowed there, or name the host in NO_PROXY if there is another way.`,
  });
}

/** What went wrong on the way to a proxy, as the proxy's fault and not the service's. */
function proxyFailure({ host }: Proxy, error: unknown, timeoutMs: number): TransportError {
  const isLate =
    error instanceof errors.ConnectTimeoutError || error instanceof errors.HeadersTimeoutError;
  const found = connectionFailure(error, host);
  const why = isLate ? `nothing within ${timeoutMs} ms (clientConnectTimeout)` : found.message;
  return new TransportError(`the proxy ${host} (HTTPS_PROXY) opened no way: ${why}`, {
    retryable: found.retryable,
    advice: found.advice ?? "Check HTTPS_PROXY, and whether that proxy runs.",
    cause: error,
  });
}

/** The connections to a proxy. */
export class TunnelPool extends Pool {
  readonly #proxy: Proxy;
  readonly #timeoutMs: number;

  constructor(proxy: Proxy & { origin: string }, timeoutMs: number) {
    super(proxy.origin, { connect: { timeout: timeoutMs }, headersTimeout: timeoutMs });
    this.#proxy = proxy;
    this.#timeoutMs = timeoutMs;
  }

  /** As undici's, which calls it for each connection to the service; fails with what is in the way. */
  override async connect(
    options: Omit<Dispatcher.ConnectOptions, "origin">,
  ): Promise<Dispatcher.ConnectData> {
    const answer = await super.connect(options).catch((error: unknown) => {
      throw proxyFailure(this.#proxy, error, this.#timeoutMs);
    });
    if (answer.statusCode === 200) return answer;
    // Nothing listens to it any more, and it may still fail.
    answer.socket.on("error", () => undefined).destroy();
    throw refusal(this.#proxy, answer.statusCode, options.path);
  }
}
