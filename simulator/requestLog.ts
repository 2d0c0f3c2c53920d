import { header, type WireRequest } from "./wireRequest";

/** One request and what became of it. */
export interface RequestRecord {
  /** The simulator's clock when the request came, in milliseconds since 1970. */
  readonly atMs: number;
  readonly method: string;
  /** The action asked for; empty if none was named. */
  readonly action: string;
  /** The parameters of URL and form, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The headers; of the Authorization and the security token only that they were there. */
  readonly headers: Readonly<Record<string, string>>;
  /** The page asked for, from 1; undefined for a call that has no pages. */
  page: number | undefined;
  /** HTTP status of the answer; undefined while there is none, and if there never was one. */
  status: number | undefined;
  /** The error code of the answer; undefined for a good one. */
  code: string | undefined;
  /** RequestId of the answer. */
  readonly requestId: string;
  /** The kinds of the faults that struck this request. */
  readonly faults: string[];
}

const maskedHeaders = ["authorization", "x-acs-security-token"];

/** The record of a request that was just read. */
export function recordOf(request: WireRequest, atMs: number, requestId: string): RequestRecord {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(request.headers)) {
    headers[name] = maskedHeaders.includes(name) ? "***" : (header(request, name) ?? "");
  }
  return {
    atMs,
    method: request.method,
    action: request.action,
    parameters: Object.fromEntries(request.parameters),
    headers,
    page: undefined,
    status: undefined,
    code: undefined,
    requestId,
    faults: [],
  };
}
