// Programs in Python, run on the engine.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pythonWith } from "../../support/pythonWith";
import { leaveOut } from "./leaveOut";
import type { Project } from "./projects";

const runProgram = join(__dirname, "..", "python", "run_program.py");

/** A Python that has the packages of a requirements file; a suite without one is left out. */
export async function pythonFor(
  suite: Mocha.Context,
  what: string,
  requirements: string,
): Promise<string> {
  const found = await pythonWith(requirements);
  return "python" in found ? found.python : leaveOut(suite, what, found.reason);
}

/** Brings up the program of a project, which is its `__main__.py`, and gives its outputs. */
export async function runPython(
  python: string,
  { folder: cwd, env }: Project,
  config: Readonly<Record<string, string>>,
): Promise<unknown> {
  const running = spawn(python, [runProgram], { cwd, env, stdio: ["pipe", "pipe", "inherit"] });
  running.stdin.end(JSON.stringify(config));
  return JSON.parse(await text(running.stdout));
}
