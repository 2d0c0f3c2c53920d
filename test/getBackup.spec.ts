import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  getBackup,
  getBackupOutput,
  InvalidArgumentError,
  NoQualifyingBackupError,
  RequestError,
  type GetBackupArgs,
} from "../provider";
import { wireRow, wireRows } from "./support/backups";
import { AnyResource, mock, valueOf } from "./support/mocks";
import { asked, serve, type Service } from "./support/service";
import { collectWarnings } from "./support/warnings";

const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+/, "");

const recent = (fields: Parameters<typeof wireRow>[0] = {}) =>
  wireRow({ StartTime: hoursAgo(2), EndTime: hoursAgo(1), ...fields });

const find = (service: Service, args: GetBackupArgs = { serviceInstanceId: "si-1" }) =>
  getBackup(args, { settings: service.settings });

describe("getBackup", () => {
  it("gives the newest backup that qualifies, flat", async () => {
    const service = await serve({
      backups: [
        recent({ BackupId: "failed", Status: "CreateFailed", StartTime: hoursAgo(1) }),
        recent({ BackupId: "old", StartTime: hoursAgo(9) }),
        recent({ BackupId: "newest" }),
      ],
    });

    const { backupId, serviceInstanceId, status, qualifies } = await find(service);

    assert.deepEqual(
      { backupId, serviceInstanceId, status, qualifies },
      { backupId: "newest", serviceInstanceId: "si-1", status: "Created", qualifies: true },
    );
  });

  it("asks the service by instance or by backup alone; the rest is judged here", async () => {
    const service = await serve({ backups: [recent()] });

    await find(service, { serviceInstanceId: "si-1", backupMode: "Manual", maxAge: "24h" });
    await find(service, { serviceInstanceId: "si-1", backupId: "backup-1" });

    assert.deepEqual(asked(service), [
      { "Filter.1.Name": "ServiceInstanceId", "Filter.1.Value.1": "si-1" },
      { "Filter.1.Name": "BackupId", "Filter.1.Value.1": "backup-1" },
    ]);
  });

  it("says of each backup why it does not count, and who was asked", async () => {
    const service = await serve({
      backups: [
        recent({
          BackupId: "backup-9",
          Status: "CreateFailed",
          StatusDetail: "Disk d-1 backup failed",
        }),
        recent({ BackupId: "backup-8", StartTime: hoursAgo(31) }),
        recent({ BackupId: "backup-7", Status: "Deleted", StartTime: hoursAgo(9 * 24) }),
      ],
    });

    const refused = find(service, { serviceInstanceId: "si-1", maxAge: "24h" });

    await assert.rejects(refused, (error) => {
      assert.ok(error instanceof NoQualifyingBackupError);
      assert.equal(
        error.message,
        "No backup of si-1 qualifies (Created, started within 24h). Seen 3: " +
          "backup-9 CreateFailed, 2h old: Disk d-1 backup failed; " +
          "backup-8 Created, 31h old: 7h too old; " +
          "backup-7 Deleted, 9d old. " +
          `Asked ${service.host} as LTAI…Key (the settings option).`,
      );
      assert.deepEqual(
        error.seen.map(({ backupId, status }) => [backupId, status]),
        [
          ["backup-9", "CreateFailed"],
          ["backup-8", "Created"],
          ["backup-7", "Deleted"],
        ],
      );
      return true;
    });
  });

  it("never takes a service that denies for one without backups", async () => {
    const service = await serve({ backups: [recent()], deny: ["ListBackups"] });

    await assert.rejects(find(service), (error) => {
      assert.ok(error instanceof RequestError);
      assert.equal(error.kind, "denied");
      return true;
    });
  });

  const wrong: readonly [string, object, string][] = [
    [
      "nothing to protect",
      {},
      "serviceInstanceId is missing, and so is backupId: say what has to have a backup",
    ],
    [
      "several instances",
      { serviceInstanceIds: ["si-1"], serviceInstanceId: "si-1" },
      "serviceInstanceIds is an argument of getBackups and of backupGate: here, name one instance",
    ],
    [
      "an interval that nothing is polled at",
      { backupId: "b", pollInterval: "5s" },
      "pollInterval has no effect without waitTimeout (give both)",
    ],
    [
      "an interval too short",
      { backupId: "b", waitTimeout: "1m", pollInterval: "PT0.5S" },
      "pollInterval is 'PT0.5S', expected 1s to 1h",
    ],
    [
      "a wait of weeks",
      { backupId: "b", waitTimeout: "2w" },
      "waitTimeout is '2w', expected at most 7d",
    ],
    ["an Output", { backupId: pulumi.output("b") }, "backupId is an Output (use getBackupOutput)"],
  ];
  for (const [what, args, problem] of wrong) {
    it(`refuses ${what} before any request`, async () => {
      const service = await serve();

      await assert.rejects(find(service, args), (error) => {
        assert.ok(error instanceof InvalidArgumentError);
        assert.equal(error.message, `getBackup was given an invalid argument: ${problem}.`);
        return true;
      });
      assert.equal(service.requests.length, 0);
    });
  }

  it("waits for a backup that is being made", async () => {
    const now = Date.now();
    const service = await serve({
      backups: [
        {
          ...recent({ Status: "Creating", EndTime: null }),
          timeline: [{ atMs: now + 500, Status: "Created", EndTime: hoursAgo(0) }],
        },
      ],
    });

    const { qualifies } = await find(service, {
      serviceInstanceId: "si-1",
      waitTimeout: "1m",
      pollInterval: "1s",
    });

    assert.equal(qualifies, true);
  });
});

describe("getBackupOutput", () => {
  it("asks the user's mocks", async () => {
    const { calls } = await mock({ backupId: "backup-1", qualifies: true });
    const instance = new AnyResource("instance");

    const found = getBackupOutput({ serviceInstanceId: instance.id, maxAge: "1d" });

    assert.equal(await valueOf(found.backupId), "backup-1");
    assert.deepEqual(
      calls.map(({ token, inputs }) => ({ token, inputs: inputs as unknown })),
      [
        {
          token: "computenest:index:getBackup",
          inputs: { serviceInstanceId: "instance-id", maxAge: "1d" },
        },
      ],
    );
  });

  it("hides secret arguments from its errors", async () => {
    const service = await serve({ backups: wireRows(2) });
    const refused = getBackupOutput(
      { serviceInstanceId: pulumi.secret("si-1"), maxAge: "1d" },
      { settings: service.settings },
    );

    await assert.rejects(valueOf(refused), (error) => {
      assert.ok(error instanceof NoQualifyingBackupError);
      assert.match(
        error.message,
        /^No backup of the service instance qualifies \(Created\)\. Seen 2: /,
      );
      assert.equal(error.message.includes("si-1"), false);
      return true;
    });
  });

  it("waits in a plain script, where there is no preview", async () => {
    const warned = collectWarnings();
    const service = await serve({ backups: [recent({ Status: "Creating" })] });
    const found = getBackupOutput(
      { serviceInstanceId: "si-1", waitTimeout: "1s", pollInterval: "1s" },
      { settings: service.settings },
    );

    await assert.rejects(valueOf(found), { name: "WaitTimeoutError" });
    assert.deepEqual(warned, []);
  });
});
