import { build, type Metafile } from "esbuild";
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "..", "..");

/** The plugin in one file, and the terms of all that is in it. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly licenses: string;
}

/** The folders of the libraries a bundle holds, in alphabetical order. */
function librariesIn({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

async function licenseOf(library: string): Promise<string> {
  const folder = join(repository, library);
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  ) as { name: string; version: string; license?: string };
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)\b/i.test(file));
  const texts = files.sort().map((file) => readFile(join(folder, file), "utf8"));
  const title = `${name} ${version} (${license ?? "see below"})`;
  return [title, ...(await Promise.all(texts))].map((text) => text.trim()).join("\n\n");
}

/** Bundles the plugin. */
export async function bundlePlugin(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: repository,
    entryPoints: ["provider/plugin/main.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: "node20.19",
    // What is loaded late stays so: `require` of a part of the bundle runs it when it is called.
    format: "cjs",
    legalComments: "none",
    // Error classes are known by their names.
    keepNames: true,
    logLevel: "warning",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild made nothing of provider/plugin/main.ts.");
  const licenses = await Promise.all(librariesIn(metafile).map(licenseOf));
  return { code: output.contents, licenses: `${licenses.join(`\n\n${"-".repeat(80)}\n\n`)}\n` };
}
