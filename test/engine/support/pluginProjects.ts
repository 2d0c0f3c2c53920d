// Programs in YAML that use the plugin, run as in a terminal: in a process group of their own, which
// is what Ctrl-C reaches.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Simulator } from "../../../simulator";
import { projectFolder, type Project } from "./projects";

const main = resolve(__dirname, "..", "..", "..", "bin", "provider", "plugin", "main.js");

/** A run that takes longer has failed, and is not left running. */
const longestRunMs = 60_000;

/** Whether there is a process of this id, or one of a group if it is negative. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A command under way. */
export interface Running {
  readonly pid: number;
  /** The exit code, and all that was shown. */
  readonly ended: Promise<{ readonly code: number | null; readonly shown: string }>;
}

/** Waits until something is so while a run is under way; fails when the run ends before. */
export async function during(run: Running, isSo: () => boolean | Promise<boolean>): Promise<void> {
  let ended = "";
  void run.ended.then(({ shown }) => (ended = `The run has ended:\n${shown}`));
  while (!(await isSo())) {
    if (ended !== "") throw new Error(ended);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What the state has besides resources. */
interface Saved {
  readonly checkpoint: {
    readonly latest?: {
      readonly resources?: readonly { readonly urn: string; readonly outputs?: object }[];
      readonly pending_operations?: readonly unknown[];
    };
  };
}

/** A project with a stack `test` and a plugin of its own. */
export interface PluginProject extends Project {
  /** Writes the program; JSON is YAML. */
  readonly write: (program: object) => Promise<void>;
  readonly start: (...args: string[]) => Running;
  /** The processes of the plugin that were ever started. */
  readonly plugins: () => Promise<number[]>;
  readonly stateText: () => Promise<string>;
  /** The names of the resources in the state, and what was not finished. */
  readonly state: () => Promise<{ names: string[]; pending: readonly unknown[] }>;
}

/** Makes a project with a stack `test`, configured for a simulator. */
export async function pluginProject(simulator: Simulator): Promise<PluginProject> {
  const project = await projectFolder();
  const { folder, env } = project;
  const plugin = join(folder, "plugin");
  const started = join(plugin, "started");
  const launcher = join(plugin, "pulumi-resource-computenest");
  await mkdir(plugin);
  const script = `echo $$ >> "${started}"\nexec "${process.execPath}" "${main}" "$@"`;
  await writeFile(launcher, `#!/bin/sh\n${script}\n`);
  await chmod(launcher, 0o755);
  await writeFile(started, "");
  const plugins = async () => {
    const lines = (await readFile(started, "utf8")).split("\n");
    return lines.filter((line) => line !== "").map(Number);
  };
  const stateText = () =>
    readFile(join(folder, "..", "state", ".pulumi", "stacks", "gate", "test.json"), "utf8");
  const write = async (program: object) => {
    const plugins = { providers: [{ name: "computenest", path: "./plugin" }] };
    const text = JSON.stringify({ name: "gate", runtime: "yaml", plugins, ...program });
    await writeFile(join(folder, "Pulumi.yaml"), text);
  };
  await write({});
  await project.pulumi("stack", "init", "test");
  const config = {
    "computenest:endpoint": simulator.url,
    "computenest:accessKey": simulator.accessKeyId,
    "computenest:secretKey": simulator.accessKeySecret,
  };
  const lines = Object.entries(config).map(([key, value]) => `  ${key}: ${value}\n`);
  await writeFile(join(folder, "Pulumi.test.yaml"), `config:\n${lines.join("")}`, { flag: "a" });
  return {
    ...project,
    write,
    start(...args) {
      const child = spawn("pulumi", [...args, "--non-interactive"], {
        cwd: folder,
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let shown = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => (shown += chunk.toString()));
      }
      const pid = child.pid ?? NaN;
      const limit = setTimeout(() => {
        process.kill(-pid, "SIGKILL");
      }, longestRunMs);
      const ended = once(child, "close").then(([code]) => {
        clearTimeout(limit);
        return { code: code as number | null, shown };
      });
      return { pid, ended };
    },
    plugins,
    stateText,
    async state() {
      const { latest } = (JSON.parse(await stateText()) as Saved).checkpoint;
      return {
        names: (latest?.resources ?? []).map(({ urn }) => urn.split("::").at(-1) ?? "").sort(),
        pending: latest?.pending_operations ?? [],
      };
    },
    async [Symbol.asyncDispose]() {
      // None is left, unless a test has failed.
      for (const pid of (await plugins()).filter(isAlive)) process.kill(pid, "SIGKILL");
      await project[Symbol.asyncDispose]();
    },
  };
}
