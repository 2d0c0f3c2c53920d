// The last part of `npm run build`: in one file each, or a few, what would take long to load from the
// compiled files: the plugin, for the launcher in plugin/, and what is used of zod.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bundlePlugin, bundleZod, type Bundle } from "./bundle";

const bin = resolve(__dirname, "..", "..", "bin");

/** Where the npm package has its bundled plugin. */
export const bundleFolder = join(bin, "plugin");

/** Writes files, and the terms of the libraries in them. */
export async function writeBundle(folder: string, { code, licenses }: Bundle): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of code) await writeFile(join(folder, name), content);
  await writeFile(join(folder, "LICENSES-OF-LIBRARIES.txt"), licenses);
}

async function main(): Promise<void> {
  await rm(bundleFolder, { recursive: true, force: true });
  await writeBundle(bundleFolder, await bundlePlugin());
  await writeBundle(join(bin, "provider"), await bundleZod());
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
}
