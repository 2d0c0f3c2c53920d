import { setTimeout as delay } from "node:timers/promises";

/** Time and chance, injected so that tests need no real waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal && { signal });
    } catch (error) {
      // Node wraps the reason in an AbortError; callers get what they aborted with.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
