// The command as a process of its own, with nothing of this one's settings.

import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { emptyHome } from "../support/folder";
import type { Service } from "../support/service";

const repository = join(__dirname, "..", "..");
const compiler = require.resolve("typescript/bin/tsc");

/** The command, compiled: what npm links to. */
export const command = join(repository, "bin", "cli", "main.js");

/** Makes sure that what runs is what is in the source. */
export async function assertBuilt(): Promise<void> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [compiler, "--build", "--dry", "tsconfig.build.json"],
    { cwd: repository },
  );
  assert.match(stdout, /is up to date/, "bin/ is stale: npm run build");
}

/** The environment of a user who has set up this service and nothing else. */
export async function environmentOf(service?: Service): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: process.env["PATH"],
    HOME: await emptyHome(),
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    ALICLOUD_REGION: "cn-hangzhou",
    MAX_RETRY_TIMEOUT: "1",
    ...(service && {
      COMPUTENEST_ENDPOINT: service.url,
      ALICLOUD_ACCESS_KEY: service.accessKeyId,
      ALICLOUD_SECRET_KEY: service.accessKeySecret,
    }),
  };
}

/** How a process ended, and what it wrote. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits for a process to end. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, stdout, stderr };
}

/** Starts the command. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [command, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs the command against a service, in an environment with these variables besides. */
export async function run(
  args: readonly string[],
  service?: Service,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return ended(start(args, { ...(await environmentOf(service)), ...env }));
}

/** Runs the command in a terminal; both of its outputs are what the terminal shows. */
export async function runInTerminal(
  args: string,
  service: Service,
  columns = 80,
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const line = `stty cols ${columns}; exec "${process.execPath}" "${command}" ${args}`;
  const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    env: {
      ...(await environmentOf(service)),
      TERM: "xterm-256color",
      SHELL: "/bin/sh",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { stdout, ...rest } = await ended(child);
  return { ...rest, stdout: stdout.replaceAll("\r\n", "\n") };
}
