// What tools of the field say of the package, before its users do.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/commands";
import { pack, repository } from "../support/packed";

const tool = (...path: string[]) => join(repository, "node_modules", ...path);
const node = (...args: string[]) => run(repository, process.execPath, args);

describe("the package, to the tools of the field,", function () {
  this.timeout(120_000);
  let folder: string;
  let tarball: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-linters-"));
    ({ tarball } = await pack(folder));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("keeps the rules of publishing (publint)", async () => {
    const said = await node(tool("publint", "src", "cli.js"), "run", tarball, "--strict");

    assert.match(said, /All good!/);
  });

  it("has types that every kind of program finds (are the types wrong?)", async () => {
    const cli = tool("@arethetypeswrong", "cli", "dist", "index.js");

    const { problems } = JSON.parse(await node(cli, "--format", "json", tarball)) as {
      problems: object;
    };

    assert.deepEqual(problems, {});
  });

  it("has no file, export or dependency that nothing uses (knip)", async () => {
    assert.equal(await node(tool("knip", "bin", "knip.js"), "--no-progress"), "");
  });
});
