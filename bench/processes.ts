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

function start<T>(command: readonly string[]): Started<T> {
  const startedAt = performance.now();
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
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
    throw new Error(`${command.join(" ")} ended without a result`);
  })();
  return {
    firstLine,
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly service: Service;
  readonly end: () => Promise<void>;
}

async function serviceOf(script: string, ...args: string[]): Promise<ServiceProcess> {
  const { firstLine, end } = start<Service>([process.execPath, script, ...args]);
  return { service: (await firstLine).value, end };
}

/** Starts a simulator with so many backups, which waits before it answers. */
export function startSimulatorProcess(
  subjects: string,
  backups: number,
  latencyMs = 0,
): Promise<ServiceProcess> {
  const script = join(subjects, "simulatorProcess.js");
  return serviceOf(script, String(backups), String(latencyMs));
}

/**
 * A simulator of few backups for as long as some work takes: where one page is asked for, the simulator's
 * own time to find it among many would count.
 */
export async function withFewBackups<T>(
  subjects: string,
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const { service, end } = await startSimulatorProcess(subjects, 1000);
  try {
    return await work(service);
  } finally {
    await end();
  }
}

/** Starts a service of so many pages that answers whoever asks. */
export function startPageServer(subjects: string, pages: number): Promise<ServiceProcess> {
  return serviceOf(join(subjects, "pageServer.js"), String(pages));
}

/** Runs one subject in a new process and waits for its end. */
export async function run<T>(
  subjects: string,
  subject: string,
  task: Task,
  options: readonly string[] = [],
): Promise<FirstLine<T>> {
  const script = join(subjects, `${subject}.js`);
  return runCommand([process.execPath, ...options, script, JSON.stringify(task)]);
}

/** Runs a command that prints a result, and waits for its end. */
export async function runCommand<T>(command: readonly string[]): Promise<FirstLine<T>> {
  const { firstLine, end } = start<T>(command);
  const result = await firstLine;
  await end();
  return result;
}
