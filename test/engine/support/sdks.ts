// The SDKs that Pulumi's own generators make of schema.json.

import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { holdsProgram } from "../../../tools/engine/searchPath";
import type { Ended, Project } from "./projects";
import { theEngine } from "./stacks";

const repository = resolve(__dirname, "..", "..", "..");
const modules = join(repository, "node_modules");
const languages = ["nodejs", "python", "go"] as const;

/** What an SDK is generated for. */
export type Language = (typeof languages)[number];

/** The folder of each SDK. */
export type Sdks = Readonly<Record<Language, string>>;

/** Throws with all that a command printed, unless it went well and (but for `mayTalk`) silently. */
export function assertQuiet({ code, stdout, stderr }: Ended, mayTalk = false): void {
  const printed = `${stdout}${stderr}`;
  if (code !== 0 || (printed !== "" && !mayTalk)) throw new Error(printed);
}

/** Generates the SDKs into the folder of a project. */
export async function generateSdks({ folder, run, pulumi }: Project): Promise<Sdks> {
  const schema = join(repository, "schema.json");
  const out = join(folder, "sdk");
  if (await holdsProgram(join((await theEngine()).root, "bin"), "sdkgen")) {
    assertQuiet(await run("sdkgen", [schema, out]));
  } else {
    // A release has the same generators in its language hosts, and says where it wrote to.
    for (const language of languages) {
      const args = ["gen-sdk", schema, "--language", language, "--out", out];
      assertQuiet(await pulumi("package", ...args), true);
    }
  }
  return { nodejs: join(out, "nodejs"), python: join(out, "python"), go: join(out, "go") };
}

/** Compiles the SDK for Node as its publisher would, and gives the folder that would be published. */
export async function compileNodeSdk({ run }: Project, sdk: string): Promise<string> {
  await symlink(modules, join(sdk, "node_modules"), "junction");
  assertQuiet(await typeScript(run, "--project", sdk));
  const published = join(sdk, "bin");
  await cp(join(sdk, "package.json"), join(published, "package.json"));
  return published;
}

/** Runs the compiler of this repository. */
export function typeScript(run: Project["run"], ...args: string[]): Promise<Ended> {
  return run(process.execPath, [join(modules, "typescript", "bin", "tsc"), ...args]);
}

/** As after `npm install` of an SDK that was published from this folder, beside the plugin. */
export async function installNodeSdk({ folder }: Project, published: string): Promise<void> {
  const installed = join(folder, "node_modules");
  await symlink(published, join(installed, "pulumi-computenest-sdk"), "junction");
  for (const needed of ["@pulumi", "@types", "typescript", "ts-node"]) {
    await symlink(join(modules, needed), join(installed, needed), "junction");
  }
}

/** The packages that the SDK for Python says it needs, and those to install it with. */
export async function pythonRequirements(sdk: string): Promise<string> {
  const text = await readFile(join(sdk, "pyproject.toml"), "utf8");
  const listed = /^\s*dependencies = (\[.*\])$/m.exec(text)?.[1];
  // pyproject.toml asks for an older one, which would need the package `wheel` as well.
  const needed = [...(JSON.parse(listed ?? "[]") as string[]), "setuptools>=70.1"];
  const file = join(sdk, "requirements.txt");
  await writeFile(file, `${needed.join("\n")}\n`);
  return file;
}

/** Installs the SDK for Python where `project` finds it; everything it needs is there already. */
export async function installPythonSdk(
  { folder, env, run }: Project,
  python: string,
  sdk: string,
): Promise<string> {
  const target = join(folder, "site-packages");
  const offline = ["--no-index", "--no-deps", "--no-build-isolation"];
  const quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-compile"];
  assertQuiet(await run(python, ["-m", "pip", "install", ...quiet, ...offline, "-t", target, sdk]));
  env["PYTHONPATH"] = target;
  return join(target, "pulumi_computenest");
}

/**
 * Compiles the SDK for Go and all that is in its folder. As a module with the requirements of the
 * engine, and with its flags: where the engine was built, little is left to download and compile.
 */
export async function buildGoSdk({ run }: Project, sdk: string): Promise<Ended> {
  const engine = join(repository, "tools", "engine");
  const requirements = await readFile(join(engine, "go.mod"), "utf8");
  const own = requirements
    .replace(/^module .*$/m, "module example.com/pulumi-computenest/sdk/go")
    .replace(/^tool \([^)]*\)$/m, "");
  await writeFile(join(sdk, "go.mod"), own);
  await cp(join(engine, "go.sum"), join(sdk, "go.sum"));
  const flags = ["-mod=mod", "-trimpath", "-buildvcs=false", "-tags", "osusergo,grpcnotrace"];
  return run("go", ["-C", sdk, "build", ...flags, "./..."], { GOWORK: "off" });
}
