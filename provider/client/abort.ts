/**
 * Waits for work that knows no signal; rejects with the reason of one that is aborted first. The work
 * itself goes on, and what comes of it is dropped.
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    // Waited for in any case: an error that nobody waits for would end the process.
    const done = work.finally(() => {
      signal.removeEventListener("abort", abort);
    });
    done.then(resolve, reject);
  });
}
