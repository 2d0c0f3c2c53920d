import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { bundleZod } from "../tools/pack/bundle";
import { writeBundle } from "../tools/pack/intoBin";

const root = join(__dirname, "..");

/** Where the benchmark keeps what can be made again. */
export const cacheFolder = join(root, "node_modules", ".cache", "pulumi-computenest-bench");

async function compilePackage(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  const compiler = require.resolve("typescript/bin/tsc");
  const options = [
    ["--outDir", join(folder, "bin")],
    ["--tsBuildInfoFile", join(folder, "tsbuildinfo")],
    ["--declaration", "false"],
    // Types are the build's business; the benchmark has to run while someone is in the middle of it.
    ["--noCheck"],
  ].flat();
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, "-p", join(root, "tsconfig.build.json"), ...options],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`The package does not compile:\n${stdout}`);
  await writeBundle(join(folder, "bin", "provider"), await bundleZod());
}

function compileSubjects(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const source = join(__dirname, "subjects");
  const compilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.CommonJS,
    esModuleInterop: true,
  };
  for (const name of readdirSync(source)) {
    const text = readFileSync(join(source, name), "utf8");
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    writeFileSync(join(folder, name.replace(/\.ts$/, ".js")), outputText);
  }
}

/**
 * Compiles the package and the subjects to plain JavaScript, the package as if it were installed
 * beside them. Not into bin/: a build by someone else must not change what is being measured.
 */
export async function build(): Promise<{ readonly folder: string; readonly subjects: string }> {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, "build-"));
  const subjects = join(folder, "subjects");
  await compilePackage(join(folder, "node_modules", "pulumi-computenest"));
  compileSubjects(subjects);
  return { folder, subjects };
}
