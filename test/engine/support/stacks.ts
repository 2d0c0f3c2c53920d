// Stacks of the real engine: inline programs and programs on disk, each in a folder of its own with a
// file backend. Nothing of the developer's Pulumi, account or environment takes part.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import "./ownConnections";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { engineEnvironment, getEngine, type Engine } from "../../../tools/engine/engine";
import { streamReporter } from "../../../tools/engine/progress";
import type { Simulator } from "../../../simulator";

/** The folder of this package's plugin. */
const pluginFolder = resolve(__dirname, "..", "..", "..", "plugin");

let engine: Promise<Engine> | undefined;

/** The Pulumi CLI; got the first time, which may take minutes where none is installed. */
export function theEngine(): Promise<Engine> {
  engine ??= getEngine(streamReporter(process.stderr));
  return engine;
}

/** A stack that removes itself and its folder. */
export interface TestStack extends AsyncDisposable {
  readonly stack: Stack;
}

/** Config of a stack that asks the simulator; the key is marked secret as a user's would be. */
export function simulatorConfig({ url, accessKeyId, accessKeySecret }: Simulator) {
  return {
    "alicloud:region": { value: "cn-hangzhou" },
    "alicloud:accessKey": { value: accessKeyId, secret: true },
    "alicloud:secretKey": { value: accessKeySecret, secret: true },
    "computenest:endpoint": { value: url },
  };
}

const quiet = /^(ALICLOUD_|ALIBABA_?CLOUD_|COMPUTENEST_|PULUMI_)/;

/** Environment for the CLI: the file backend, and none of the user's own settings. */
export async function cliEnvironment(folder: string): Promise<Record<string, string>> {
  const cleared = Object.keys(process.env).filter((name) => quiet.test(name));
  return {
    ...Object.fromEntries(cleared.map((name) => [name, ""])),
    ...engineEnvironment(await theEngine()),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    // Programs run what is compiled; counting how much of it would cost time, and tell nothing.
    NODE_V8_COVERAGE: "",
  };
}

/** An empty folder with a state directory in it. */
export async function stackFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "computenest-engine-"));
  await Promise.all(["home", "state", "work"].map((name) => mkdir(join(folder, name))));
  return folder;
}

/** A stack whose program is a function of this process. */
export async function inlineStack(
  program: () => object | Promise<object>,
  config: Parameters<Stack["setAllConfig"]>[0],
): Promise<TestStack> {
  const folder = await stackFolder();
  const { root } = await theEngine();
  const projectSettings = {
    name: "inline",
    runtime: "nodejs" as const,
    // Programs that use it find this package's plugin; to others it makes no difference.
    plugins: { providers: [{ name: "computenest", path: pluginFolder }] },
  };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "inline", program: async () => program() },
    {
      workDir: join(folder, "work"),
      pulumiCommand: await PulumiCommand.get({ root }),
      pulumiHome: join(folder, "home"),
      projectSettings,
      envVars: await cliEnvironment(folder),
    },
  );
  await stack.setAllConfig(config);
  return {
    stack,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What the terminal shows of a run that fails. */
export async function failureOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The run did not fail.");
}
