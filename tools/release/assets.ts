// `npm run release:assets`: what a release has for machines without npm. Pulumi asks for a tarball of
// its own platform's name; the code in them is the same.

import { createHash } from "node:crypto";
import { copyFile, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { packPlugin } from "../pack/main";

const repository = resolve(__dirname, "..", "..");

/** The platforms of Pulumi's CLI, as it names them. */
const platforms = [
  "darwin-amd64",
  "darwin-arm64",
  "linux-amd64",
  "linux-arm64",
  "windows-amd64",
  "windows-arm64",
];

/** Writes all that belongs to a release into an empty folder, with checksums as `sha256sum -c` reads. */
export async function writeAssets(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const tarball = await packPlugin(folder);
  for (const platform of platforms) {
    const name = basename(tarball).replace("anyplatform", platform);
    await copyFile(tarball, join(folder, name));
  }
  await copyFile(join(repository, "schema.json"), join(folder, "schema.json"));
  const lines = (await readdir(folder)).sort().map(async (name) => {
    const content = await readFile(join(folder, name));
    return `${createHash("sha256").update(content).digest("hex")}  ${name}\n`;
  });
  await writeFile(join(folder, "SHA256SUMS"), (await Promise.all(lines)).join(""));
}

if (require.main === module) {
  writeAssets(join(repository, "dist")).catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
}
