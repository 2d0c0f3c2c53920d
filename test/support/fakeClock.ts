import type { Clock } from "../../provider/client/clock";

/** A clock whose sleeps take no time, and that says what was slept. */
export interface FakeClock extends Clock {
  /** Every pause so far, in milliseconds. */
  readonly slept: number[];
  /** Lets time pass. */
  advance(ms: number): void;
}

/** A clock that stands still but for sleeps; `random` is what chance gives each time. */
export function fakeClock({ now = Date.now(), random = 0.5 } = {}): FakeClock {
  const slept: number[] = [];
  let time = now;
  return {
    slept,
    now: () => time,
    random: () => random,
    advance(ms) {
      time += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      time += ms;
      await Promise.resolve();
    },
  };
}
