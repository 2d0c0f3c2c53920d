import { ConfigurationError } from "../errors";
import type { ProxySettings } from "./connection";
import { isLoopback, type Endpoint } from "./endpoint";

/** The proxy to ask an endpoint through: none for this machine, else the environment's as a URL. */
export function chooseProxy(
  endpoint: Endpoint,
  { httpsProxy, noProxy }: ProxySettings,
): ProxySettings {
  if (httpsProxy === undefined || isLoopback(new URL(endpoint.origin).hostname)) {
    return { httpsProxy: undefined, noProxy: undefined };
  }
  const address = httpsProxy.includes("://") ? httpsProxy : `http://${httpsProxy}`;
  if (URL.canParse(address) && /^https?:/i.test(address)) return { httpsProxy: address, noProxy };
  // The value is not shown: it may hold a password.
  throw new ConfigurationError(
    "The proxy of HTTPS_PROXY cannot be used: it is no http or https address. " +
      "Write host:port or an http or https URL, e.g. http://proxy.example:3128.",
  );
}
