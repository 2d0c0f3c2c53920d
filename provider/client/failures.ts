// The one place that decides what a failed request means. By the service's code first (the table in
// serviceCodes.ts), by HTTP status second: the service throttles with 400, answers a bad key with
// 404, and may answer 200 with an error.

import type { RequestErrorKind } from "../errors";
import { codeClasses, type CodeClass } from "./serviceCodes";
import type { TransportError, WireResponse } from "./transport";

/** Why one attempt failed. */
export interface Failure {
  readonly kind: RequestErrorKind | "malformed";
  /** What the service or the network said, in words. */
  readonly reason: string;
  /** What to do about it; a sentence, or empty where the reason says it all. */
  readonly advice: string;
  /** Whether sending it again could help. */
  readonly retryable: boolean;
  /** Whether fresh credentials could help. */
  readonly credentialsExpired: boolean;
  /** How long the service asks to be left alone. */
  readonly retryAfterMs: number | undefined;
  readonly serviceCode: string | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
}

/** A body that is no error; what is in it has not been looked at. */
export interface Success {
  readonly body: Record<string, unknown>;
  readonly requestId: string | undefined;
}

/** The service's own words about an error, in any of the shapes it sends. */
interface ServiceError {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
  readonly accessDenied: Readonly<Record<string, unknown>>;
}

/** Codes that mean success although they are there (seen in other products' answers). */
const successCodes: ReadonlySet<string> = new Set(["", "success", "ok", "200", "0"]);

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first of them that is one: what else a peer may write goes into no message. */
function requestIdOf(...candidates: unknown[]): string | undefined {
  return candidates.map(text).find((candidate) => /^[\w.:-]{1,100}$/.test(candidate));
}

function fromJson(body: Record<string, unknown>): ServiceError | undefined {
  const code = text(body["Code"] ?? body["code"]);
  const failed = body["Success"] === false || body["success"] === false;
  if (successCodes.has(code.toLowerCase()) && !failed) return undefined;
  const denied = body["AccessDeniedDetail"] ?? body["accessDeniedDetail"];
  return {
    code,
    message: text(body["Message"] ?? body["message"] ?? body["Description"] ?? body["Detail"]),
    requestId: requestIdOf(body["RequestId"], body["requestId"]),
    accessDenied: isRecord(denied) ? denied : {},
  };
}

/** Gateways in front of the service answer some errors in XML. */
function fromXml(body: string): ServiceError | undefined {
  if (!body.trimStart().startsWith("<") || !body.includes("<Code>")) return undefined;
  const tag = (name: string) =>
    new RegExp(`<${name}>([^<]{0,500})</${name}>`).exec(body)?.[1] ?? "";
  return {
    code: tag("Code"),
    message: tag("Message"),
    requestId: requestIdOf(tag("RequestId")),
    accessDenied: {},
  };
}

function tryParse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON: what it is instead is told from status and content type.
    return undefined;
  }
}

/** Milliseconds (`x-acs-retry-after`), or seconds where a gateway sends the standard header. */
function retryAfterMs(headers: WireResponse["headers"]): number | undefined {
  const own = headers["x-acs-retry-after"];
  if (own !== undefined && /^\d+$/.test(own) && Number(own) > 0) return Number(own);
  const standard = headers["retry-after"];
  return standard !== undefined && /^\d+$/.test(standard) ? Number(standard) * 1000 : undefined;
}

/** The service's two kinds of denial (AccessDeniedDetail.NoPermissionType). */
const denialKinds: ReadonlyMap<string, string> = new Map([
  ["ExplicitDeny", ": a policy denies it explicitly"],
  ["ImplicitDeny", ": no policy allows it"],
]);

/** A RAM denial in words: who may not do what, and whether something forbids it or nothing allows it. */
function denialAdvice(detail: ServiceError["accessDenied"], action: string): string {
  const authAction = text(detail["AuthAction"]) || `computenest:${action}`;
  const principal = text(detail["AuthPrincipalDisplayName"]);
  const who = principal === "" ? "The caller" : `${text(detail["AuthPrincipalType"])} ${principal}`;
  const why = denialKinds.get(text(detail["NoPermissionType"])) ?? "";
  const remedy = `Allow the action ${authAction} on resource * in RAM.`;
  return `${who.trim()} may not call ${authAction}${why}. ${remedy}`;
}

