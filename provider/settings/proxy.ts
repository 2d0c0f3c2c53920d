import { ConfigurationError } from "../errors";
import type { ProxySettings } from "./connection";
import { isLoopback, type Endpoint } from "./endpoint";

/** The value is not shown: it may hold a password. */
function unusable(reason: string): ConfigurationError {
  return new ConfigurationError(
    `The proxy of HTTPS_PROXY cannot be used: ${reason}. Write host:port or an http or https URL, ` +
      "e.g. http://proxy.example:3128; in a user or password, write special characters as codes " +
      "(@ is %40, # is %23, % is %25).",
  );
}

/** Whether user and password can be read; a URL takes any % there as it is. */
function isPercentEncoded({ username, password }: URL): boolean {
  return [username, password].every((text) => {
    try {
      decodeURIComponent(text);
      return true;
    } catch {
      return false;
    }
  });
}

/** The proxy to ask an endpoint through: none for this machine, else the environment's as a URL. */
export function chooseProxy(
  endpoint: Endpoint,
  { httpsProxy, noProxy }: ProxySettings,
): ProxySettings {
  if (httpsProxy === undefined || isLoopback(new URL(endpoint.origin).hostname)) {
    return { httpsProxy: undefined, noProxy: undefined };
  }
  const address = httpsProxy.includes("://") ? httpsProxy : `http://${httpsProxy}`;
  if (!URL.canParse(address) || !/^https?:/i.test(address)) {
    throw unusable("it is no http or https address");
  }
  if (!isPercentEncoded(new URL(address))) {
    throw unusable("its user or password holds a % that is not part of a code such as %25");
  }
  return { httpsProxy: address, noProxy };
}
