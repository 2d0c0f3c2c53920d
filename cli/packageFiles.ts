// What the package brings along besides code.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The text of a file of the package. */
export function packageFile(...path: readonly string[]): string {
  // By the package's own name: the path to it differs between the source and what is compiled.
  const root = dirname(require.resolve("pulumi-computenest/package.json"));
  return readFileSync(join(root, ...path), "utf8");
}

/** The version of the package. */
export function packageVersion(): string {
  return (JSON.parse(packageFile("package.json")) as { version: string }).version;
}
