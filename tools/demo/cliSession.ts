import { spawn, type ChildProcess } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Simulator } from "../../simulator";
import { engineEnvironment, type Engine } from "../engine/engine";

const repository = resolve(__dirname, "..", "..");

/** The Pulumi CLI on a project of its own, in a folder that is gone afterwards. */
export interface CliSession {
  /** Runs a command and lets the user see what it prints. */
  show(...args: string[]): Promise<void>;
  /** Runs a command and returns what it prints. */
  quietly(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

/** The root's project, in a folder of its own: a stack's settings are written beside Pulumi.yaml. */
async function makeProject(folder: string): Promise<void> {
  await Promise.all(["home", "state", "examples"].map((name) => mkdir(join(folder, name))));
  await copyFile(join(repository, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  for (const name of [join("examples", "backup-ids"), "node_modules"]) {
    await symlink(join(repository, name), join(folder, name), "junction");
  }
}

function environment(engine: Engine, simulator: Simulator, folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    // The user's own account and stacks have no part in the demo.
    ([name]) => !/^(ALICLOUD_|ALIBABA_?CLOUD_|PULUMI_)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    ...engineEnvironment(engine),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    // The example's types are checked by `npm test`; here they would only cost time.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    COMPUTENEST_ENDPOINT: simulator.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: simulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: simulator.accessKeySecret,
  };
}

/** Waits for the end of a command; when the signal comes, passes Ctrl-C on to it and waits still. */
async function ended(child: ChildProcess, signal: AbortSignal): Promise<number | null> {
  const interrupt = () => child.kill("SIGINT");
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    return await new Promise<number | null>((done, fail) => {
      child.on("error", fail);
      child.on("close", done);
    });
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/** Opens a session of `engine` against the simulator. */
export async function cliSession(
  engine: Engine,
  simulator: Simulator,
  signal: AbortSignal,
): Promise<CliSession> {
  const folder = await mkdtemp(join(tmpdir(), "computenest-demo-"));
  await makeProject(folder);
  const env = environment(engine, simulator, folder);
  const program = join(engine.root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");

  async function run(args: readonly string[], output: "inherit" | "pipe"): Promise<string> {
    signal.throwIfAborted();
    // In a group of its own: Ctrl-C in a terminal reaches everyone in the group, and a CLI that is
    // told twice gives up on cleaning up.
    const child = spawn(program, ["--non-interactive", ...args], {
      cwd: folder,
      env,
      stdio: ["ignore", output, output],
      detached: true,
    });
    const printed: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk));
    const errors: Buffer[] = [];
    child.stderr?.on("data", (chunk: Buffer) => errors.push(chunk));
    const code = await ended(child, signal);
    signal.throwIfAborted();
    if (code === 0) return Buffer.concat(printed).toString("utf8");
    const reason = Buffer.concat([...printed, ...errors]).toString("utf8");
    throw new Error(`pulumi ${args.join(" ")} failed (exit ${String(code)}). ${reason}`.trim());
  }

  return {
    show: async (...args) => {
      await run(args, "inherit");
    },
    quietly: (...args) => run(args, "pipe"),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
