import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { Connection } from "../settings/connection";

const dispatchers = new Map<string, Dispatcher>();

/** One pool of connections for all calls with equal settings, so that they share what is open. */
export function dispatcherFor(connection: Connection): Dispatcher {
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
