import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { EngineError } from "./engineError";
import { withProgress, type Reporter } from "./progress";

// The holder touches the lock every 2 s, so 10 s of silence mean that it was killed.
const timing = { stale: 10_000, update: 2_000 };
const pollMs = 500;

/** Whom to tell about the wait for a lock, and what ends it. */
export interface LockOptions extends Reporter {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` while no other process works on `target`, and waits for one that does. The signal
 * handed to `work` aborts with the caller's, and when the lock is lost.
 */
export async function withLock<Result>(
  target: string,
  options: LockOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  const release = await acquire(target, options, lost);
  try {
    const signals = [lost.signal, ...(options.signal ? [options.signal] : [])];
    return await work(AbortSignal.any(signals));
  } finally {
    if (!lost.signal.aborted) await release();
  }
}

type Release = () => Promise<void>;

async function acquire(
  target: string,
  options: LockOptions,
  lost: AbortController,
): Promise<Release> {
  await makeParent(target);
  const first = await tryLock(target, lost);
  if (first) return first;
  options.report(`Another process is getting ${target}; waiting for it.`);
  return withProgress(
    options,
    () => "Waiting for the other process",
    async () => {
      for (;;) {
        await sleep(pollMs);
        options.signal?.throwIfAborted();
        const release = await tryLock(target, lost);
        if (release) return release;
      }
    },
  );
}

async function makeParent(target: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      `No Pulumi CLI can be kept in ${dirname(target)}: ${reason}. ` +
        "Let COMPUTENEST_ENGINE_HOME name a directory that can be written.",
    );
  }
}

async function tryLock(target: string, lost: AbortController): Promise<Release | undefined> {
  const onCompromised = () => {
    // Happens to a process that was stopped for more than 10 s while another one wanted the lock.
    lost.abort(new EngineError(`Another process took over ${target}. Run this again.`));
  };
  try {
    return await lock(target, { ...timing, realpath: false, onCompromised });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ELOCKED") return undefined;
    throw error;
  }
}
