/** How long a task may take, for any number of tasks. */
export interface TimeLimit {
  readonly ms: number;
  /** Calls back when a task has taken that long; returns what ends the watch over it. */
  watch(expired: () => void): () => void;
}

/** A task under watch. */
interface Watched {
  /** By `performance.now()`. */
  readonly deadline: number;
  readonly expired: () => void;
}

/**
 * A limit that watches with one timer, which goes off once in so long: one for each request of a long list
 * would take longer than to copy what the request brings. It keeps no process from its end.
 */
export function createTimeLimit(ms: number): TimeLimit {
  /** In the order of their deadlines, as all have the same time. */
  const watched = new Set<Watched>();
  let isTicking = false;

  function look(): void {
    isTicking = false;
    const now = performance.now();
    for (const task of watched) {
      if (task.deadline > now) {
        lookIn(task.deadline - now);
        return;
      }
      watched.delete(task);
      task.expired();
    }
  }

  function lookIn(pauseMs: number): void {
    isTicking = true;
    // Not at once: where the program kept the process busy, an answer that has come is read first.
    setTimeout(() => setImmediate(look), pauseMs).unref();
  }

  return {
    ms,
    watch(expired) {
      const task = { deadline: performance.now() + ms, expired };
      watched.add(task);
      if (!isTicking) lookIn(ms);
      return () => {
        watched.delete(task);
      };
    },
  };
}
