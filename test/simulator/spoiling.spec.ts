import assert from "node:assert/strict";

import type { Fault, Simulator } from "../../simulator";
import { backups, simulate } from "./running";
import { signedCall } from "./signedCall";

interface Page {
  readonly TotalCount?: number;
  readonly NextToken: string;
  readonly Backups: readonly { readonly BackupId: string }[];
}

/** Asks for at most so many pages of two, as a client does that trusts every token. */
async function follow(simulator: Simulator, most: number): Promise<Page[]> {
  const pages: Page[] = [];
  let token = "";
  while (pages.length < most) {
    const query = { MaxResults: "2", NextToken: token };
    const page = (await signedCall(simulator, { query })).json as unknown as Page;
    pages.push(page);
    token = page.NextToken;
    if (token === "") break;
  }
  return pages;
}

const idsOf = (pages: readonly Page[]) =>
  pages.map(({ Backups }) => Backups.map(({ BackupId }) => BackupId.replace("backup-", "")).join());

const spoiled = (...faults: Fault[]) => simulate({ backups: backups(5), faults });

describe("content faults", () => {
  const patches: { name: string; patch: Record<string, unknown>; expected: unknown }[] = [
    { name: "replaces a field", patch: { TotalCount: 7 }, expected: 7 },
    { name: "puts null", patch: { TotalCount: null }, expected: null },
    { name: "puts another type", patch: { TotalCount: "5" }, expected: "5" },
    { name: "deletes a field", patch: { TotalCount: undefined }, expected: undefined },
  ];
  for (const { name, patch, expected } of patches) {
    it(`page: ${name}`, async () => {
      const simulator = await spoiled({ kind: "page", patch });

      const { json = {} } = await signedCall(simulator);

      assert.equal(json["TotalCount"], expected);
      assert.equal("TotalCount" in json, expected !== undefined);
      assert.deepEqual(json["Backups"], backups(5));
    });
  }

  it("page: makes another answer by a function, without touching the rows", async () => {
    const simulator = await spoiled({
      kind: "page",
      on: { page: 2 },
      patch: (answer) => {
        (answer["Backups"] as Record<string, unknown>[])[0]!["BackupId"] = null;
        return { ...answer, TotalCount: 99 };
      },
    });

    const [first, second] = await follow(simulator, 2);
    const again = await follow(simulator, 2);

    assert.equal(first?.TotalCount, 5);
    assert.equal(second?.TotalCount, 99);
    assert.equal(second.Backups[0]?.BackupId, null);
    assert.deepEqual(idsOf(again), ["1,2", "3,4"]);
  });

  it("page: changes the answer of GetBackup too", async () => {
    const simulator = await spoiled({ kind: "page", patch: { Status: "Odd" } });

    const { json } = await signedCall(simulator, {
      action: "GetBackup",
      query: { BackupId: "backup-1" },
    });

    assert.equal(json?.["Status"], "Odd");
  });

  it("repeatToken: leads back to the page just answered", async () => {
    const simulator = await spoiled({ kind: "repeatToken", on: { page: 2 }, times: Infinity });

    const pages = await follow(simulator, 5);

    assert.deepEqual(idsOf(pages), ["1,2", "3,4", "3,4", "3,4", "3,4"]);
    assert.equal(pages[0]?.NextToken, pages[1]?.NextToken);
  });

  it("tokenCycle: goes round", async () => {
    const two = await spoiled({ kind: "tokenCycle", times: Infinity });
    const three = await spoiled({ kind: "tokenCycle", length: 9, times: Infinity });

    assert.deepEqual(idsOf(await follow(two, 5)), ["1,2", "3,4", "1,2", "3,4", "1,2"]);
    assert.deepEqual(idsOf(await follow(three, 5)), ["1,2", "3,4", "5", "1,2", "3,4"]);
  });

  it("endlessEmptyPages: never the same token, never a row", async () => {
    const simulator = await spoiled({
      kind: "endlessEmptyPages",
      on: { page: 2 },
      times: Infinity,
    });

    const pages = await follow(simulator, 12);

    assert.deepEqual(idsOf(pages), ["1,2", ...Array<string>(11).fill("")]);
    assert.equal(new Set(pages.map(({ NextToken }) => NextToken)).size, 12);
  });

  it("endlessEmptyPages: goes on with the rows when it is over", async () => {
    const simulator = await spoiled({ kind: "endlessEmptyPages", on: { page: 2 }, times: 2 });

    assert.deepEqual(idsOf(await follow(simulator, 9)), ["1,2", "", "", "3,4", "5"]);
  });

  it("duplicateRow: sends the first row of a page twice", async () => {
    const simulator = await spoiled({ kind: "duplicateRow", on: { page: 2 } });

    assert.deepEqual(idsOf(await follow(simulator, 9)), ["1,2", "3,3,4", "5"]);
  });

  it("leaves GetBackup alone where only lists have what it spoils", async () => {
    const simulator = await spoiled({ kind: "duplicateRow" });

    const { json } = await signedCall(simulator, {
      action: "GetBackup",
      query: { BackupId: "backup-1" },
    });

    assert.equal(json?.["BackupId"], "backup-1");
  });

  it("is not used up by a refusal", async () => {
    const simulator = await spoiled({ kind: "duplicateRow" }, { kind: "throttle" });

    await signedCall(simulator);

    assert.deepEqual(idsOf(await follow(simulator, 1)), ["1,1,2"]);
  });
});
