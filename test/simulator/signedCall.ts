// Requests signed by Alibaba Cloud's own library, with every part open to tampering: the simulator's
// code must not be what tells whether the simulator is right.

import { createHash, randomBytes } from "node:crypto";
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";

import OpenApiUtil from "@alicloud/openapi-util";

import type { Simulator } from "../../simulator";

type SignableRequest = Parameters<typeof OpenApiUtil.getAuthorization>[0];

/** What to send; everything has the default of a correct ListBackups call. */
export interface Call {
  readonly action?: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string>;
  /** The query as it is to stand in the URL, where that differs from its usual form. */
  readonly rawQuery?: string;
  /** A form body. */
  readonly form?: Record<string, string>;
  /** Headers beside or instead of the usual ones, signed; undefined leaves one out. */
  readonly headers?: Record<string, string | undefined>;
  /** Headers added, or replaced, after signing. */
  readonly unsigned?: Record<string, string>;
  /** Headers taken away after signing. */
  readonly without?: readonly string[];
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
  /** When it is signed. */
  readonly atMs?: number;
  readonly nonce?: string;
  readonly agent?: Agent;
}

/** What came back. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: Record<string, unknown> | undefined;
}

/** Sends a call and reads the answer to its end. */
export async function signedCall(simulator: Simulator, call: Call = {}): Promise<Received> {
  const response = await openCall(simulator, call);
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString("utf8");
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    text,
    json: text.startsWith("{") && text.trimEnd().endsWith("}") ? parse(text) : undefined,
  };
}

/** Sends a call and returns as soon as there are headers. */
export function openCall(simulator: Simulator, call: Call = {}): Promise<IncomingMessage> {
  const { method = "POST", path = "/", query = {}, form } = call;
  const body = form === undefined ? "" : new URLSearchParams(form).toString();
  const headers = signedHeaders(simulator, call, body);
  const search = call.rawQuery ?? new URLSearchParams(query).toString();
  return new Promise((resolve, reject) => {
    const { agent = false } = call;
    request(`${simulator.url}${path}?${search}`, { method, headers, agent })
      .on("response", resolve)
      .on("error", reject)
      .end(body);
  });
}

function signedHeaders(simulator: Simulator, call: Call, body: string): Record<string, string> {
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const securityToken = call.securityToken ?? simulator.securityToken;
  const given: Record<string, string | undefined> = {
    host: simulator.host,
    "x-acs-action": call.action ?? "ListBackups",
    "x-acs-version": "2021-06-01",
    "x-acs-date": new Date(call.atMs ?? Date.now()).toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-signature-nonce": call.nonce ?? randomBytes(16).toString("hex"),
    "x-acs-content-sha256": bodyHash,
    ...(securityToken === undefined ? {} : { "x-acs-security-token": securityToken }),
    ...(call.form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    ...call.headers,
  };
  const headers = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const { method = "POST", path: pathname = "/", query = {} } = call;
  headers["authorization"] = OpenApiUtil.getAuthorization(
    signable({ method, pathname, query, headers }),
    "ACS3-HMAC-SHA256",
    bodyHash,
    call.accessKeyId ?? simulator.accessKeyId,
    call.accessKeySecret ?? simulator.accessKeySecret,
  );
  const sent = { ...headers, ...call.unsigned };
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !call.without?.includes(name)));
}

/** The library reads these four and nothing else of a request of its own. */
function signable(
  parts: Pick<SignableRequest, "method" | "pathname" | "query" | "headers">,
): SignableRequest {
  return parts as SignableRequest;
}

function parse(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}
