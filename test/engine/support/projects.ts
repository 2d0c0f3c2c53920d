// Programs in other languages than TypeScript, run by the CLI as their users run it: in a folder of
// their own, with the plugin found in one of the ways that README tells of.

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { cliEnvironment, stackFolder } from "./stacks";

const repository = resolve(__dirname, "..", "..", "..");
const execute = promisify(execFile);

/** A command that has ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project folder, gone when it is disposed of. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs a command in the folder, in an environment that has `more` in it. */
  readonly run: (program: string, args: readonly string[], more?: object) => Promise<Ended>;
  /** Runs the CLI in the folder. */
  readonly pulumi: (...args: string[]) => Promise<Ended>;
  /** The inputs of the resources of a type in the state of the stack `test`. */
  readonly inputsOf: (type: string) => Promise<unknown[]>;
}

interface Saved {
  readonly checkpoint: {
    readonly latest?: { readonly resources?: readonly { type: string; inputs?: unknown }[] };
  };
}

/** Makes a project folder: empty, or a copy of an example. */
export async function projectFolder(example?: string): Promise<Project> {
  const top = await stackFolder();
  const folder = join(top, "work");
  if (example !== undefined) {
    await cp(join(repository, "examples", example), folder, { recursive: true });
  }
  const env = { ...process.env, ...(await cliEnvironment(top)) };
  const run: Project["run"] = (program, args, more) =>
    execute(program, args, { cwd: folder, env: { ...env, ...more } }).then(
      (printed) => ({ code: 0, ...printed }),
      (error: unknown) => error as Ended,
    );
  return {
    folder,
    env,
    run,
    pulumi: (...args) => run("pulumi", ["--non-interactive", ...args]),
    inputsOf: async (type) => {
      const stacks = join(top, "state", ".pulumi", "stacks");
      const project = /^name: (.+)$/m.exec(await readFile(join(folder, "Pulumi.yaml"), "utf8"));
      const state = await readFile(join(stacks, project?.[1] ?? "", "test.json"), "utf8");
      const { latest } = (JSON.parse(state) as Saved).checkpoint;
      return (latest?.resources ?? []).filter((r) => r.type === type).map((r) => r.inputs);
    },
    [Symbol.asyncDispose]: () => rm(top, { recursive: true, force: true }),
  };
}

/** As after `npm install pulumi-computenest`, but with the code under test. */
export async function installPackage({ folder }: Project): Promise<void> {
  await mkdir(join(folder, "node_modules"));
  await symlink(repository, join(folder, "node_modules", "pulumi-computenest"), "junction");
}
