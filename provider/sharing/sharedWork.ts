import { orAborted } from "../client/abort";

/** Work that any number of callers wait for; it ends when none of them is left. */
export interface SharedWork<T> {
  /** Whether nobody waits any more: whoever comes now has to begin anew. */
  readonly isAbandoned: boolean;
  /** Waits with the others; rejects with the reason of the caller's own signal if that comes first. */
  join(signal: AbortSignal | undefined): Promise<T>;
}

/**
 * Work to be shared, begun by the first who waits; its signal is aborted when the last has left. It has
 * none where the first has none: who cannot leave is there until it is done.
 */
export function share<T>(begin: (stop: AbortSignal | undefined) => Promise<T>): SharedWork<T> {
  let stop: AbortController | undefined;
  let work: Promise<T> | undefined;
  let waiting = 0;
  let isAbandoned = false;
  let isDone = false;

  async function run(): Promise<T> {
    try {
      return await begin(stop?.signal);
    } finally {
      isDone = true;
    }
  }

  return {
    get isAbandoned() {
      return isAbandoned;
    },
    async join(signal) {
      waiting += 1;
      if (work === undefined) {
        stop = signal && new AbortController();
        work = run();
      }
      try {
        return await orAborted(work, signal);
      } finally {
        waiting -= 1;
        if (waiting === 0) {
          isAbandoned = true;
          // Who leaves before it is done leaves by a signal.
          if (!isDone) stop?.abort(signal?.reason);
        }
      }
    },
  };
}
