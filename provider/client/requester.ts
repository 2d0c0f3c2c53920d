import type { Connection } from "../settings/connection";
import type { Clock } from "./clock";
import { classify, noAnswer, type Failure, type Success } from "./failures";
import type { IdentitySource } from "./identity";
import type { Lane } from "./lane";
import { headline, redactedFailure, seconds, toError } from "./requestErrors";
import { pauseAfter, type RetryBudget } from "./retry";
import { TransportError, type Transport, type WireRequest, type WireResponse } from "./transport";

/** What a call brings along for each of its requests. */
export interface CallContext {
  readonly budget: RetryBudget;
  readonly signal: AbortSignal | undefined;
  /** Tells the user what is going on while a request is repeated. */
  readonly progress: (message: string) => void;
  /**
   * Is told the text of what may be a good answer before that is read, which takes a while; what it
   * does is waited for.
   */
  readonly arrived?: ((body: string) => Promise<void>) | undefined;
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

function outcomeOf(response: WireResponse, action: string): Answer | Failure {
  const result = classify(response, action);
  if ("kind" in result) return result;
  const date = Date.parse(response.headers["date"] ?? "");
  return { ...result, serviceTime: Number.isNaN(date) ? undefined : date };
}

async function send(
  { transport }: Parts,
  request: WireRequest,
  signal: AbortSignal | undefined,
): Promise<WireResponse | TransportError> {
  try {
    return await transport.send(request, signal);
  } catch (error) {
    if (error instanceof TransportError) return error;
    throw error;
  }
}

async function read(
  came: WireResponse | TransportError,
  { action }: WireRequest,
  arrived: CallContext["arrived"],
): Promise<Attempt> {
  if (came instanceof TransportError) return { outcome: noAnswer(came), cause: came.cause };
  if (came.status === 200) await arrived?.(came.body);
  return { outcome: outcomeOf(came, action) };
}

/** Sends requests through a lane, repeats what may be repeated, and words what failed for good. */
export function createRequester(parts: Parts): Requester {
  const { identities, lane, clock } = parts;
  return async (request, { budget, signal, progress, arrived }) => {
    let refreshed = false;
    for (let attempts = 1; ; attempts += 1) {
      let startedAt = clock.now();
      const came = await lane.run(() => {
        startedAt = clock.now();
        return send(parts, request, signal);
      }, signal);
      const { outcome, cause } = await read(came, request, arrived);
      if (!isFailure(outcome)) return outcome;
      budget.spentMs += Math.max(0, clock.now() - startedAt);
      if (outcome.credentialsExpired && !refreshed) {
        refreshed = true;
        identities.forget();
        continue;
      }
      const identity = await identities.current();
      const failure = redactedFailure(outcome, identity);
      const pause = failure.retryable
        ? pauseAfter(attempts, budget, failure.retryAfterMs, clock.random())
        : undefined;
      if (pause === undefined) {
        const { action } = request;
        const asked = { action, connection: parts.connection, identity };
        throw toError(failure, cause, { ...asked, attempts, budget });
      }
      if (failure.kind === "throttled") lane.coolDown(pause);
      progress(`${headline(failure, request.action)} Asking again in ${seconds(pause)}.`);
      await clock.sleep(pause, signal);
      budget.spentMs += pause;
    }
  };
}
