import assert from "node:assert/strict";
import fc from "fast-check";
import { interned } from "../provider/interning";

describe("interned", () => {
  it("gives an equal text back, whatever it is", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
        assert.deepEqual([...texts, ...texts].map(interned), [...texts, ...texts]);
      }),
    );
  });

  it("gives texts back that share a place, or are too long for one", () => {
    const texts = ["", "a", "si-0000abc", "si-1111abc", "x".repeat(256), "x".repeat(257)];

    assert.deepEqual([...texts, ...texts].map(interned), [...texts, ...texts]);
  });
});
