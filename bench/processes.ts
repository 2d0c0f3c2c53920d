import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Service, Task } from "./task";

/** The first line of a process's output, read as JSON, and when it came. */
interface FirstLine<T> {
  readonly value: T;
  /** From the start of the process. */
  readonly ms: number;
}

interface Started<T> {
  readonly firstLine: Promise<FirstLine<T>>;
  /** Closes the process's input and waits for its end. */
  readonly end: () => Promise<void>;
}

function start<T>(script: string, options: readonly string[], argument: string): Started<T> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...options, script, argument], {
    stdio: ["pipe", "pipe", "inherit"],
    // Options for this process, such as a loader, are none for those that are measured.
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout });
  const firstLine = (async () => {
    for await (const line of lines) {
      const ms = performance.now() - startedAt;
      return { value: JSON.parse(line) as T, ms };
    }
    throw new Error(`${script} ended without a result`);
  })();
  return {
    firstLine,
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}

/** A simulator in a process of its own. */
export interface SimulatorProcess {
  readonly service: Service;
  readonly end: () => Promise<void>;
}

/** Starts a simulator with so many backups. */
export async function startSimulatorProcess(
  subjects: string,
  backups: number,
): Promise<SimulatorProcess> {
  const { firstLine, end } = start<Service>(
    join(subjects, "simulatorProcess.js"),
    [],
    String(backups),
  );
  return { service: (await firstLine).value, end };
}

/** Runs one subject in a new process and waits for its end. */
export async function run<T>(
  subjects: string,
  subject: string,
  task: Task,
  options: readonly string[] = [],
): Promise<FirstLine<T>> {
  const { firstLine, end } = start<T>(
    join(subjects, `${subject}.js`),
    options,
    JSON.stringify(task),
  );
  const result = await firstLine;
  await end();
  return result;
}
