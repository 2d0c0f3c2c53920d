import type { Connection } from "../settings/connection";
import type { Clock } from "./clock";
import { classify, noAnswer, type Failure, type Success } from "./failures";
import type { IdentitySource } from "./identity";
import type { Lane } from "./lane";
import { headline, redactedFailure, seconds, toError } from "./requestErrors";
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
    return { outcome: noAnswer(error), cause: error.cause };
  }
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
