import assert from "node:assert/strict";
import { getBackups } from "../../provider";
import { wireRow, wireRows } from "../support/backups";
import { sendJson, serveScript } from "../support/scriptedServer";
import { serve } from "../support/service";
import { ago } from "./ago";
import { assertBuilt, run } from "./command";

const failure = wireRow({
  BackupId: "backup-2",
  ServiceInstanceId: "si-2",
  Status: "CreateFailed",
  StatusDetail: 'Disk "d-1" failed,\nerror: quota',
  StartTime: "2026-01-02T00:00:00Z",
  Description: "=HYPERLINK(A1)",
});

describe("computenest-backups list", function () {
  this.timeout(120_000);
  before(assertBuilt);

  it("prints a table, the newest first, and sums it up", async () => {
    const [newer, older] = [ago(3.1), ago(50.1)];
    const service = await serve({
      backups: [
        wireRow({ BackupId: "backup-1", StartTime: older, RetentionDays: 30, CreateTime: older }),
        wireRow({ BackupId: "backup-2", StartTime: newer, ServiceInstanceId: "si-2" }),
        wireRow({ BackupId: "backup-3", StartTime: null, CreateTime: null, Status: "Archived" }),
      ],
    });

    const { exitCode, stdout, stderr } = await run(["list"], service);

    const expires = new Date(Date.parse("2026-01-01T00:10:00Z")).toISOString().slice(0, 19);
    const [, first = "", second = "", third = "", , summary] = stdout.split("\n");
    assert.deepEqual([exitCode, stderr], [0, ""]);
    assert.equal(first, `backup-2  si-2              Created   ${newer} (3h ago)   never`);
    assert.match(
      second,
      new RegExp(`^backup-1  si-1              Created   ${older} \\(50h ago\\)`),
    );
    assert.ok(expires !== "" && third.startsWith("backup-3  si-1              Archived  ?"));
    assert.equal(summary, "3 backups: 2 Created, 1 Archived; the newest Created started 3h ago.");
  });

  it("has no colour and no progress where it is no terminal", async () => {
    const service = await serve({
      backups: wireRows(3, { Status: "CreateFailed" }),
      latencyMs: 900,
    });

    const { stdout, stderr } = await run(["list"], service);

    assert.ok(!stdout.includes("\u001b"));
    assert.equal(stderr, "");
  });

  it("colours what FORCE_COLOR asks for", async () => {
    const service = await serve({ backups: wireRows(1) });

    const { stdout } = await run(["list"], service, { FORCE_COLOR: "1" });

    assert.ok(stdout.includes("\u001b[32mCreated\u001b[39m"));
  });

  it("shows nothing of a status that a terminal would obey", async () => {
    const service = await serve({ backups: wireRows(1, { Status: "\x1b[2JGone\u202e" }) });

    const { stdout } = await run(["list"], service);

    assert.match(stdout, /\u{fffd}\[2JGone\u{fffd}/u);
    assert.ok(!stdout.includes("\u001b") && !stdout.includes("\u202e"));
  });

  it("prints what getBackups returns as JSON", async () => {
    const service = await serve({ backups: [...wireRows(3), failure] });
    const flags = ["--service-instance", "si-1", "si-3", "--status", "Created", "--limit", "2"];

    const { exitCode, stdout } = await run(["list", "--json", ...flags], service);

    const args = {
      serviceInstanceIds: ["si-1", "si-3"],
      statuses: ["Created" as const],
      limit: 2,
    };
    const { settings } = service;
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), await getBackups(args, { settings }));
  });

  it("prints every field as CSV, and no formula that a spreadsheet would run", async () => {
    const service = await serve({ backups: [failure] });

    const { exitCode, stdout } = await run(["list", "--csv"], service);

    assert.equal(exitCode, 0);
    assert.equal(
      stdout,
      "backupId,serviceInstanceId,status,statusDetail,startTime,endTime,createTime,modifiedTime," +
        "expireTime,retentionDays,backupMode,description\r\n" +
        'backup-2,si-2,CreateFailed,"Disk ""d-1"" failed,\nerror: quota",2026-01-02T00:00:00Z,' +
        "2026-01-01T00:10:00Z,2026-01-01T00:00:00Z,2026-01-01T00:10:00Z,,,Manual," +
        "'=HYPERLINK(A1)\r\n",
    );
  });

  it("passes every filter on", async () => {
    const service = await serve({ backups: wireRows(30) });
    const flags = {
      "--id": "backup-3",
      "--mode": "Manual",
      "--started-after": "2026-05-31T20:00:00Z",
      "--started-before": "2026-06-01T00:00:00Z",
      "--ended-after": "2026-01-01T00:00:00Z",
      "--ended-before": "2026-01-02T00:00:00Z",
      "--region": "cn-hangzhou",
    };

    const { stdout } = await run(["list", "--json", ...Object.entries(flags).flat()], service);

    assert.deepEqual((JSON.parse(stdout) as { ids: string[] }).ids, ["backup-3"]);
  });

  it("says that there is nothing", async () => {
    const result = await run(["list"], await serve());

    assert.deepEqual(result, { exitCode: 0, stdout: "No backups match.\n", stderr: "" });
  });

  it("warns on standard error, as itself", async () => {
    const page = { RequestId: "1", Backups: [wireRow()], TotalCount: 2 };
    const { url } = await serveScript((_, response) => {
      sendJson(response, page);
    });

    const { exitCode, stdout, stderr } = await run(["list", "--csv"], await serve(), {
      COMPUTENEST_ENDPOINT: url,
      COMPUTENEST_COMPLETENESS: "tokens",
    });

    assert.deepEqual([exitCode, stdout.split("\r\n").length], [0, 3]);
    assert.match(stderr, /^computenest-backups: warning: .*2.*\n$/);
  });
});
