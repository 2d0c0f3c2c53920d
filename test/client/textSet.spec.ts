import assert from "node:assert/strict";
import fc from "fast-check";
import { TextSet } from "../../provider/client/textSet";

/** Its hash is 0, which stands for texts that have none. */
const hashless = "\u00c5\u009d\u001c\u0081";

const itself = (text: string) => text;

const texts = fc.array(
  fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.string({ minLength: 250, maxLength: 260 }),
    fc.constantFrom("", "\u00ff", "\u0100", "a".repeat(255), "a".repeat(256), hashless),
  ),
);

describe("TextSet", () => {
  it("is a Set of texts", () => {
    fc.assert(
      fc.property(texts, texts, (added, asked) => {
        const expected = new Set<string>();
        const set = new TextSet();

        for (const text of added) {
          const isNew = !expected.has(text);
          assert.equal(set.add(text), isNew);
          expected.add(text);
          assert.equal(set.size, expected.size);
        }

        for (const text of [...added, ...asked]) assert.equal(set.has(text), expected.has(text));
      }),
    );
  });

  it("is one, however many come together", () => {
    fc.assert(
      fc.property(fc.array(texts), (groups) => {
        const expected = new Set<string>();
        const set = new TextSet();

        for (const group of groups) {
          const fresh = group.filter((text) => expected.size < expected.add(text).size);
          assert.deepEqual(set.addEach(group, itself), fresh);
          assert.equal(set.size, expected.size);
        }

        assert.ok([...expected].every((text) => set.has(text)));
      }),
    );
  });

  it("grows while many come together", () => {
    const set = new TextSet();
    const ids = Array.from({ length: 2000 }, (_, i) => `backup-${i}`);

    assert.deepEqual(set.addEach([...ids, ...ids], itself), ids);
    assert.ok(ids.every((id) => set.has(id)));
  });

  it("stays one when it has grown many times", () => {
    const set = new TextSet();
    const ids = Array.from(
      { length: 50_000 },
      (_, i) => `backup-${i.toString(16).padStart(20, "0")}`,
    );

    assert.ok(ids.every((id) => set.add(id)));
    assert.ok(ids.every((id) => !set.add(id) && set.has(id)));
    assert.ok(ids.every((id) => !set.has(`${id}0`)));
    assert.equal(set.size, 50_000);
  });

  // With the byte of its length, the last of so many ends with a block of bytes, or would end two bytes behind it.
  for (const length of [31, 16]) {
    it(`fills its blocks to the last byte and no further, with texts of ${length}`, () => {
      const set = new TextSet();
      const ids = Array.from({ length: 1000 }, (_, i) => String(i).padStart(length, "0"));

      for (const id of ids) set.add(id);

      assert.ok(ids.every((id) => set.has(id) && !set.add(id)));
    });
  }

  it("takes no more memory for what comes again and again", () => {
    const set = new TextSet();
    const ids = Array.from({ length: 100 }, (_, i) => `backup-${i}`);
    set.addEach(ids, itself);
    const before = process.memoryUsage().arrayBuffers;

    for (let i = 0; i < 10_000; i += 1) set.addEach(ids, itself);

    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown < 1_000_000, `${grown} bytes`);
  });

  // Found by search among random ids.
  const pairs = [
    ["backup-288ec164", "backup-6842e42b"],
    ["backup-e60eb8f8", "backup-e2a1807"],
  ] as const;
  for (const [one, other] of pairs) {
    it(`tells ${one} and ${other} apart, whose hashes are equal`, () => {
      const set = new TextSet();

      const [first, before, second] = [set.add(one), set.has(other), set.add(other)];

      assert.deepEqual([first, before, second, set.size], [true, false, true, 2]);
    });
  }
});
