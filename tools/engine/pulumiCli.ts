import { join } from "node:path";
import { EngineError } from "./engineError";
import { runInGroup } from "./processGroup";
import type { Reporter } from "./progress";

/** How a CLI came to be used. */
export type Origin = "explicit" | "path" | "cached" | "release" | "built";

/** A Pulumi CLI that answered `pulumi version`. */
export interface PulumiCli {
  /** The directory that holds `bin/pulumi`. */
  readonly root: string;
  readonly version: string;
  readonly origin: Origin;
}

/** What is handed to whatever makes a CLI. */
export interface MakeOptions extends Reporter {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** The version that is downloaded or built: the one go.mod pins. */
export const pinnedVersion = "3.259.0";

/** The oldest version taken from the user: the lower end of package.json's peer range. */
export const oldestVersion = "3.206.0";

// `pulumi version` takes under half a second; a minute-long answer means a wrapper that downloads.
const answerMs = 20_000;

/** The path of the CLI under `root`. */
export function pulumiIn(root: string): string {
  return join(root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
}

/** The version `command` reports; an EngineError tells why there is none. */
export async function readVersion(
  command: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const lines: string[] = [];
  const ending = await runInGroup(command, ["version"], {
    environment: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    signal: AbortSignal.timeout(answerMs),
    onLine: (line) => lines.push(line),
  }).catch((error: unknown) => {
    if (!(error instanceof DOMException)) throw error;
    throw new EngineError(`${command} gave no version within ${answerMs / 1000} s`);
  });
  if (ending !== 0) {
    throw new EngineError(`"${command} version" ended with ${ending}${quoted(lines.at(-1))}`);
  }
  const version = lines
    .map((line) => /^v?(\d+\.\d+\.\d+\S*)$/.exec(line.trim())?.[1])
    .find(Boolean);
  if (version === undefined) {
    throw new EngineError(`"${command} version" printed no version${quoted(lines.at(-1))}`);
  }
  return version;
}

/** Reads the version of a CLI of the user's and refuses one that is too old or of another era. */
export async function readUsableVersion(
  command: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const version = await readVersion(command, environment);
  if (!isUsable(version)) {
    throw new EngineError(
      `${command} is Pulumi ${version}; 3.x from ${oldestVersion} on is needed`,
    );
  }
  return version;
}

/** @internal The Automation API refuses another major version, so 4.0.0 is not "newer". */
export function isUsable(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestVersion.split(".").map(Number);
  return major === oldestMajor && minor >= oldestMinor;
}

function quoted(line: string | undefined): string {
  return line === undefined ? "" : `: ${line.trim()}`;
}
