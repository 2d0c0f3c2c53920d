import assert from "node:assert/strict";
import { backupList } from "../../provider/backup";
import { ResponseError } from "../../provider/errors";
import { likelyToken, parsePage } from "../../provider/client/page";
import type { Answer } from "../../provider/client/requester";
import { row, wireRow } from "../support/backups";

function answer(body: Record<string, unknown>, requestId: string | undefined = "R-1") {
  return { body, requestId, serviceTime: 1000 };
}

/** A whole page, or what is wrong with it. */
const read = (given: Answer, number: number) => parsePage(backupList, given, number).read();

describe("parsePage", () => {
  it("reads rows, token, count and the service's clock", () => {
    const body = { Backups: [wireRow()], NextToken: "t", TotalCount: 7, MaxResults: 100 };

    assert.deepEqual(read(answer(body), 1), {
      rows: [row()],
      nextToken: "t",
      totalCount: 7,
      serviceTime: 1000,
      requestId: "R-1",
    });
  });

  for (const token of ["", null, undefined]) {
    it(`is the last page with NextToken ${JSON.stringify(token)}`, () => {
      const body = { Backups: [], NextToken: token, TotalCount: 0 };

      assert.equal(parsePage(backupList, answer(body), 1).nextToken, undefined);
    });
  }

  it("reads a TotalCount sent as text", () => {
    assert.equal(
      parsePage(backupList, answer({ Backups: [], TotalCount: "12" }), 1).totalCount,
      12,
    );
  });

  for (const count of [null, undefined]) {
    it(`does not know the count with TotalCount ${JSON.stringify(count)}`, () => {
      assert.equal(
        parsePage(backupList, answer({ Backups: [], TotalCount: count }), 1).totalCount,
        undefined,
      );
    });
  }

  for (const backups of [null, undefined]) {
    it(`is empty with Backups ${String(backups)} if TotalCount is 0`, () => {
      assert.deepEqual(read(answer({ Backups: backups, TotalCount: 0 }), 1).rows, []);
    });
  }

  const broken: [string, Record<string, unknown>, string][] = [
    ["no Backups though TotalCount is 3", { TotalCount: 3 }, "it has no list Backups"],
    ["no Backups and no TotalCount", {}, "it has no list Backups"],
    [
      "Backups null though TotalCount is 3",
      { Backups: null, TotalCount: 3 },
      "it has no list Backups",
    ],
    [
      "Backups that are no list",
      { Backups: {}, TotalCount: 0 },
      "Backups: invalid input: expected array, received object",
    ],
    [
      "a NextToken that is a number",
      { Backups: [], NextToken: 3 },
      "NextToken: invalid input: expected string, received number",
    ],
    [
      "a TotalCount that is no number",
      { Backups: [], TotalCount: "many" },
      "TotalCount: expected a whole number, 0 or more",
    ],
    [
      "a TotalCount below nothing",
      { Backups: [], TotalCount: -1 },
      "TotalCount: expected a whole number, 0 or more",
    ],
    [
      "a row without a BackupId",
      { Backups: [wireRow(), { ...wireRow(), BackupId: undefined }] },
      "Backups[1].BackupId: invalid input: expected string, received undefined",
    ],
    [
      "a row that is none",
      { Backups: ["backup-1"] },
      "Backups[0]: invalid input: expected object, received string",
    ],
    [
      "a StartTime that is a number",
      { Backups: [{ ...wireRow(), StartTime: 1767225600 }] },
      "Backups[0].StartTime: invalid input: expected string, received number",
    ],
    [
      "RetentionDays that are words",
      { Backups: [{ ...wireRow(), RetentionDays: "a week" }] },
      "Backups[0].RetentionDays: expected a number of days",
    ],
    [
      "many things wrong",
      { Backups: [{}, {}] },
      "Backups[0].BackupId: invalid input: expected string, received undefined; " +
        "Backups[0].ServiceInstanceId: invalid input: expected string, received undefined; " +
        "Backups[0].Status: invalid input: expected string, received undefined; and 3 more",
    ],
    [
      "a row and a token that are wrong",
      { Backups: [{ ...wireRow(), Status: "" }], NextToken: 3 },
      "Backups[0].Status: too small: expected string to have >=1 characters; " +
        "NextToken: invalid input: expected string, received number",
    ],
  ];
  for (const [what, body, reason] of broken) {
    it(`refuses a page with ${what}`, () => {
      assert.throws(
        () => read(answer(body), 3),
        (error) =>
          error instanceof ResponseError &&
          error.page === 3 &&
          error.requestId === "R-1" &&
          error.message ===
            `Page 3 of ListBackups cannot be used: ${reason}. ` +
              "No part of the list is returned in its place. RequestId R-1.",
      );
    });
  }

  it("tells what the next page needs before it looks at the rows", () => {
    const body = { Backups: [{}, {}], NextToken: "t", TotalCount: 3 };

    const { nextToken, rowCount, read: readRows } = parsePage(backupList, answer(body), 2);

    assert.deepEqual([nextToken, rowCount], ["t", 2]);
    assert.throws(readRows, ResponseError);
  });

  it("does not speak of a RequestId where there is none", () => {
    assert.throws(() => parsePage(backupList, { ...answer({}), requestId: undefined }, 1), {
      message:
        "Page 1 of ListBackups cannot be used: it has no list Backups. " +
        "No part of the list is returned in its place.",
    });
  });

  it("does not look into more rows than any page has", () => {
    for (const [count, shown] of [
      [10_001, "10001"],
      [1_000_000, "1000000"],
    ] as const) {
      const body = { Backups: Array.from({ length: count }, () => ({})), TotalCount: count };
      const startedAt = performance.now();

      assert.throws(
        () => parsePage(backupList, answer(body), 2),
        (error) =>
          error instanceof ResponseError &&
          error.message ===
            `Page 2 of ListBackups cannot be used: Backups has ${shown} rows, where a page has at ` +
              "most 100. No part of the list is returned in its place. RequestId R-1.",
      );
      assert.ok(performance.now() - startedAt < 5000);
    }
  });
});

describe("likelyToken", () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ["a page that names a next one", '{"Backups":[],"NextToken":"AAAA+b/c=="}', "AAAA+b/c=="],
    ["one that is set out", '{\n  "NextToken" : "t"\n}', "t"],
    ["the last page", '{"Backups":[],"NextToken":""}', undefined],
    ["a page without a token", '{"Backups":[],"NextToken":null,"a":"b"}', undefined],
    ["a token with an escape", '{"NextToken":"a\\u0041"}', undefined],
    ["a text that looks like it", JSON.stringify({ a: '"NextToken":"t"' }), undefined],
    ["a text that is cut off", '{"NextToken":"AAA', undefined],
  ];
  for (const [what, body, token] of cases) {
    it(`is ${String(token)} for ${what}`, () => {
      assert.equal(likelyToken(body), token);
    });
  }
});
