import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { documents, render, repository } from "../../tools/docs/documents";
import { chinese, translationsFile } from "../../tools/docs/language";
import { proseOf } from "./markdown";

/** What a document is made of, whatever language it is written in. */
function structureOf(document: string): string[] {
  const parts = proseOf(document).matchAll(/^(#+ |- |<!-- .* -->)/gm);
  return Array.from(parts, ([part]) => part);
}

describe("the documents", function () {
  this.timeout(60_000);

  for (const [document, language] of Object.entries(documents)) {
    it(`${document} has the tables, programs and output that are true now (npm run docs)`, async () => {
      const written = await readFile(join(repository, document), "utf8");

      assert.equal(written, await render(document, language()));
    });
  }

  it("say in Chinese as much as in English: README has the same sections, lists and tables", () => {
    assert.deepEqual(structureOf("README.zh-CN.md"), structureOf("README.md"));
  });

  it("have a Chinese text for every English one, and none that is out of date", async () => {
    const words = chinese();
    await render("README.zh-CN.md", words);

    const outOfDate = { missing: [...words.missing], unused: words.unused() };
    assert.deepEqual(outOfDate, { missing: [], unused: [] }, translationsFile);
  });
});
