// How a request that failed for good is told.

import type { Connection } from "../settings/connection";
import { RequestError, ResponseError, type BackupsError } from "../errors";
import type { Failure } from "./failures";
import { askedAs, type Identity } from "./identity";
import { redactedCause, redactedLine } from "./redact";
import type { RetryBudget } from "./retry";

/** A length of time in seconds, to a tenth. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** Why it was given up, in words: `after 7 attempts and 119.8 s (maxRetryTimeout 120 s)`. */
function effort(failure: Failure, attempts: number, budget: RetryBudget): string {
  if (!failure.retryable) return "";
  const floor = failure.retryAfterMs;
  const isTooLong = floor !== undefined && floor > budget.totalMs - budget.spentMs;
  const asked = isTooLong ? ` The service asks for a pause of ${seconds(floor)}.` : "";
  const times = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  return `Given up after ${times} and ${seconds(budget.spentMs)} (maxRetryTimeout is ${seconds(budget.totalMs)}).${asked}`;
}

const verbs = {
  denied: "was denied",
  throttled: "was throttled",
  unavailable: "got no answer",
  rejected: "was rejected",
  malformed: "got an unusable answer",
} as const;

/** Whatever the service or a library said, as it may be shown: no secrets, no walls of text. */
export function redactedFailure(failure: Failure, identity: Identity): Failure {
  const clean = (text: string) => redactedLine(text, identity);
  return {
    ...failure,
    reason: clean(failure.reason),
    advice: clean(failure.advice),
    serviceCode: failure.serviceCode && clean(failure.serviceCode),
    requestId: failure.requestId && clean(failure.requestId),
  };
}

/** `ListBackups was denied (Forbidden.RAM, HTTP 403): …` */
export function headline(
  { kind, serviceCode, httpStatus, reason }: Failure,
  action: string,
): string {
  const facts = [serviceCode, httpStatus === undefined ? undefined : `HTTP ${httpStatus}`];
  const known = facts.filter((fact) => fact !== undefined).join(", ");
  const said = reason.replace(/(?<![.\s])[.\s]+$/, "");
  return `${action} ${verbs[kind]}${known === "" ? "" : ` (${known})`}: ${said}.`;
}

/** A request that failed for good: what was asked, as whom, and how hard it was tried. */
interface FailedRequest {
  readonly action: string;
  readonly connection: Connection;
  readonly identity: Identity;
  readonly attempts: number;
  readonly budget: RetryBudget;
}

/** The error that users get for a failure that nothing of ours could mend. */
export function toError(failure: Failure, cause: unknown, request: FailedRequest): BackupsError {
  const { action, connection, identity, attempts, budget } = request;
  const message = [
    headline(failure, action),
    failure.advice,
    effort(failure, attempts, budget),
    askedAs(connection, identity),
    failure.requestId === undefined ? "" : `RequestId ${failure.requestId}.`,
  ];
  const text = message.filter((part) => part !== "").join(" ");
  const { kind, requestId } = failure;
  if (kind === "malformed") return new ResponseError(text, { requestId });
  return new RequestError(text, {
    kind,
    serviceCode: failure.serviceCode,
    httpStatus: failure.httpStatus,
    requestId,
    attempts,
    cause: redactedCause(cause, identity),
  });
}
