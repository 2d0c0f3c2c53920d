// What comes along with the package: every version fixed, every licence one that its users can accept.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repository } from "../support/packed";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

async function locked(): Promise<[string, Locked][]> {
  const text = await readFile(join(repository, "package-lock.json"), "utf8");
  const { packages } = JSON.parse(text) as { packages: Record<string, Locked> };
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, entry]) => [path.replace(/^.*node_modules\//, ""), entry]);
}

describe("package-lock.json", () => {
  it("has one version of each package, and what its content must be", async () => {
    const loose = (await locked()).filter(
      ([, { version = "", integrity = "" }]) =>
        !/^\d+\.\d+\.\d+/.test(version) || !integrity.startsWith("sha512-"),
    );

    assert.deepEqual(loose, []);
  });

  it("names no registry: whoever installs has their own", async () => {
    const named = (await locked()).filter(([, { resolved }]) => resolved !== undefined);

    assert.deepEqual(named, []);
  });

  it("has no install script that the package needs", async () => {
    const scripts = (await locked())
      .filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev)
      .map(([name]) => name);

    // protobufjs only looks at version ranges; test/engine/package.spec.ts installs without scripts.
    assert.deepEqual(scripts, ["protobufjs"]);
  });
});

/** Licences that ask for nothing but their own text. */
const allowed: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
]);

/** `google-protobuf: (BSD-3-Clause AND Apache-2.0)`: all of them have to be accepted. */
function termsOf(line: string): string[] {
  return line
    .replace(/^.*?: /, "")
    .replaceAll(/[()]/g, "")
    .split(" AND ");
}

describe("the licences of what the package needs", () => {
  it("ask for nothing but their own text", async () => {
    const needed = (await locked()).filter(([, { dev }]) => !dev);

    assert.ok(needed.length > 40);
    assert.deepEqual(
      needed
        .map(([name, { license = "none" }]) => `${name}: ${license}`)
        .filter((line) => !termsOf(line).every((term) => allowed.has(term))),
      [],
    );
  });
});
