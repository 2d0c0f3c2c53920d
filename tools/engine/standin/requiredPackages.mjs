import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { language, plugin } from "./sdk.mjs";

/**
 * The plugins the engine has to load before the program runs: one for each package with
 * `"pulumi": { "resource": true }`. The real host walks node_modules to the bottom; what the
 * tests are after (a package wrongly marked, a plugin not found) shows at the top level.
 */
export async function requiredPackages(info) {
  const directories = await packagesIn(join(info.getProgramDirectory(), "node_modules"));
  const manifests = await Promise.all(directories.map(readManifest));
  const needed = manifests.filter((manifest) => manifest?.pulumi?.resource === true);
  return new language.GetRequiredPackagesResponse().setPackagesList(needed.map(toDependency));
}

async function packagesIn(nodeModules) {
  const names = await entriesOf(nodeModules);
  const scoped = names
    .filter((name) => name.startsWith("@"))
    .map(async (scope) => {
      const members = await entriesOf(join(nodeModules, scope));
      return members.map((name) => join(nodeModules, scope, name));
    });
  const plain = names.filter((name) => !/^[@.]/.test(name)).map((name) => join(nodeModules, name));
  return [...plain, ...(await Promise.all(scoped)).flat()];
}

function entriesOf(directory) {
  // A program without packages has no such directory; cmd/run will say what is missing.
  return readdir(directory).catch(() => []);
}

async function readManifest(directory) {
  try {
    return JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
  } catch {
    // Not a package, or not one that could ask for a plugin.
    return undefined;
  }
}

function toDependency({ name, version, pulumi }) {
  return new plugin.PackageDependency()
    .setName(pulumi.name ?? name.replace(/^@pulumi\//, "").replace(/^@/, ""))
    .setKind("resource")
    .setVersion(`v${(pulumi.version ?? version).replace(/^v/, "")}`);
}
