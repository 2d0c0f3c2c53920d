import { isIP } from "node:net";
import { ConfigurationError } from "../errors";
import type { Found } from "./layer";
import type { ServiceRegion } from "./region";

/** Where requests go. */
export interface Endpoint {
  /** `https://computenest.cn-hangzhou.aliyuncs.com`: scheme, host and port, nothing else. */
  readonly origin: string;
  /** Host, with the port where it is not the scheme's own: what the Host header says. */
  readonly host: string;
}

/** Whether a host name is this machine. */
export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) === 4) return bare.startsWith("127.");
  return bare === "localhost" || bare === "::1" || bare.endsWith(".localhost");
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function parseAddress(address: Found<string>, protocol: "HTTPS" | "HTTP"): URL {
  const text = address.value.includes("://")
    ? address.value
    : `${protocol.toLowerCase()}://${address.value}`;
  const problem = (reason: string) =>
    new ConfigurationError(
      `The endpoint of ${address.source} cannot be used: ${reason}. ` +
        "Write a host, host:port or URL, e.g. computenest.cn-hangzhou.aliyuncs.com.",
    );
  // Where the value may hold a password, it is not shown.
  const shown = address.value.includes("@") ? "it" : JSON.stringify(address.value);
  const url = urlOf(text);
  if (url === undefined) throw problem(`${shown} is no address`);
  if (url.username !== "" || url.password !== "") throw problem("it holds a user name or password");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw problem(`${shown} is neither https nor http`);
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw problem(`${shown} has more than scheme, host and port`);
  }
  return url;
}

/** The configured endpoint, or the service's public one of the region. */
export function chooseEndpoint(
  region: ServiceRegion,
  address: Found<string> | undefined,
  protocol: Found<"HTTPS" | "HTTP"> | undefined,
): Endpoint {
  const { value: scheme, source: schemeSource } = protocol ?? { value: "HTTPS", source: "default" };
  const url = parseAddress(
    address ?? { value: `computenest.${region}.aliyuncs.com`, source: "the region" },
    scheme,
  );
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    const source = address?.value.includes("://") ? address.source : schemeSource;
    throw new ConfigurationError(
      `Plain HTTP to ${url.host} is refused (${source}): whoever is on the way could read the ` +
        "answers and forge them. Use HTTPS; HTTP is for loopback addresses such as 127.0.0.1.",
    );
  }
  return { origin: url.origin, host: url.host };
}
