// ACS3-HMAC-SHA256 from the published description, with nothing but node:crypto: a library that
// signs wrongly must not be the one that checks.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import type { WireRequest } from "./wireRequest";

const algorithm = "ACS3-HMAC-SHA256";

/** What an Authorization header says. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** The parts of a request that a signature covers. */
export type SignedParts = Pick<WireRequest, "method" | "path" | "query" | "headers" | "bodyHash">;

/** Reads an Authorization header; undefined if it is not an ACS3-HMAC-SHA256 one. */
export function parseAuthorization(text: string): Authorization | undefined {
  const match =
    /^ACS3-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      text,
    );
  const [, accessKeyId, signedHeaders, signature] = match ?? [];
  if (accessKeyId === undefined || signedHeaders === undefined || signature === undefined) {
    return undefined;
  }
  return { accessKeyId, signedHeaders: signedHeaders.split(";"), signature };
}

/** The headers a signature has to cover: `host` and every `x-acs-` one. */
export function headersToSign(headers: WireRequest["headers"]): string[] {
  return Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-acs-"));
}

/** The text whose hash is signed: method, path, query, headers, their names, hash of the body. */
export function canonicalRequest(request: SignedParts, signedHeaders: readonly string[]): string {
  // From decoded values: Node leaves *~!'() bare in a URL and Python sends a space as "+", and
  // both sign the percent-encoded form.
  const query = [...request.query]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join("&");
  const names = [...signedHeaders].sort();
  const headers = names.map((name) => `${name}:${headerText(request.headers[name])}\n`).join("");
  return [request.method, request.path, query, headers, names.join(";"), request.bodyHash].join(
    "\n",
  );
}

/** The two lines that are signed. */
export function stringToSign(canonical: string): string {
  return `${algorithm}\n${createHash("sha256").update(canonical).digest("hex")}`;
}

/** Signs a string-to-sign; the signature in hex. */
export function sign(text: string, accessKeySecret: string): string {
  return createHmac("sha256", accessKeySecret).update(text).digest("hex");
}

/** Compares two texts in a time that does not tell how much of them is equal. */
export function sameText(left: string, right: string): boolean {
  const digests = [left, right].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(...(digests as [Buffer, Buffer]));
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function headerText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(",") : (value ?? "")).trim();
}
