import assert from "node:assert/strict";
import fc from "fast-check";
import * as z from "zod";
import { getBackupsArguments } from "../provider/args";
import { parseGiven } from "../provider/givenFields";
import { settingsSchema } from "../provider/settings/settingsContract";

const schema = z.strictObject({
  name: z.string().min(1),
  count: z.int().optional(),
  tags: z.array(z.string()).optional(),
});

describe("parseGiven", () => {
  it("is what the schema makes of any value, or leaves it to the schema", () => {
    const field = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.anything());
    const names = fc.oneof(fc.constantFrom("name", "count", "tags", "__proto__"), fc.string());
    const values = fc.oneof(
      fc.record({ name: fc.string(), count: field, tags: field }, { requiredKeys: [] }),
      fc.dictionary(names, field),
      fc.anything(),
    );
    fc.assert(
      fc.property(values, (value) => {
        const quick = parseGiven(schema, value);
        const { success, data } = schema.safeParse(value);

        if (quick !== undefined) assert.deepEqual([success, quick], [true, data]);
      }),
    );
  });

  it("needs no help with what is right", () => {
    assert.deepEqual(parseGiven(schema, { name: "a", count: undefined }), {
      name: "a",
      count: undefined,
    });
    assert.deepEqual(parseGiven(getBackupsArguments.schema, {}), {});
    const settings = { accessKey: "k", assumeRole: { roleArn: "acs:ram::1:role/a" } };
    assert.deepEqual(parseGiven(settingsSchema, settings), settings);
  });

  it("copies: what it returns is not what was given", () => {
    const given = { name: "a", tags: ["b"] };

    const parsed = parseGiven(schema, given);
    given.tags.push("c");

    assert.deepEqual(parsed, { name: "a", tags: ["b"] });
  });

  it("reads each field once", () => {
    let reads = 0;
    const given = {
      get name() {
        reads += 1;
        return reads === 1 ? "a" : 1;
      },
    };

    assert.deepEqual(parseGiven(schema, given), { name: "a" });
  });

  const left: readonly (readonly [string, z.ZodType, unknown])[] = [
    ["a field that is missing", schema, {}],
    ["a field that is wrong", schema, { name: "" }],
    ["a name that is not known", schema, { name: "a", nmae: "b" }],
    ["a symbol for a name", schema, { name: "a", [Symbol("b")]: 1 }],
    ["a name that is hidden", schema, Object.defineProperty({ name: "a" }, "b", { value: 1 })],
    ["fields of a prototype", schema, Object.create({ name: "a" })],
    ["a proxy", schema, new Proxy({}, { get: () => "a", has: () => true })],
    ["an array", schema, []],
    ["null", schema, null],
    ["an object that may have more fields", z.object({ name: z.string() }), { name: "a" }],
    ["an object with a check of the whole", schema.refine(() => false), { name: "a" }],
    ["what is no object", z.string(), "a"],
  ];
  for (const [what, asked, value] of left) {
    it(`leaves ${what} to the schema`, () => {
      assert.equal(parseGiven(asked, value), undefined);
    });
  }
});
