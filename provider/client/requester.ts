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

/** What came of one attempt. */
interface Attempt {
  readonly outcome: Answer | Failure;
  readonly cause?: unknown;
  /** How long to wait before the next one; undefined: there is none. */
  readonly pause?: number | undefined;
}

function isFailure(outcome: Answer | Failure): outcome is Failure {
  return "kind" in outcome;
}

function outcomeOf(came: WireResponse | TransportError, action: string): Answer | Failure {
  if (came instanceof TransportError) return noAnswer(came);
  const result = classify(came, action);
  if ("kind" in result) return result;
  const date = Date.parse(came.headers["date"] ?? "");
  return { ...result, serviceTime: Number.isNaN(date) ? undefined : date };
}

/** More characters than any refusal has. */
const longestRefusal = 10_000;

/** Whether an answer need not be read to see that it is one. The service has a Code where it refuses. */
function isLikelyGood(came: WireResponse | TransportError): came is WireResponse {
  if (came instanceof TransportError || came.status !== 200) return false;
  return came.body.length > longestRefusal || !/"code"/i.test(came.body);
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

/** Sends requests through a lane, repeats what may be repeated, and words what failed for good. */
export function createRequester(parts: Parts): Requester {
  const { identities, lane, clock } = parts;
  return async (request, { budget, signal, progress, arrived }) => {
    let refreshed = false;
    for (let attempts = 1; ; attempts += 1) {
      let startedAt = clock.now();
      const examine = (came: WireResponse | TransportError): Attempt => {
        const outcome = outcomeOf(came, request.action);
        if (!isFailure(outcome)) return { outcome };
        budget.spentMs += Math.max(0, clock.now() - startedAt);
        const pause = outcome.retryable
          ? pauseAfter(attempts, budget, outcome.retryAfterMs, clock.random())
          : undefined;
        if (outcome.kind === "throttled" && pause !== undefined) lane.coolDown(pause);
        return { outcome, cause: came instanceof TransportError ? came.cause : undefined, pause };
      };
      // A refusal is examined before the next in line is let in: it may be a throttle.
      const came = await lane.run(async () => {
        startedAt = clock.now();
        const came = await send(parts, request, signal);
        return isLikelyGood(came) ? came : examine(came);
      }, signal);
      if (!("outcome" in came)) await arrived?.(came.body);
      const { outcome, cause, pause } = "outcome" in came ? came : examine(came);
      if (!isFailure(outcome)) return outcome;
      if (outcome.credentialsExpired && !refreshed) {
        refreshed = true;
        identities.forget();
        continue;
      }
      const identity = await identities.current();
      const failure = redactedFailure(outcome, identity);
      if (pause === undefined) {
        const { action } = request;
        const asked = { action, connection: parts.connection, identity };
        throw toError(failure, cause, { ...asked, attempts, budget });
      }
      progress(`${headline(failure, request.action)} Asking again in ${seconds(pause)}.`);
      await clock.sleep(pause, signal);
      budget.spentMs += pause;
    }
  };
}
