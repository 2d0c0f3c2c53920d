import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { readFile, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

const repository = resolve(__dirname, "..", "..");

/**
 * The files of code: Node reads a whole file before it runs any of it, and the engine waits for the
 * first, a user for the third. They load others when they are needed; the last two have the classes that
 * all of them share.
 */
const parts: Readonly<Record<string, string>> = {
  main: "provider/plugin/main.ts",
  configuration: "provider/plugin/configuration.ts",
  core: "provider/plugin/core.ts",
  allOfUndici: "provider/client/allOfUndici.ts",
  openApiTransport: "provider/client/openApiTransport.ts",
  providerOf: "provider/client/providerOf.ts",
  errors: "provider/errors.ts",
  transport: "provider/client/transport.ts",
};

/** A few files, by name, and the terms of all libraries that are in them. */
export interface Bundle {
  readonly code: ReadonlyMap<string, Uint8Array>;
  readonly licenses: string;
}

/** Leaves the other parts out of each part. */
const apart: Plugin = {
  name: "apart",
  setup(pluginBuild) {
    const names = new Map(
      Object.entries(parts).map(([name, source]) => [join(repository, source), name]),
    );
    pluginBuild.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
      const name = names.get(`${resolve(resolveDir, path)}.ts`);
      return name === undefined ? undefined : { path: `./${name}.js`, external: true };
    });
  },
};

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

async function bundle(options: Pick<BuildOptions, "entryPoints" | "plugins">): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: repository,
    outdir: repository,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    // Less to read; names stay, for errors that nobody expected.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    // Error classes are known by their names.
    keepNames: true,
    logLevel: "warning",
  });
  const code = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  const licenses = await Promise.all(librariesIn(metafile).map(licenseOf));
  return { code, licenses: `${licenses.join(`\n\n${"-".repeat(80)}\n\n`)}\n` };
}

/** Bundles the plugin. */
export function bundlePlugin(): Promise<Bundle> {
  return bundle({ entryPoints: parts, plugins: [apart] });
}

/** Bundles what is used of zod: a file that takes the place of provider/zod.ts. */
export function bundleZod(): Promise<Bundle> {
  return bundle({ entryPoints: { zod: "provider/zod.ts" } });
}
