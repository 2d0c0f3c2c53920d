import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../provider/durations";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("parseDuration", () => {
  const readable: [string, number][] = [
    ["90m", 90 * minute],
    ["24h", day],
    ["7d", 7 * day],
    ["2w", 14 * day],
    ["45s", 45_000],
    ["1d12h", 36 * hour],
    ["1w2d3h4m5s", 9 * day + 3 * hour + 4 * minute + 5000],
    ["P1DT12H", 36 * hour],
    ["PT90M", 90 * minute],
    ["P2W", 14 * day],
    ["PT0.5S", 500],
    ["PT1.5H", 90 * minute],
  ];
  for (const [text, ms] of readable) {
    it(`reads ${text} as ${ms} ms`, () => {
      assert.equal(parseDuration(text), ms);
    });
  }

  const refused = [
    ["", "nothing"],
    ["7", "a number without a unit"],
    ["d", "a unit without a number"],
    ["12h1d", "units in the wrong order"],
    ["1d1d", "a unit twice"],
    ["1.5h", "a fraction in the short form"],
    ["-1d", "a negative short form"],
    ["-P1D", "a negative duration"],
    ["0s", "no time"],
    ["PT0S", "no time in ISO 8601"],
    ["PT0.0001S", "less than a millisecond"],
    ["P1M", "months, which differ in length"],
    ["P1Y", "years, which differ in length"],
    [`${"9".repeat(400)}d`, "more than a number can hold"],
    ["a day", "words"],
  ] as const;
  for (const [text, what] of refused) {
    it(`refuses ${what}`, () => {
      assert.equal(parseDuration(text), undefined);
    });
  }

  it("never throws, and gives whole milliseconds or nothing", () => {
    const nearly = fc.stringMatching(/^-?P?(\d{0,5}[.,]?\d{0,3}[YMWDTHSdhms]){0,5}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (text) => {
        const ms = parseDuration(text);

        assert.ok(ms === undefined || (Number.isInteger(ms) && ms > 0));
      }),
    );
  });
});

describe("formatDuration", () => {
  const cases: [number, string][] = [
    [0, "0s"],
    [999, "0s"],
    [1000, "1s"],
    [45_000, "45s"],
    [59_999, "59s"],
    [minute, "1m"],
    [80_000, "1m20s"],
    [5 * minute + 1999, "5m1s"],
    [hour - 1, "59m59s"],
    [hour, "1h"],
    [hour + 59 * minute, "1h"],
    [day, "24h"],
    [31 * hour, "31h"],
    [3 * day - 1, "71h"],
    [3 * day, "3d"],
    [4 * day - 1, "3d"],
    [9 * day, "9d"],
    [400 * day, "400d"],
  ];
  for (const [ms, text] of cases) {
    it(`says ${text} for ${ms} ms`, () => {
      assert.equal(formatDuration(ms), text);
    });
  }

  it("never says more than it is, and misses less than its smallest unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1000 * day }), (ms) => {
        const said = parseDuration(formatDuration(ms)) ?? NaN;
        const unit = ms < hour ? 1000 : ms < 3 * day ? hour : day;

        assert.ok(said <= ms && ms - said < unit, `${ms} is not ${formatDuration(ms)}`);
      }),
    );
  });

  it("says the longer of two lengths no shorter", () => {
    const lengths = fc.tuple(fc.nat(10 * day), fc.nat(10 * day));
    fc.assert(
      fc.property(lengths, ([one, more]) => {
        const said = (ms: number) => parseDuration(formatDuration(ms)) ?? 0;

        assert.ok(said(one + more) >= said(one));
      }),
    );
  });
});
