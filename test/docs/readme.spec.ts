import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { renderReadme } from "../../tools/docs/readme";

describe("README.md", function () {
  this.timeout(60_000);

  it("has the reference tables that the docstrings give (npm run docs)", async () => {
    const written = await readFile(resolve(__dirname, "..", "..", "README.md"), "utf8");

    assert.equal(written, await renderReadme());
  });
});
