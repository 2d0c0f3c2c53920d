import assert from "node:assert/strict";
import { backupList } from "../provider/backup";
import type { ListingSummary } from "../provider/client/paginate";
import { incomplete, incompleteness, warnOfCounts } from "../provider/completeness";
import type { Reader } from "../provider/reader";

/** Ten different backups, and as many as the service said there are. */
const whole: ListingSummary = {
  readCount: 10,
  totalCount: 10,
  totalIsSteady: true,
  hasRepeats: false,
  nextToken: undefined,
};

type Case = [
  what: string,
  fields: Partial<ListingSummary>,
  strict?: string | undefined,
  tokens?: string,
];

const repeats = "a backup came twice, so others may have been passed over";

describe("incompleteness", () => {
  const cases: Case[] = [
    ["as many as there are", {}],
    ["none of none", { readCount: 0, totalCount: 0 }],
    ["one too few", { totalCount: 11 }, "TotalCount is 11"],
    ["one too many", { totalCount: 9 }, "TotalCount is 9"],
    ["none of some", { readCount: 0 }, "TotalCount is 10"],
    ["some of none", { totalCount: 0 }, "TotalCount is 0"],
    [
      "a count that changed and fits at last",
      { totalIsSteady: false },
      "TotalCount changed from page to page, 10 at last",
    ],
    ["no count", { totalCount: undefined }],
    ["no count and a repeated row", { totalCount: undefined, hasRepeats: true }, repeats, repeats],
    ["a repeated row and as many as there are", { hasRepeats: true }, undefined, repeats],
    [
      "a repeated row and one too few",
      { hasRepeats: true, totalCount: 11 },
      "TotalCount is 11",
      repeats,
    ],
  ];
  for (const [what, fields, strict, tokens] of cases) {
    const listing = { ...whole, ...fields };
    it(`strict, of ${what}: ${strict ?? "none"}`, () => {
      assert.equal(incompleteness(backupList, listing, "strict"), strict);
    });
    it(`tokens, of ${what}: ${tokens ?? "none"}`, () => {
      assert.equal(incompleteness(backupList, listing, "tokens"), tokens);
    });
  }
});

describe("incomplete", () => {
  for (const [readings, times] of [
    [1, "once"],
    [3, "3 times"],
  ] as const) {
    it(`tells both counts, the reason and that it was read ${times}`, () => {
      const error = incomplete(
        backupList,
        { ...whole, totalCount: 11 },
        "TotalCount is 11",
        readings,
      );

      assert.deepEqual([error.readCount, error.totalCount], [10, 11]);
      assert.equal(
        error.message,
        "The list of backups is not complete: 10 different backups were read, but TotalCount is " +
          `11. It was read ${times}; backups may be coming and going. Try again; if it stays so, ` +
          'the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) trusts the last page\'s ' +
          "word instead of TotalCount.",
      );
    });
  }

  for (const [what, fields, reason] of [
    ["the setting would not help", { totalCount: 11, hasRepeats: true }, "TotalCount is 11"],
    ["the counts agree", {}, "others were handed out before it changed"],
  ] as const) {
    it(`says no more than to try again where ${what}`, () => {
      assert.equal(
        incomplete(backupList, { ...whole, ...fields }, reason, 1).message,
        `The list of backups is not complete: 10 different backups were read, but ${reason}. It was ` +
          "read once; backups may be coming and going. Try again.",
      );
    });
  }
});

describe("warnOfCounts", () => {
  const warnings = (
    completeness: "strict" | "tokens",
    totalCount: number | undefined,
    totalIsSteady = true,
  ) => {
    const told: string[] = [];
    const reader = {
      connection: { completeness },
      reporter: { warn: (message: string) => told.push(message) },
    };
    warnOfCounts(reader as unknown as Reader, backupList, { ...whole, totalCount, totalIsSteady });
    return told;
  };

  it("tells of a count that changed, and of what that may mean", () => {
    assert.deepEqual(warnings("tokens", 10, false), [
      "ListBackups: TotalCount changed while the list was read, 10 at last, so some of the 10 backups " +
        "read may be gone and others passed over; taken as complete because of the setting " +
        'completeness "tokens".',
    ]);
  });

  it("tells what it trusted in spite of the count", () => {
    assert.deepEqual(warnings("tokens", 11), [
      "ListBackups: 10 backups were read but TotalCount is 11; taken as complete because of the " +
        'setting completeness "tokens".',
    ]);
  });

  it("has nothing to tell where the counts agree, there is none, or it would be an error", () => {
    assert.deepEqual(warnings("tokens", 10), []);
    assert.deepEqual(warnings("tokens", undefined), []);
    assert.deepEqual(warnings("strict", 11), []);
  });
});
