import type { Agent, Dispatcher } from "undici";
import { EnvHttpProxyAgent } from "./allOfUndici";
import { proxyAt, TunnelPool } from "./tunnel";

/** Connections through a proxy, but for the hosts that are to be asked without it. */
export function createProxyDispatcher(
  options: Agent.Options,
  httpsProxy: string,
  noProxy: string | undefined,
  connectTimeoutMs: number,
): Dispatcher {
  const { authorization, ...there } = proxyAt(httpsProxy);
  return new EnvHttpProxyAgent({
    ...options,
    // Without what opens it, which no message of undici's can then show.
    httpsProxy: there.origin,
    ...(authorization !== undefined && { token: authorization }),
    // Empty and not left out: left out, undici would read the environment itself.
    httpProxy: "",
    noProxy: noProxy ?? "",
    // Through a tunnel, TLS to the service has the same time as a connection.
    requestTls: { timeout: connectTimeoutMs },
    clientFactory: () => new TunnelPool(there, connectTimeoutMs),
  });
}
