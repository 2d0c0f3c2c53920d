import type { Clock } from "./clock";

/**
 * The requests to one endpoint as one identity: few at a time, and after a throttle none until the
 * pause is over, because the service counts by account.
 */
export interface Lane {
  /** Runs a task when it is its turn; rejects with the signal's reason when that comes first. */
  run<T>(task: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** Lets nobody start for so long. */
  coolDown(ms: number): void;
}

const maxInFlight = 4;

/** A lane of its own; see {@link laneFor} for the shared ones. */
export function createLane(clock: Clock): Lane {
  let inFlight = 0;
  let resumeAt = 0;
  const waiting: (() => void)[] = [];

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (inFlight < maxInFlight) {
      inFlight += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.splice(waiting.indexOf(admit), 1);
        reject(signal?.reason as Error);
      };
      waiting.push(admit);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Hands the place to the next in line, or gives it up. */
  function leave(): void {
    const admit = waiting.shift();
    if (admit === undefined) inFlight -= 1;
    else admit();
  }

  return {
    async run(task, signal) {
      await enter(signal);
      try {
        // Again and again: others may have been throttled in the meantime.
        for (let rest = resumeAt - clock.now(); rest > 0; rest = resumeAt - clock.now()) {
          await clock.sleep(rest, signal);
        }
        return await task();
      } finally {
        leave();
      }
    },
    coolDown(ms) {
      resumeAt = Math.max(resumeAt, clock.now() + ms);
    },
  };
}

const lanes = new Map<string, Lane>();

/** The lane that all calls with this endpoint and identity share. */
export function laneFor(key: string, clock: Clock): Lane {
  let lane = lanes.get(key);
  if (lane === undefined) {
    lane = createLane(clock);
    lanes.set(key, lane);
  }
  return lane;
}
