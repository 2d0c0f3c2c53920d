import assert from "node:assert/strict";

import { jsonErrorPosition } from "../../simulator/jsonText";

const broken: [text: string, position: string][] = [
  ["", "1:1"],
  ["nope", "1:1"],
  ["[1, 2", "1:6"],
  ["[1,]", "1:4"],
  ["[1 2]", "1:4"],
  ['{"a" 1}', "1:6"],
  ['{"a": 1,}', "1:9"],
  ["{a: 1}", "1:2"],
  ['{\n  "a": 1\n  "b": 2\n}', "3:3"],
  ['{"a": "unterminated}', "1:7"],
  ['["\\x"]', "1:2"],
  ['["a\nb"]', "1:2"],
  ["[01]", "1:3"],
  ["[] []", "1:4"],
];

const good = ["0", '"a\\u00e9\\n"', "[]", " {} ", '{"a": [true, false, null, -1.5e+3, "中"]}\n'];

describe("jsonErrorPosition", () => {
  for (const [text, position] of broken) {
    it(`finds ${position} in ${JSON.stringify(text)}`, () => {
      assert.throws(() => JSON.parse(text) as unknown);

      assert.equal(jsonErrorPosition(text), position);
    });
  }

  for (const text of good) {
    it(`finds nothing in ${JSON.stringify(text)}`, () => {
      assert.doesNotThrow(() => JSON.parse(text) as unknown);

      assert.equal(jsonErrorPosition(text), undefined);
    });
  }
});
