import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { EngineError } from "./engineError";
import { pulumiIn, readUsableVersion, type PulumiCli } from "./pulumiCli";
import { findOnPath, isExecutable } from "./searchPath";

/** The CLI under the root the user named in PULUMI_ROOT; a wrong one is an error, not a miss. */
export async function explicitCli(
  setting: string,
  environment: NodeJS.ProcessEnv,
): Promise<PulumiCli> {
  const root = resolve(setting);
  const advice = "Let it name the directory that holds bin/pulumi, or unset it.";
  const command = pulumiIn(root);
  if (!(await isExecutable(command))) {
    throw new EngineError(
      `PULUMI_ROOT is ${setting}, but ${command} is no executable file. ${advice}`,
    );
  }
  try {
    return { root, version: await readUsableVersion(command, environment), origin: "explicit" };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError(`PULUMI_ROOT is ${setting}, but ${error.message}. ${advice}`);
  }
}

/** The first usable CLI on PATH; the EngineError otherwise thrown tells about each one seen. */
export async function cliOnPath(environment: NodeJS.ProcessEnv): Promise<PulumiCli> {
  const reasons: string[] = [];
  for (const command of await findOnPath("pulumi", environment)) {
    try {
      const root = await rootOf(command);
      return { root, version: await readUsableVersion(command, environment), origin: "path" };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new EngineError(reasons.length === 0 ? "no pulumi there" : reasons.join("; "));
}

async function rootOf(command: string): Promise<string> {
  // The npm package "pulumi" downloads a CLI on its first call, whatever the call is.
  if (basename(dirname(command)) === ".bin") {
    throw new EngineError(`${command} is npm's wrapper, which may download instead of answering`);
  }
  for (const path of [command, await realpath(command)]) {
    const root = dirname(dirname(path));
    if (path === pulumiIn(root)) return root;
  }
  // The Automation API takes a root and appends bin/pulumi.
  const expected = join("bin", basename(command));
  throw new EngineError(
    `${command} is not in a directory called bin, so no root leads to ${expected}`,
  );
}
