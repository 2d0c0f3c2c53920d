import type { Agent as UndiciAgent, Dispatcher } from "undici";
import type { Connection } from "../settings/connection";
import { proxyDispatcher } from "./deferred";
import { maxHeaderBytes } from "./transport";
import { Agent } from "./undiciParts";

const dispatchers = new Map<string, Dispatcher>();

function createDispatcher({ connectTimeoutMs, readTimeoutMs, proxy }: Connection): Dispatcher {
  const options: UndiciAgent.Options = {
    connect: { timeout: connectTimeoutMs },
    headersTimeout: readTimeoutMs,
    bodyTimeout: readTimeoutMs,
    maxHeaderSize: maxHeaderBytes,
  };
  const { httpsProxy, noProxy } = proxy;
  if (httpsProxy === undefined) return new Agent(options);
  return proxyDispatcher().createProxyDispatcher(options, httpsProxy, noProxy, connectTimeoutMs);
}

/** One pool of connections for all calls with equal settings, so that they share what is open. */
export function dispatcherFor(connection: Connection): Dispatcher {
  const { connectTimeoutMs, readTimeoutMs, proxy } = connection;
  const key = JSON.stringify([connectTimeoutMs, readTimeoutMs, proxy]);
  const dispatcher = dispatchers.get(key) ?? createDispatcher(connection);
  dispatchers.set(key, dispatcher);
  return dispatcher;
}
