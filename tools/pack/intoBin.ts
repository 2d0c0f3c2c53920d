// The last part of `npm run build`: the plugin in a few files, for the launcher in plugin/. Starting it
// from the compiled files would read some hundred.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bundlePlugin } from "./bundle";

/** Where the npm package has its bundled plugin. */
export const bundleFolder = resolve(__dirname, "..", "..", "bin", "plugin");

async function main(): Promise<void> {
  const { code, licenses } = await bundlePlugin();
  await rm(bundleFolder, { recursive: true, force: true });
  await mkdir(bundleFolder, { recursive: true });
  for (const [name, content] of code) await writeFile(join(bundleFolder, name), content);
  await writeFile(join(bundleFolder, "LICENSES-OF-LIBRARIES.txt"), licenses);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
}
