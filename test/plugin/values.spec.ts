import assert from "node:assert/strict";
import { unknownText, unwrap, wrap } from "../../provider/plugin/values";
import { secret, unknownText as sentUnknown } from "../support/plugin";

describe("values on their way", () => {
  it("lose their wrappers at every depth", () => {
    const sent = { a: secret({ b: [secret("c"), null, 1, true] }), d: [{ e: secret("f") }] };

    assert.deepEqual(unwrap(sent), {
      value: { a: { b: ["c", null, 1, true] }, d: [{ e: "f" }] },
      hasSecrets: true,
      hasUnknowns: false,
    });
  });

  it("are as they were without", () => {
    const sent = { a: [1, { b: null }], c: "d" };

    assert.deepEqual(unwrap(sent), { value: sent, hasSecrets: false, hasUnknowns: false });
  });

  it("are told from what looks like a wrapper", () => {
    const sent = { "4dabf18193072939515e22adb298388d": "asset", value: "v" };

    assert.deepEqual(unwrap(sent), { value: sent, hasSecrets: false, hasUnknowns: false });
  });

  it("may be missing because they are not known yet", () => {
    const { value, hasUnknowns, hasSecrets } = unwrap({ a: secret(sentUnknown), b: "c" });

    assert.equal(sentUnknown, unknownText);
    // Checks take it for an Output, which is neither missing nor wrong.
    assert.deepEqual(value, { a: { __pulumiOutput: true }, b: "c" });
    assert.deepEqual([hasUnknowns, hasSecrets], [true, true]);
  });

  it("are plain JSON on their way back, each a secret if asked", () => {
    const result = { a: undefined, b: { c: undefined, d: 1 }, e: "f" };

    assert.deepEqual(wrap(result, false), { b: { d: 1 }, e: "f" });
    assert.deepEqual(wrap(result, true), { b: secret({ d: 1 }), e: secret("f") });
  });
});
