import assert from "node:assert/strict";

import type { Simulator } from "../../simulator";
import { backups, simulate } from "./running";
import { signedCall } from "./signedCall";

/** All pages of a list, as they came. */
async function pagesOf(simulator: Simulator, action: string, query: Record<string, string>) {
  const pages: Record<string, unknown>[] = [];
  let token = "";
  do {
    const { json } = await signedCall(simulator, { action, query: { ...query, NextToken: token } });
    assert.ok(json !== undefined);
    pages.push(json);
    token = json["NextToken"] as string;
  } while (token !== "");
  return pages;
}

const row = {
  BackupId: "backup-1",
  ServiceInstanceId: "si-1",
  Status: "Created",
  StatusDetail: "fine",
  StartTime: "2026-01-01T00:00:00Z",
  EndTime: "2026-01-01T00:10:00Z",
  CreateTime: "2026-01-01T08:00:00+08:00",
  ModifiedTime: "2026-01-01T08:10:00+08:00",
  Description: "No description",
  BackupMode: "Manual",
  RetentionDays: 7,
};

describe("ListBackups", () => {
  it("answers in the service's form, fields it does not know included", async () => {
    const newer = { ...row, BackupId: "backup-2", SizeInGiB: 40, Tags: [{ Key: "a" }] };
    const simulator = await simulate({ backups: [row, newer] });

    const { json, headers } = await signedCall(simulator);

    assert.deepEqual(json, {
      RequestId: headers["x-acs-request-id"],
      TotalCount: 2,
      NextToken: "",
      MaxResults: 20,
      Backups: [row, newer],
    });
    assert.match(String(json["RequestId"]), /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    assert.equal(headers["content-type"], "application/json;charset=utf-8");
  });

  it("pages through everything, in the order given", async () => {
    const simulator = await simulate({ backups: backups(250) });

    const pages = await pagesOf(simulator, "ListBackups", { MaxResults: "100" });

    assert.deepEqual(
      pages.map(({ Backups }) => (Backups as unknown[]).length),
      [100, 100, 50],
    );
    assert.deepEqual(
      pages.flatMap(({ Backups }) => Backups),
      backups(250),
    );
    assert.deepEqual(
      pages.map(({ TotalCount }) => TotalCount),
      [250, 250, 250],
    );
  });

  it("ends with the last row, not with an empty page", async () => {
    const simulator = await simulate({ backups: backups(200) });

    assert.equal((await pagesOf(simulator, "ListBackups", { MaxResults: "100" })).length, 2);
  });

  it("answers twenty rows where no page size is given", async () => {
    const simulator = await simulate({ backups: backups(30) });

    const [page] = await pagesOf(simulator, "ListBackups", {});

    assert.equal((page?.["Backups"] as unknown[]).length, 20);
    assert.equal(page?.["MaxResults"], 20);
  });

  it("leaves TotalCount out when asked to", async () => {
    const simulator = await simulate({ backups: backups(3), omitTotalCount: true });

    const { json } = await signedCall(simulator);

    assert.equal(json !== undefined && "TotalCount" in json, false);
  });

  it("filters: any of the values, all of the filters; the token keeps to them", async () => {
    const simulator = await simulate({
      backups: [
        { ...row, BackupId: "a", ServiceInstanceId: "si-1" },
        { ...row, BackupId: "b", ServiceInstanceId: "si-2" },
        { ...row, BackupId: "c", ServiceInstanceId: "si-3" },
        { ...row, BackupId: "d", ServiceInstanceId: "si-2", Status: "Deleted" },
      ],
    });

    const pages = await pagesOf(simulator, "ListBackups", {
      "Filter.1.Name": "ServiceInstanceId",
      "Filter.1.Value.1": "si-1",
      "Filter.1.Value.2": "si-2",
      "Filter.2.Name": "Status",
      "Filter.2.Value.1": "Created",
      MaxResults: "1",
    });

    const rows = pages.flatMap(({ Backups }) => Backups as { BackupId: string }[]);
    assert.deepEqual(
      rows.map(({ BackupId }) => BackupId),
      ["a", "b"],
    );
    assert.equal(pages[0]?.["TotalCount"], 2);
  });

  it("never sends a row's timeline", async () => {
    const simulator = await simulate({
      clock: () => 150,
      backups: [{ ...row, timeline: [{ atMs: 100, Status: "Deleting" }, { atMs: 200 }] }],
    });

    const { json } = await signedCall(simulator, { atMs: 150 });

    assert.deepEqual(json?.["Backups"], [{ ...row, Status: "Deleting" }]);
  });
});

describe("GetBackup", () => {
  it("answers neither BackupMode nor RetentionDays", async () => {
    const simulator = await simulate({ backups: [row] });

    const { json, headers } = await signedCall(simulator, {
      action: "GetBackup",
      query: { BackupId: "backup-1" },
    });

    const { BackupMode, RetentionDays, ...rest } = row;
    assert.deepEqual([BackupMode, RetentionDays], ["Manual", 7]);
    assert.deepEqual(json, { RequestId: headers["x-acs-request-id"], ...rest });
  });

  const refusals: { query: Record<string, string>; status: number; code: string; text: string }[] =
    [
      {
        query: { BackupId: "backup-9" },
        status: 404,
        code: "EntityNotExist.Backup",
        text: "The backup backup-9 does not exist.",
      },
      {
        query: {},
        status: 400,
        code: "MissingParameter",
        text: 'The input parameter "BackupId" that is mandatory for processing this request is not supplied.',
      },
      {
        query: { BackupId: "backup-1", MaxResults: "1" },
        status: 400,
        code: "InvalidParameter",
        text: "The specified parameter is not valid: this action has no parameter MaxResults.",
      },
    ];
  for (const { query, status, code, text } of refusals) {
    it(`refuses ${JSON.stringify(query)} with ${code}`, async () => {
      const simulator = await simulate({ backups: [row] });

      const received = await signedCall(simulator, { action: "GetBackup", query });

      assert.equal(received.json?.["Message"], text);
      assert.equal(received.json["Code"], code);
      assert.equal(received.status, status);
    });
  }
});

describe("ListRestoreTasks", () => {
  const tasks = ["restore-1", "restore-2", "restore-3"].map((RestoreTaskId, index) => ({
    RestoreTaskId,
    BackupId: "backup-1",
    ServiceInstanceId: `si-${index % 2}`,
    Status: "Restored",
    EndTime: "2026-01-01T00:10:00Z",
  }));

  it("filters and pages as ListBackups does", async () => {
    const simulator = await simulate({ restoreTasks: tasks });

    const pages = await pagesOf(simulator, "ListRestoreTasks", {
      "Filter.1.Name": "ServiceInstanceId",
      "Filter.1.Value.1": "si-0",
      MaxResults: "1",
    });

    assert.deepEqual(
      pages.map(({ RestoreTasks, TotalCount }) => [RestoreTasks, TotalCount]),
      [
        [[tasks[0]], 2],
        [[tasks[2]], 2],
      ],
    );
  });

  it("knows RestoreTaskId as a filter, and BackupId not", async () => {
    const simulator = await simulate({ restoreTasks: tasks });
    const ask = (name: string, value: string) =>
      signedCall(simulator, {
        action: "ListRestoreTasks",
        query: { "Filter.1.Name": name, "Filter.1.Value.1": value },
      });

    assert.deepEqual((await ask("RestoreTaskId", "restore-2")).json?.["RestoreTasks"], [tasks[1]]);
    assert.equal(
      (await ask("BackupId", "backup-1")).json?.["Message"],
      "The specified parameter is not valid: Filter.1.Name is one of RestoreTaskId, " +
        'ServiceInstanceId, Status, StartTime, EndTime, not "BackupId".',
    );
  });
});
