import assert from "node:assert/strict";
import * as undici from "undici";
import * as parts from "../../provider/client/undiciParts";

describe("the parts of undici", () => {
  const { partOf, ...loaded } = parts;

  it("are those of its entry", () => {
    for (const [name, part] of Object.entries(loaded)) {
      assert.equal(part, undici[name as keyof typeof undici], name);
    }
  });

  it("are where they are looked for, which saves loading the rest", () => {
    for (const file of ["dispatcher/agent", "core/errors"]) {
      assert.ok(require.resolve(`undici/lib/${file}.js`));
    }
  });

  it("come from the entry where they are gone", () => {
    const gone = () => {
      throw new Error("no such file");
    };

    assert.equal(partOf("Agent", gone), undici.Agent);
  });
});
