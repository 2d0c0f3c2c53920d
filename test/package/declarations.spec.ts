import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { repository } from "../support/packed";

/** The packages that a declaration file and all that it builds on are made of. */
async function packagesBehind(entry: string): Promise<string[]> {
  const seen = new Set<string>();
  const packages = new Set<string>();
  async function visit(file: string): Promise<void> {
    if (seen.has(file)) return;
    seen.add(file);
    const { importedFiles } = ts.preProcessFile(await readFile(file, "utf8"));
    for (const { fileName } of importedFiles) {
      if (!fileName.startsWith(".")) packages.add(fileName);
      else await visit(`${resolve(dirname(file), fileName)}.d.ts`);
    }
  }
  await visit(join(repository, "bin", entry));
  return [...packages];
}

describe("the declarations that users' compilers read", () => {
  it("build on Pulumi's SDK alone", async () => {
    assert.deepEqual(await packagesBehind("provider/index.d.ts"), ["@pulumi/pulumi"]);
  });

  it("of the simulator build on Node alone", async () => {
    assert.deepEqual(await packagesBehind("simulator/index.d.ts"), ["node:http"]);
  });
});
