import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { Connection } from "../settings/connection";
import { maxHeaderBytes } from "./transport";
import { proxyAt, TunnelPool } from "./tunnel";

const dispatchers = new Map<string, Dispatcher>();

function createDispatcher({ connectTimeoutMs, readTimeoutMs, proxy }: Connection): Dispatcher {
  const timeout = { timeout: connectTimeoutMs };
  const options = {
    connect: timeout,
    headersTimeout: readTimeoutMs,
    bodyTimeout: readTimeoutMs,
    maxHeaderSize: maxHeaderBytes,
  };
  if (proxy.httpsProxy === undefined) return new Agent(options);
  const { authorization, ...there } = proxyAt(proxy.httpsProxy);
  return new EnvHttpProxyAgent({
    ...options,
    // Without what opens it, which no message of undici's can then show.
    httpsProxy: there.origin,
    ...(authorization !== undefined && { token: authorization }),
    // Empty and not left out: left out, undici would read the environment itself.
    httpProxy: "",
    noProxy: proxy.noProxy ?? "",
    // Through a tunnel, TLS to the service has the same time as a connection.
    requestTls: timeout,
    clientFactory: () => new TunnelPool(there, connectTimeoutMs),
  });
}

/** One pool of connections for all calls with equal settings, so that they share what is open. */
export function dispatcherFor(connection: Connection): Dispatcher {
  const { connectTimeoutMs, readTimeoutMs, proxy } = connection;
  const key = JSON.stringify([connectTimeoutMs, readTimeoutMs, proxy]);
  const dispatcher = dispatchers.get(key) ?? createDispatcher(connection);
  dispatchers.set(key, dispatcher);
  return dispatcher;
}
