import { setImmediate as turn } from "node:timers/promises";
import type { Reader } from "../reader";

/** An endless stream of calls is not waited out: the first of them is waiting. */
const mostWindows = 10;

/**
 * Waits for calls that come at the same time as a first one: in one turn of the event loop or, where
 * calls come over a socket and share no turn, each within a few milliseconds of the one before. While
 * no request could be sent anyway, more may come.
 */
export async function gathered(
  { sharing: { windowMs }, api, clock }: Reader,
  callCount: () => number,
  stop: AbortSignal | undefined,
): Promise<void> {
  if (windowMs === undefined) await turn();
  else {
    let windows = 0;
    let before: number;
    do {
      before = callCount();
      windows += 1;
      await clock.sleep(windowMs, stop);
    } while (callCount() > before && windows < mostWindows);
  }
  await api.turn(stop);
}
