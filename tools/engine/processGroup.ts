// Runs a program so that it and everything it starts can be ended together: `go build` and the
// release's install script both work through children, which outlive a kill of the parent alone.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { EngineError } from "./engineError";

/** How to run a program in a group of its own. */
export interface GroupOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly directory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives every line of standard output and standard error. */
  readonly onLine: (line: string) => void;
}

// What `go build` needs to stop its compilers and remove its work directory is far below this.
const graceMs = 5_000;

const isWindows = process.platform === "win32";

/**
 * Runs `command` in a process group of its own and resolves to its exit code, or to the name of the
 * signal that ended it. When `signal` aborts, the whole group is ended before the promise rejects
 * with the signal's reason. A command that cannot be started is an EngineError.
 */
export async function runInGroup(
  command: string,
  args: readonly string[],
  options: GroupOptions,
): Promise<number | string> {
  const { signal } = options;
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.directory,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: !isWindows,
    windowsHide: true,
  });
  const read = [child.stdout, child.stderr].map((stream) => eachLine(stream, options.onLine));
  const release = endWith(child, signal);
  try {
    const [code, killedBy] = (await once(child, "close")) as [number | null, string | null];
    await Promise.all(read);
    signal?.throwIfAborted();
    return code ?? killedBy ?? "an unknown signal";
  } catch (error) {
    throw child.pid === undefined ? notStarted(command, error) : error;
  } finally {
    release();
  }
}

async function eachLine(stream: Readable, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) onLine(line);
}

/** Ties the group's life to the abort signal and to this process; returns what unties them. */
function endWith(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  let kill: NodeJS.Timeout | undefined;
  const interrupt = () => {
    killGroup(child, "SIGINT");
    kill = setTimeout(killNow, graceMs);
  };
  const killNow = () => {
    killGroup(child, "SIGKILL");
  };
  // The leader may leave children behind that ignore SIGINT, as a shell's background jobs do.
  const afterLeader = () => {
    if (signal?.aborted) killNow();
  };
  signal?.addEventListener("abort", interrupt);
  child.once("exit", afterLeader);
  process.once("exit", killNow);
  return () => {
    clearTimeout(kill);
    signal?.removeEventListener("abort", interrupt);
    process.removeListener("exit", killNow);
  };
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (isWindows) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group is gone already: that is what was wanted.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function notStarted(command: string, error: unknown): EngineError {
  const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return new EngineError(`${command} cannot be started (${reason})`, { cause: error });
}
