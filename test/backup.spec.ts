import assert from "node:assert/strict";
import fc from "fast-check";
import { backupStatuses, plainRow, toBackupRow, wireBackup } from "../provider/backup";
import { row, wireRow, type SentRow } from "./support/backups";

describe("toBackupRow", () => {
  it("gives every field its camel-case name, and times in UTC", () => {
    const { backup } = row({
      StatusDetail: "all is well",
      Description: "daily",
      RetentionDays: 30,
    });

    assert.deepEqual(backup, {
      backupId: "backup-1",
      serviceInstanceId: "si-1",
      status: "Created",
      statusDetail: "all is well",
      description: "daily",
      backupMode: "Manual",
      startTime: "2026-01-01T00:00:00Z",
      endTime: "2026-01-01T00:10:00Z",
      createTime: "2026-01-01T00:00:00Z",
      modifiedTime: "2026-01-01T00:10:00Z",
      retentionDays: 30,
      expireTime: "2026-01-31T00:00:00Z",
    });
  });

  for (const unset of [undefined, null, ""]) {
    it(`leaves out what the service sends as ${JSON.stringify(unset)}`, () => {
      const wire = toBackupRow({
        BackupId: "backup-1",
        ServiceInstanceId: "si-1",
        Status: "Created",
        StatusDetail: unset,
        Description: unset,
        BackupMode: unset,
        RetentionDays: unset,
        StartTime: unset,
        EndTime: unset,
        CreateTime: unset,
        ModifiedTime: unset,
      });

      assert.deepEqual(wire, {
        backup: { backupId: "backup-1", serviceInstanceId: "si-1", status: "Created" },
        startedAt: undefined,
        endedAt: undefined,
        happenedAt: undefined,
        expiresAt: Infinity,
      });
    });
  }

  it("passes an unknown status through as it is", () => {
    assert.equal(row({ Status: "Archived" }).backup.status, "Archived");
  });

  it("keeps a time that cannot be read as sent, and no instant of it", () => {
    const { backup, startedAt } = row({ StartTime: "soon" });

    assert.equal(backup.startTime, "soon");
    assert.equal(startedAt, undefined);
  });

  it("sorts by createTime where startTime is missing or cannot be read", () => {
    const created = Date.parse("2026-01-01T00:00:00Z");

    assert.equal(row({ StartTime: null }).happenedAt, created);
    assert.equal(row({ StartTime: "soon" }).happenedAt, created);
  });

  it("reads RetentionDays sent as text", () => {
    const { backup } = row({ RetentionDays: "7" });

    assert.equal(backup.retentionDays, 7);
    assert.equal(backup.expireTime, "2026-01-08T00:00:00Z");
  });

  const expiries: [string, Partial<SentRow>, string | undefined][] = [
    ["has no expireTime without RetentionDays", {}, undefined],
    ["expires at once with no days", { RetentionDays: 0 }, "2026-01-01T00:00:00Z"],
    [
      "counts the days from the earliest of start, end and creation",
      { RetentionDays: 1, CreateTime: "2025-12-30T00:00:00Z" },
      "2025-12-31T00:00:00Z",
    ],
    [
      "counts from the older reading of a time without an offset",
      { RetentionDays: 1, StartTime: "2026-01-01T00:00:00" },
      "2026-01-01T16:00:00Z",
    ],
    [
      "counts from what is known",
      { RetentionDays: 1, StartTime: null, CreateTime: "unknown" },
      "2026-01-02T00:10:00Z",
    ],
    [
      "has no expireTime when no time is known",
      { RetentionDays: 1, StartTime: null, EndTime: null, CreateTime: null },
      undefined,
    ],
    ["has none beyond the year 9999", { RetentionDays: 3_000_000 }, undefined],
    ["has none beyond what a date can hold", { RetentionDays: "999999999" }, undefined],
  ];
  for (const [title, fields, expected] of expiries) {
    it(title, () => {
      assert.equal(row(fields).backup.expireTime, expected);
    });
  }
});

describe("wireBackup", () => {
  it("passes over fields it does not know", () => {
    assert.deepEqual(wireBackup.parse({ ...wireRow(), SizeGiB: 4 }), wireRow());
  });

  for (const field of ["BackupId", "ServiceInstanceId", "Status"] as const) {
    for (const value of [undefined, null, "", 7]) {
      it(`refuses ${field} ${JSON.stringify(value)}`, () => {
        assert.equal(wireBackup.safeParse({ ...wireRow(), [field]: value }).success, false);
      });
    }
  }

  for (const days of [-1, 1.5, "-1", "a week", "1234567890", true]) {
    it(`refuses RetentionDays ${JSON.stringify(days)}`, () => {
      assert.equal(wireBackup.safeParse({ ...wireRow(), RetentionDays: days }).success, false);
    });
  }
});

describe("backupStatuses", () => {
  it("are the six the service documents", () => {
    assert.deepEqual(backupStatuses, [
      "Creating",
      "Created",
      "CreateFailed",
      "Deleting",
      "Deleted",
      "DeleteFailed",
    ]);
  });
});

describe("plainRow", () => {
  it("lets nothing pass that the schema refuses", () => {
    const odd = fc.constantFrom("", "text", "7", null, undefined, 0, -1, 7, 1.5, 2 ** 53, true, {});
    const names = Object.keys(wireBackup.shape);
    const changes = fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 2 });
    const rows = fc.oneof(
      odd,
      changes.map((change) => ({ ...wireRow(), ...change })),
    );

    fc.assert(
      fc.property(rows, (value) => {
        const row = plainRow(value);
        if (row === undefined) return;
        const read = wireBackup.parse(value);
        for (const name of names) assert.equal(Reflect.get(row, name), Reflect.get(read, name));
      }),
    );
  });

  it("lets the rows pass that the service sends", () => {
    const sent = wireRow({ RetentionDays: 30, StatusDetail: null });
    const row = plainRow({ ...sent, Color: "a field of the future" });

    assert.ok(row);
    assert.deepEqual(toBackupRow(row), toBackupRow(sent));
  });

  for (const value of [null, "row", {}, { ...wireRow(), RetentionDays: "7" }]) {
    it(`leaves ${JSON.stringify(value)} to the schema`, () => {
      assert.equal(plainRow(value), undefined);
    });
  }
});
