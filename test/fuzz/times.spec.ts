import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../../provider/durations";
import { hasOffset, parseTimestamp } from "../../provider/timestamps";
import { runs } from "./runs";

const two = (value: number) => String(value).padStart(2, "0");
const number = (max: number) => fc.nat(max).map(two);

/** Times in each form that the service uses, right and nearly right. */
const times = fc
  .tuple(
    fc.oneof(fc.constantFrom("0000", "0001", "1969", "2024", "2026", "9999"), fc.nat(10_000)),
    ...[number(13), number(32), number(25), number(61)],
    fc.oneof(number(61), fc.constant("")),
    fc.constantFrom("", ".5", ".123456789", ".", ".1234567890"),
    fc.constantFrom("", "Z", "z", "+08:00", "+0800", "-23:59", "+24:00", "+8", "UTC", "Z "),
    fc.constantFrom("T", "t", " ", "_"),
  )
  .map(([year, month, day, hour, minute, second, fraction, offset, between]) => {
    const seconds = second === "" ? "" : `:${second}${fraction}`;
    return `${year}-${month}-${day}${between}${hour}:${minute}${seconds}${offset}`;
  });

const texts = fc.oneof(times, fc.string(), fc.string({ unit: "binary" }));

describe("any text as a time", () => {
  it("is read or stays what it is, and is the same when it is read again", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = parseTimestamp(text);
        hasOffset(text);

        if (once.instant === undefined) assert.equal(once.text, text);
        const again = parseTimestamp(once.text);
        assert.equal(again.text, once.text);
        // A normal form has no parts of a second.
        const isNormal = once.text !== text;
        assert.equal(again.instant, isNormal ? floorToSecond(once.instant) : once.instant);
      }),
      runs(5000),
    );
  });

  it("sorts as a normal form as its instant does", () => {
    const normal = times
      .map(parseTimestamp)
      .filter(({ text, instant }) => instant !== undefined && /^\d{4}-.*:\d\dZ$/.test(text));
    fc.assert(
      fc.property(normal, normal, (a, b) => {
        const [first, second] = [floorToSecond(a.instant) ?? NaN, floorToSecond(b.instant) ?? NaN];

        assert.equal(a.text < b.text, first < second);
        assert.equal(a.text === b.text, first === second);
      }),
      runs(1000),
    );
  });

  it("is never taken for younger than any of its readings", () => {
    fc.assert(
      fc.property(times, (text) => {
        const { instant } = parseTimestamp(text);
        if (instant === undefined || hasOffset(text)) return;

        for (const zone of ["Z", "+08:00"]) {
          const read = parseTimestamp(`${text}${zone}`).instant;
          assert.ok(read !== undefined && instant <= read);
        }
      }),
      runs(2000),
    );
  });
});

function floorToSecond(instant: number | undefined): number | undefined {
  return instant === undefined ? undefined : Math.floor(instant / 1000) * 1000;
}

const units = ["w", "d", "h", "m", "s"] as const;
const unitMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

describe("durations", () => {
  it("in the short form and in ISO 8601 are the sum of their parts", () => {
    const parts = fc
      .subarray([...units], { minLength: 1 })
      .chain((some) =>
        fc.tuple(
          ...some.map((unit) => fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.constant(unit))),
        ),
      );
    fc.assert(
      fc.property(parts, (some) => {
        const ms = some.reduce((sum, [count, unit]) => sum + count * unitMs[unit], 0);
        const joined = (of: readonly string[]) =>
          some
            .filter(([, unit]) => of.includes(unit))
            .map(([count, unit]) => `${count}${unit}`)
            .join("");
        const clock = joined(["h", "m", "s"]).toUpperCase();

        assert.equal(parseDuration(joined(units)), ms);
        const iso = `P${joined(["w", "d"]).toUpperCase()}${clock && `T${clock}`}`;
        assert.equal(parseDuration(iso), ms);
      }),
      runs(1000),
    );
  });

  it("come back from their words, to the last unit that is said", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 2 ** 40 }), (ms) => {
        const words = formatDuration(ms);
        const back = parseDuration(words);

        assert.ok(back !== undefined && back <= ms);
        assert.equal(formatDuration(back), words);
      }),
      runs(3000),
    );
  });

  it("are whole milliseconds or none, whatever the text", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const ms = parseDuration(text);

        assert.ok(ms === undefined || (Number.isInteger(ms) && ms > 0));
      }),
      runs(3000),
    );
  });
});