/** Whether RAM denied it: other codes of the family speak of risk control, of services not opened … */
function isRamDenial({ code, accessDenied }: ServiceError): boolean {
  return (
    /^(?:Forbidden|Forbedden|Forbidden\.RAM|NoPermission|AccessDenied)$/.test(code) ||
    "NoPermissionType" in accessDenied
  );
}

function ofService(error: ServiceError, response: WireResponse, action: string): Failure {
  const expired =
    error.code === "InvalidParameter" && error.message.includes("SecurityToken.Expired");
  const code = expired ? "InvalidSecurityToken.Expired" : error.code;
  const found = codeClasses.find(({ codes }) => codes.test(code)) ?? byStatus(response.status);
  const isDenial = found.kind === "denied" && found.advice === "" && isRamDenial(error);
  return {
    kind: found.kind,
    reason: error.message || "no reason given",
    advice: isDenial ? denialAdvice(error.accessDenied, action) : found.advice,
    retryable: found.retryable ?? false,
    credentialsExpired: found.credentialsExpired ?? false,
    retryAfterMs: retryAfterMs(response.headers),
    serviceCode: error.code || undefined,
    httpStatus: response.status,
    requestId: error.requestId ?? requestIdOf(response.headers["x-acs-request-id"]),
  };
}

function byStatus(status: number): Omit<CodeClass, "codes"> {
  if (status === 429) return { kind: "throttled", retryable: true, advice: "" };
  if (status >= 500) return { kind: "unavailable", retryable: true, advice: "" };
  if (status === 401 || status === 403) return { kind: "denied", advice: "" };
  return { kind: "rejected", advice: "" };
}

/** An answer that is neither a result nor an error of the service's. */
function ofStranger(response: WireResponse): Failure {
  const { status, headers, body } = response;
  const type = headers["content-type"]?.split(";")[0] ?? "no content type";
  const what = body === "" ? "an empty body" : `${type}, which is not the service's JSON`;
  const isRedirect = status >= 300 && status < 400;
  const isOk = status >= 200 && status < 300;
  const found = byStatus(status);
  return {
    kind: isOk ? "malformed" : found.kind,
    reason: isRedirect ? "a redirect, which is never followed" : what,
    advice: isOk || isRedirect ? "Check the endpoint, and proxies on the way." : "",
    // A JSON body that breaks off was cut on the way; a page of HTML will come again.
    retryable: isOk ? type.includes("json") || body === "" : (found.retryable ?? false),
    credentialsExpired: false,
    retryAfterMs: retryAfterMs(headers),
    serviceCode: undefined,
    httpStatus: status,
    requestId: requestIdOf(headers["x-acs-request-id"]),
  };
}

/** What an answer is: a body to look into, or a failure. */
export function classify(response: WireResponse, action: string): Success | Failure {
  const parsed = tryParse(response.body);
  if (isRecord(parsed)) {
    const error = fromJson(parsed);
    if (error !== undefined) return ofService(error, response, action);
    if (response.status >= 200 && response.status < 300) {
      const requestId = requestIdOf(parsed["RequestId"], response.headers["x-acs-request-id"]);
      return { body: parsed, requestId };
    }
  }
  const xml = fromXml(response.body);
  return xml === undefined ? ofStranger(response) : ofService(xml, response, action);
}

/** There was no answer at all. */
export function noAnswer({ message, advice, retryable }: TransportError): Failure {
  return {
    kind: "unavailable",
    reason: message,
    advice: advice ?? "Check the endpoint, the network and the proxy settings.",
    retryable,
    credentialsExpired: false,
    retryAfterMs: undefined,
    serviceCode: undefined,
    httpStatus: undefined,
    requestId: undefined,
  };
}
