import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { EngineError } from "./engineError";
import { pinnedVersion, pulumiIn, readVersion, type PulumiCli } from "./pulumiCli";
import { holdsProgram } from "./searchPath";

/** Where the pinned CLI is kept: shared by every clone of the repository. */
export function cachedRoot(environment: NodeJS.ProcessEnv): string {
  const home =
    environment["COMPUTENEST_ENGINE_HOME"] ||
    join(
      environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"),
      "pulumi-computenest",
      "engine",
    );
  // The layout of ~/.pulumi/versions, so that PulumiCommand finds it by root and version as well.
  return resolve(home, "versions", pinnedVersion);
}

/** The CLI kept from an earlier run; an EngineError tells what is missing or wrong. */
export async function cachedCli(environment: NodeJS.ProcessEnv): Promise<PulumiCli> {
  return completeCli(cachedRoot(environment), "cached", environment);
}

/** Checks that `root` holds all that a release or a build consists of, in the pinned version. */
export async function completeCli(
  root: string,
  origin: PulumiCli["origin"],
  environment: NodeJS.ProcessEnv,
): Promise<PulumiCli> {
  const holds = (name: string) => holdsProgram(join(root, "bin"), name);
  if (!(await holds("pulumi"))) throw new EngineError("nothing there");
  // A release brings a host for Node; a build brings sdkgen in place of the hosts' generators.
  const last = (await holds("pulumi-language-nodejs")) ? [] : ["sdkgen"];
  for (const name of ["pulumi-language-yaml", ...last]) {
    if (!(await holds(name))) throw new EngineError(`incomplete, ${name} is missing`);
  }
  const version = await readVersion(pulumiIn(root), environment);
  if (version !== pinnedVersion) throw new EngineError(`holds ${version} under that name`);
  return { root, version, origin };
}
