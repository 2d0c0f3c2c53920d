import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** A process of this folder's. */
export interface Started {
  readonly process: ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };
  /** The first line of what it prints. */
  readonly firstLine: Promise<string>;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts a script of this folder. */
export function start(script: string, args: readonly string[]): Started {
  const options = ["--expose-gc", "--require", "ts-node/register/transpile-only"];
  const child = spawn(process.execPath, [...options, join(__dirname, script), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    // Counting what is covered takes memory and time, which are measured here.
    env: { ...process.env, NODE_V8_COVERAGE: "" },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    firstLine: lines.next().then(({ value }) => String(value)),
    ended: once(child, "exit").then(([code]) => code as number | null),
  };
}
