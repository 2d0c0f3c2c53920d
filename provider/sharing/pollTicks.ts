import type { Reader } from "../reader";
import { perConnection } from "./perConnection";
import { share, type SharedWork } from "./sharedWork";

/** A time at which all who wait for it look again. */
interface Tick {
  readonly at: number;
  readonly come: SharedWork<void>;
}

/** The next tick of each interval that somebody waits for. */
const ticksOf = perConnection(() => new Map<number, Tick>());

/**
 * Waits for the time of the next poll, or for `mostMs` if that is less. All who wait on one connection
 * with one interval have one time, so that their polls can be one; who begins to wait takes the one
 * that the others wait for, however soon it comes.
 */
export async function untilNextPoll(
  reader: Reader,
  intervalMs: number,
  mostMs: number,
): Promise<void> {
  const { clock, context } = reader;
  const ticks = ticksOf(reader);
  const known = ticks.get(intervalMs);
  const next = known?.come.isAbandoned === false ? known : undefined;
  // Up to a quarter more or less, so that those who wait elsewhere do not all ask at once.
  const pauseMs = next ? next.at - clock.now() : intervalMs * (0.75 + clock.random() / 2);
  if (mostMs <= pauseMs) return clock.sleep(mostMs, context.signal);
  if (next !== undefined) return next.come.join(context.signal);
  const tick: Tick = {
    at: clock.now() + pauseMs,
    come: share(async (stop) => {
      try {
        await clock.sleep(pauseMs, stop);
      } finally {
        if (ticks.get(intervalMs) === tick) ticks.delete(intervalMs);
      }
    }),
  };
  ticks.set(intervalMs, tick);
  return tick.come.join(context.signal);
}
