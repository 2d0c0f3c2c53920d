import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** No call of this API sends more than a few kilobytes. */
const maxBodyBytes = 1024 * 1024;

/** A request as it came over the wire, with names and values decoded. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** The action it names, in a header as the SDKs do or as a parameter; empty if it names none. */
  readonly action: string;
  readonly headers: IncomingMessage["headers"];
  /** Parameters of the URL: the part of them that is signed as the canonical query. */
  readonly query: ReadonlyMap<string, string>;
  /** Parameters of the URL and of a form body together. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Parameters that came more than once; which one counts is anyone's guess, so none does. */
  readonly repeated: readonly string[];
  /** SHA-256 of the body, in hex. */
  readonly bodyHash: string;
  /** Whether the body is larger than any call of this API; then it was not kept. */
  readonly tooLarge: boolean;
}

/** Reads a request to its end. */
export async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Reads on to the end: a client that is still sending would not see the answer.
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);

  const [path = "/", ...rest] = (incoming.url ?? "/").split("?");
  const query = new Map<string, string>();
  const parameters = new Map<string, string>();
  const repeated: string[] = [];
  for (const [name, value] of new URLSearchParams(rest.join("?"))) {
    if (parameters.has(name)) repeated.push(name);
    query.set(name, value);
    parameters.set(name, value);
  }
  if (incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
    for (const [name, value] of new URLSearchParams(body.toString("utf8"))) {
      if (parameters.has(name)) repeated.push(name);
      parameters.set(name, value);
    }
  }

  return {
    method: incoming.method ?? "",
    path,
    action: incoming.headers["x-acs-action"]?.toString() ?? parameters.get("Action") ?? "",
    headers: incoming.headers,
    query,
    parameters,
    repeated,
    bodyHash: createHash("sha256").update(body).digest("hex"),
    tooLarge: bytes > maxBodyBytes,
  };
}

/** The header's text, or nothing where it is absent or empty. */
export function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value.join(",") : value;
  return text === undefined || text === "" ? undefined : text;
}
