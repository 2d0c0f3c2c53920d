import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { read, repository } from "./markdown";

const examples = readdirSync(join(repository, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe("the gallery of examples", () => {
  const specs = readdirSync(join(repository, "test", "engine"))
    .filter((name) => name.endsWith(".spec.ts"))
    .map((name) => readFileSync(join(repository, "test", "engine", name), "utf8"));

  for (const name of examples) {
    it(`tells of ${name} in one line, with a command`, () => {
      const rows = read("examples/README.md").split("\n");

      const [row = "", ...others] = rows.filter((text) => text.startsWith(`| [${name}](${name}/)`));

      assert.deepEqual(others, []);
      assert.match(row, /^\| \S+ +\| \S.* +\| `.+` +\|$/);
    });

    it(`has a test that runs ${name}`, () => {
      assert.ok(specs.some((text) => text.includes(`"${name}"`)));
    });
  }
});
