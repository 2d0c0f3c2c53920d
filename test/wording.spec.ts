import assert from "node:assert/strict";
import { describe as shown, didYouMean, formatPath } from "../provider/wording";

describe("formatPath", () => {
  const cases: [PropertyKey[], string][] = [
    [[], "args"],
    [["filters"], "filters"],
    [["filters", 1, "values", 0], "filters[1].values[0]"],
    [[2, "id"], "[2].id"],
  ];
  for (const [path, text] of cases) {
    it(`writes ${JSON.stringify(path)} as ${text}`, () => {
      assert.equal(formatPath(path, "args"), text);
    });
  }
});

describe("describe", () => {
  it("shows a value on one line", () => {
    assert.equal(
      shown({ a: [1], b: "two\nlines" }),
      "{ a: [Array], b: 'two\\nlines' }".replace("[Array]", "[ 1 ]"),
    );
  });

  it("cuts what is long", () => {
    const text = shown(Array.from({ length: 50 }, (_, i) => i));

    assert.equal(text.length, 81);
    assert.equal(text.at(-1), "…");
  });
});

describe("didYouMean", () => {
  const cases: [string, string[], string | undefined][] = [
    ["regoin", ["region", "profile"], "region"],
    ["REGION", ["region", "profile"], "region"],
    ["colour", ["region", "profile"], undefined],
    ["anything", [], undefined],
  ];
  for (const [name, known, guess] of cases) {
    it(`takes ${name} of ${known.join(", ") || "nothing"} for ${guess ?? "none"}`, () => {
      assert.equal(didYouMean(name, known), guess);
    });
  }
});
