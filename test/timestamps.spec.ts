import assert from "node:assert/strict";
import fc from "fast-check";
import { formatInstant, hasOffset, normalText, parseTimestamp } from "../provider/timestamps";

const utc = (text: string) => Date.parse(text);

describe("parseTimestamp", () => {
  const readable = [
    ["2026-01-31T10:20:30Z", "2026-01-31T10:20:30Z"],
    ["2026-01-31t10:20:30z", "2026-01-31T10:20:30Z"],
    ["2026-01-31 10:20:30Z", "2026-01-31T10:20:30Z"],
    ["2026-01-31T10:20Z", "2026-01-31T10:20:00Z"],
    ["2026-01-31T10:20:30.999999999Z", "2026-01-31T10:20:30Z"],
    ["2024-09-03T19:54:38+08:00", "2024-09-03T11:54:38Z"],
    ["2024-09-03T19:54:38+0800", "2024-09-03T11:54:38Z"],
    ["2024-01-01T00:00:00+08:00", "2023-12-31T16:00:00Z"],
    ["2023-12-31T20:00:00-05:30", "2024-01-01T01:30:00Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"],
    ["0000-01-01T08:00:00+08:00", "0000-01-01T00:00:00Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
    ["1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"],
  ] as const;
  for (const [given, text] of readable) {
    it(`reads ${given} as ${text}`, () => {
      assert.deepEqual(parseTimestamp(given), { text, instant: utc(text) });
    });
  }

  it("gives the instant to sort by", () => {
    assert.equal(parseTimestamp("2024-09-03T19:54:38+08:00").instant, utc("2024-09-03T11:54:38Z"));
  });

  it("takes the older reading of a time without an offset, and leaves its text alone", () => {
    assert.deepEqual(parseTimestamp("2022-01-01T12:00:00"), {
      text: "2022-01-01T12:00:00",
      instant: utc("2022-01-01T04:00:00Z"),
    });
  });

  it("keeps the text of an instant outside the years 0 to 9999", () => {
    assert.deepEqual(parseTimestamp("9999-12-31T23:00:00-02:00"), {
      text: "9999-12-31T23:00:00-02:00",
      instant: utc("9999-12-31T23:00:00Z") + 2 * 3_600_000,
    });
    assert.equal(parseTimestamp("0000-01-01T00:00:00+01:00").text, "0000-01-01T00:00:00+01:00");
  });

  const unreadable = [
    "",
    "yesterday",
    "2026-01-31",
    "2026-1-31T10:20:30Z",
    "2026-01-31T10Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-01-31T24:00:00Z",
    "2026-01-31T10:60:00Z",
    "2026-01-31T10:20:60Z",
    "2026-01-31T10:20:30+24:00",
    "2026-01-31T10:20:30+08:60",
    "2026-01-31T10:20:30+8",
    "2026-01-31T10:20:30.Z",
    "2026-01-31T10:20:30.1234567890Z",
    " 2026-01-31T10:20:30Z",
    "2026-01-31T10:20:30Z\n",
  ];
  for (const text of unreadable) {
    it(`cannot read ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseTimestamp(text), { text, instant: undefined });
    });
  }

  it("agrees with Date on every RFC 3339 time, to the second", () => {
    const min = new Date("0001-01-01T00:00:00Z");
    const max = new Date("9998-12-31T00:00:00Z");
    const date = fc.date({ min, max, noInvalidDate: true });
    const offset = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });

    fc.assert(
      fc.property(date, offset, (instant, minutes) => {
        const given = withOffset(instant, minutes);
        const second = Math.floor(Date.parse(given) / 1000) * 1000;

        const expected = { text: formatInstant(second), instant: second };
        assert.deepEqual(parseTimestamp(given), expected);
        assert.equal(Date.parse(expected.text), second);
      }),
    );
  });

  it("reads no other forms than the expression in this test", () => {
    const character = fc.constantFrom(..."0123456789-+:.TtZz /;@aG".split(""));
    fc.assert(
      fc.property(nearlyReadable, fc.nat(28), character, (text, at, other) => {
        const given = text.slice(0, at) + other + text.slice(at + 1);

        assert.equal(parseTimestamp(given).instant, readSlowly(given));
      }),
      { numRuns: 5000 },
    );
  });

  it("never throws, and an unreadable text stays what it is", () => {
    const nearly = fc.stringMatching(
      /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?$/,
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (text) => {
        const { instant, text: kept } = parseTimestamp(text);

        if (instant === undefined) assert.equal(kept, text);
        else assert.ok(Number.isFinite(instant));
      }),
    );
  });
});

/** Texts of all forms that are read, if their numbers are those of a time. */
const nearlyReadable = fc.stringMatching(
  /^(?:20|19)\d\d-[01]\d-[0-3]\d[T t][012]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:[Zz]|[+-][012]\d:?[0-5]\d)?$/,
);

/** The instant of a text, read by an expression and Date. */
function readSlowly(text: string): number | undefined {
  const form =
    /^(\d{4}-\d\d-\d\d)[T t](\d\d:\d\d)(?:(:\d\d)(?:\.\d{1,9})?)?(?:([Zz])|([+-]\d\d):?(\d\d))?$/;
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, date, clock, seconds = ":00", utcMark, hours = "+08", minutes = "00"] = match;
  const local = `${date}T${clock}${seconds}`;
  const instant = Date.parse(local + (utcMark === undefined ? `${hours}:${minutes}` : "Z"));
  // Date takes 24:00 and the 30th of February for the day after.
  const inUtc = new Date(`${local}Z`);
  const isReal = !Number.isNaN(instant) && inUtc.toISOString().startsWith(local);
  return isReal ? instant : undefined;
}

/** An instant in RFC 3339 as a clock shows it so many minutes east of UTC. */
function withOffset(instant: Date, minutes: number): string {
  const local = new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

describe("normalText", () => {
  for (const [given, text] of [
    ["2026-01-31T10:20:30Z", "2026-01-31T10:20:30Z"],
    ["2026-01-31T10:20:30z", "2026-01-31T10:20:30Z"],
    ["2026-01-31T18:20:30+08:00", "2026-01-31T10:20:30Z"],
    ["2026-01-31T10:20:30", "2026-01-31T10:20:30"],
    ["2026-13-31T10:20:30Z", "2026-13-31T10:20:30Z"],
    ["", ""],
  ] as const) {
    it(`is ${JSON.stringify(text)} for ${JSON.stringify(given)}`, () => {
      assert.equal(normalText(given), text);
    });
  }
});

describe("formatInstant", () => {
  it("drops parts of a second, before 1970 too", () => {
    assert.equal(formatInstant(utc("2026-01-31T10:20:30.900Z")), "2026-01-31T10:20:30Z");
    assert.equal(formatInstant(-1), "1969-12-31T23:59:59Z");
  });

  it("keeps right over more days than it remembers", () => {
    for (let day = 0; day < 10_100; day += 1) formatInstant(day * 86_400_000);

    assert.equal(formatInstant(86_400_000), "1970-01-02T00:00:00Z");
  });
});

describe("hasOffset", () => {
  for (const text of ["2026-01-31T00:00:00Z", "2026-01-31T00:00:00+08:00"]) {
    it(`sees the offset of ${text}`, () => {
      assert.equal(hasOffset(text), true);
    });
  }
  for (const text of ["2026-01-31T00:00:00", "no time at all"]) {
    it(`sees none in "${text}"`, () => {
      assert.equal(hasOffset(text), false);
    });
  }
});
