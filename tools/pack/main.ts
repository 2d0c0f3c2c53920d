// `npm run pack:plugin`: the plugin for machines without npm. Prints where the tarball is.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { bundlePlugin } from "./bundle";
import { tarball, type Entry } from "./tarball";

const repository = resolve(__dirname, "..", "..");
const launcher = "pulumi-resource-computenest";

function fileOf(...path: string[]): Promise<string> {
  return readFile(join(repository, ...path), "utf8");
}

/** Writes the tarball to a folder, and gives its path. */
export async function packPlugin(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await fileOf("package.json")) as Record<
    "name" | "version" | "license",
    string
  >;
  const { code, licenses } = await bundlePlugin();
  // Without PulumiPlugin.yaml: for its sake Pulumi would look for npm, and install what is in here.
  const entries: Entry[] = [
    { name: launcher, content: await fileOf("plugin", launcher), isExecutable: true },
    { name: `${launcher}.cmd`, content: await fileOf("plugin", `${launcher}.cmd`) },
    ...Array.from(code, ([file, content]) => ({ name: file, content })),
    // Its type keeps Node from asking a package.json further up what kind of modules these are.
    { name: "package.json", content: JSON.stringify({ name, version, license, type: "commonjs" }) },
    { name: "schema.json", content: await fileOf("schema.json") },
    { name: "LICENSE", content: await fileOf("LICENSE") },
    { name: "LICENSES-OF-LIBRARIES.txt", content: licenses },
  ];
  const path = join(folder, `${launcher}-v${version}-anyplatform.tar.gz`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, await tarball(entries));
  return path;
}

async function main(): Promise<void> {
  const path = await packPlugin(join(repository, "dist"));
  process.stdout.write(`${relative(process.cwd(), path)}\n`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
}
