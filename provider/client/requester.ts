import type { Connection } from "../settings/connection";
import { RequestError, ResponseError, type BackupsError } from "../errors";
import type { Clock } from "./clock";
import { classify, noAnswer, type Failure, type Success } from "./failures";
import { askedAs, type Identity, type IdentitySource } from "./identity";
import type { Lane } from "./lane";
import { redactedCause, redactedLine } from "./redact";
import { pauseAfter, type RetryBudget } from "./retry";
import { TransportError, type Transport, type WireRequest } from "./transport";

/** What a call brings along for each of its requests. */
export interface CallContext {
  readonly budget: RetryBudget;
  readonly signal: AbortSignal | undefined;
  /** Tells the user what is going on while a request is repeated. */
  readonly progress: (message: string) => void;
}

/** A good answer. */
export interface Answer extends Success {
  /** The service's clock when it answered (header Date); undefined when it did not say. */
  readonly serviceTime: number | undefined;
}

/** Sends requests until one is answered or cannot be. */
export type Requester = (request: WireRequest, context: CallContext) => Promise<Answer>;

interface Parts {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly identities: IdentitySource;
  readonly lane: Lane;
  readonly clock: Clock;
}

interface Attempt {
  readonly outcome: Answer | Failure;
  readonly cause?: unknown;
}

function isFailure(outcome: Answer | Failure): outcome is Failure {
  return "kind" in outcome;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

async function attempt(
  { transport }: Parts,
  request: WireRequest,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  try {
    const response = await transport.send(request, signal);
    const result = classify(response, request.action);
    if ("kind" in result) return { outcome: result };
    const date = Date.parse(response.headers["date"] ?? "");
    return { outcome: { ...result, serviceTime: Number.isNaN(date) ? undefined : date } };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return { outcome: noAnswer(error.message, error.retryable), cause: error.cause };
  }
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
  malformed: "got an answer that is none",
} as const;

/** Whatever the service or a library said, as it may be shown: no secrets, no walls of text. */
function cleaned(failure: Failure, identity: Identity): Failure {
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
function headline({ kind, serviceCode, httpStatus, reason }: Failure, action: string): string {
  const facts = [serviceCode, httpStatus === undefined ? undefined : `HTTP ${httpStatus}`];
  const known = facts.filter((fact) => fact !== undefined).join(", ");
  return `${action} ${verbs[kind]}${known === "" ? "" : ` (${known})`}: ${reason.replace(/[.\s]+$/, "")}.`;
}

function toError(
  parts: Parts,
  { action }: WireRequest,
  { failure, cause }: { failure: Failure; cause?: unknown },
  identity: Identity,
  attempts: number,
  budget: RetryBudget,
): BackupsError {
  const message = [
    headline(failure, action),
    failure.advice,
    effort(failure, attempts, budget),
    askedAs(parts.connection, identity),
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

/** Sends requests through a lane, repeats what may be repeated, and words what failed for good. */
export function createRequester(parts: Parts): Requester {
  const { identities, lane, clock } = parts;
  return async (request, { budget, signal, progress }) => {
    let refreshed = false;
    for (let attempts = 1; ; attempts += 1) {
      let startedAt = clock.now();
      const { outcome, cause } = await lane.run(() => {
        startedAt = clock.now();
        return attempt(parts, request, signal);
      }, signal);
      if (!isFailure(outcome)) return outcome;
      budget.spentMs += Math.max(0, clock.now() - startedAt);
      if (outcome.credentialsExpired && !refreshed) {
        refreshed = true;
        identities.forget();
        continue;
      }
      const identity = await identities.current();
      const failure = cleaned(outcome, identity);
      const pause = failure.retryable
        ? pauseAfter(attempts, budget, failure.retryAfterMs, clock.random())
        : undefined;
      if (pause === undefined) {
        throw toError(parts, request, { failure, cause }, identity, attempts, budget);
      }
      if (failure.kind === "throttled") lane.coolDown(pause);
      progress(`${headline(failure, request.action)} Asking again in ${seconds(pause)}.`);
      await clock.sleep(pause, signal);
      budget.spentMs += pause;
    }
  };
}
