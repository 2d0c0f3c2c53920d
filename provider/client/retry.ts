// No library: those that were looked at (exponential-backoff, p-retry, cockatiel) limit attempts or
// the time of one operation; here many requests share one budget that only failures spend, and the
// service's retry-after is a floor.

/** What one call of a function may spend on failed attempts and the pauses after them. */
export interface RetryBudget {
  readonly totalMs: number;
  spentMs: number;
}

// Full jitter as Marc Brooker describes it ("Exponential Backoff And Jitter", AWS Architecture Blog,
// 2015). The cap is that of the AWS SDKs and of Alibaba Cloud's Java core; the base lies between the
// 100 ms and 500 ms with which the AWS SDKs begin after an error and after a throttle.
const baseMs = 200;
const capMs = 20_000;

/** A fresh budget; one for each call of a function, shared by its pages, one list after another. */
export function createBudget(totalMs: number): RetryBudget {
  return { totalMs, spentMs: 0 };
}

/**
 * How long to pause after the n-th failed attempt (from 1): random × min(20 s, 200 ms × 2^(n−1)),
 * but no less than the service asks for. Undefined when the budget does not allow it.
 */
export function pauseAfter(
  attempt: number,
  budget: RetryBudget,
  floorMs: number | undefined,
  random: number,
): number | undefined {
  const remaining = budget.totalMs - budget.spentMs;
  const floor = floorMs ?? 0;
  if (remaining <= 0 || floor > remaining) return undefined;
  const jitter = random * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.max(floor, Math.min(jitter, remaining));
}
