import assert from "node:assert/strict";
import { RequestError, WaitTimeoutError } from "../provider/errors";
import { findQualifying, isFinding, type Finding } from "../provider/findQualifying";
import type { GetBackupArgs } from "../provider/getBackupArgs";
import { refuse, type Refusal } from "../provider/refusal";
import { assertFails } from "./support/failures";
import { creating, scene, sent, type SceneOptions } from "./support/searching";
import { ago } from "./support/situations";

const minutes = 60_000;

async function find(wanted: GetBackupArgs, options: SceneOptions, isPreview = false) {
  const there = await scene(wanted, options);
  return { ...there, outcome: await findQualifying(there.search, isPreview) };
}

/** The backup that was found, as `id`, or `id?` if it does not qualify yet. */
function found(outcome: Finding | Refusal): string {
  assert.ok(isFinding(outcome));
  return `${outcome.backup.backupId}${outcome.qualifies ? "" : "?"}`;
}

async function refusedWith(outcome: Finding | Refusal) {
  assert.ok(!isFinding(outcome));
  return refuse([outcome]);
}

describe("findQualifying", () => {
  it("finds the newest that qualifies, not the newest", async () => {
    const { outcome, told } = await find(
      { maxAge: "24h", waitTimeout: "10m" },
      {
        backups: [
          sent("oldest", { StartTime: ago("9h") }),
          sent("newer"),
          creating("newest"),
          sent("failed", { Status: "CreateFailed", StartTime: ago("1h") }),
        ],
      },
    );

    assert.equal(found(outcome), "newer");
    assert.deepEqual(told, []);
  });

  it("gives the backup whole", async () => {
    const { outcome } = await find({}, { backups: [sent("backup-1", { RetentionDays: 7 })] });

    assert.deepEqual(outcome, {
      backup: {
        backupId: "backup-1",
        serviceInstanceId: "si-1",
        status: "Created",
        backupMode: "Manual",
        retentionDays: 7,
        startTime: "2026-06-01T10:00:00Z",
        endTime: "2026-06-01T10:10:00Z",
        createTime: "2026-06-01T10:00:00Z",
        modifiedTime: "2026-06-01T10:10:00Z",
        expireTime: "2026-06-08T10:00:00Z",
      },
      qualifies: true,
    });
  });

  it("waits for one that is being made, if it may", async () => {
    const { outcome, clock } = await find(
      { waitTimeout: "10m", pollInterval: "20s" },
      { backups: [creating("backup-9", { afterSeconds: 30, Status: "Created" })] },
    );

    assert.equal(found(outcome), "backup-9");
    assert.deepEqual(clock.slept, [20_000, 20_000]);
  });

  it("does not wait unless it is asked to", async () => {
    const { outcome, clock, asked } = await find({}, { backups: [creating("backup-9")] });

    const error = await refusedWith(outcome);

    assert.equal(
      error.message,
      `No backup of si-1 qualifies (Created). Seen 1: backup-9 Creating, 30s old. ${asked}`,
    );
    assert.deepEqual(clock.slept, []);
  });

  it("does not wait for one that cannot come to it", async () => {
    const { outcome, clock, asked } = await find(
      { waitTimeout: "10m", minRetention: "3d" },
      { backups: [sent("backup-9", { Status: "Creating", RetentionDays: 1 })] },
    );

    const error = await refusedWith(outcome);

    assert.equal(
      error.message,
      "No backup of si-1 qualifies (Created, kept for 3d more). Seen 1: backup-9 Creating, 2h " +
        `old: expires in 22h, 3d are needed. ${asked}`,
    );
    assert.deepEqual(clock.slept, []);
  });

  it("does not wait where a restore is asked for", async () => {
    const { outcome, service, asked } = await find(
      { waitTimeout: "10m", restoreTestedWithin: "7d" },
      { backups: [creating("backup-9")], deny: ["ListRestoreTasks"] },
    );

    const error = await refusedWith(outcome);

    assert.equal(
      error.message,
      "No backup of si-1 qualifies (Created, restored within 7d). Seen 1: backup-9 Creating, 30s " +
        `old: it is not known whether it was restored. ${asked}`,
    );
    assert.equal(service.requests.length, 1);
  });

  it("says when the wait was in vain", async () => {
    const { outcome, asked } = await find(
      { waitTimeout: "1m" },
      { backups: [creating("backup-9")] },
    );

    const error = await refusedWith(outcome);

    assert.ok(error instanceof WaitTimeoutError);
    assert.equal(
      error.message,
      "No backup of si-1 qualifies (Created). Waited 1m (waitTimeout is 1m); seen 1: backup-9 " +
        `Creating, 1m30s old. ${asked}`,
    );
  });

  it("says of a look that failed what it was, never that there is no backup", async () => {
    const there = await scene({ maxAge: "1h" }, { deny: ["ListBackups"] });

    const error = await assertFails(
      findQualifying(there.search, false),
      RequestError,
      () =>
        "ListBackups was denied (Forbidden.RAM, HTTP 403): User not authorized to operate on the " +
        "specified resource, or this API doesn't support RAM. SubUser 212345678901234567 may not " +
        "call computenest:ListBackups: no policy allows it. Allow the action " +
        `computenest:ListBackups on resource * in RAM. ${there.asked} ` +
        `RequestId ${there.service.requests[0]?.requestId ?? ""}.`,
    );

    assert.equal(error.kind, "denied");
  });
});

describe("findQualifying, in a preview", () => {
  it("passes what qualifies", async () => {
    const { outcome, told } = await find({ waitTimeout: "10m" }, { backups: [sent("a")] }, true);

    assert.deepEqual([found(outcome), told], ["a", []]);
  });

  it("waits for nothing, and warns that an update would", async () => {
    const { outcome, told, service, clock } = await find(
      { waitTimeout: "10m" },
      { backups: [creating("backup-9"), sent("backup-8", { Status: "Creating" })] },
      true,
    );

    assert.equal(found(outcome), "backup-9?");
    assert.deepEqual(told, [
      "warn: No backup qualifies yet: backup-9 is Creating. An update would wait for it, up to 10m.",
    ]);
    assert.deepEqual([service.requests.length, clock.slept], [1, []]);
  });

  it("warns of nothing that a terminal obeys", async () => {
    const { told } = await find(
      { waitTimeout: "10m" },
      { backups: [creating("\u001b[2Jbackup-9\u202e")] },
      true,
    );

    assert.deepEqual(told, [
      "warn: No backup qualifies yet: [2Jbackup-9 is Creating. An update would wait for it, up to 10m.",
    ]);
  });

  it("refuses what an update would not wait for", async () => {
    const { outcome } = await find({}, { backups: [creating("backup-9")] }, true);
    const { outcome: hopeless } = await find(
      { waitTimeout: "10m" },
      { backups: [sent("backup-9", { Status: "CreateFailed" })] },
      true,
    );

    assert.deepEqual([isFinding(outcome), isFinding(hopeless)], [false, false]);
  });

  it("does not show a secret waitTimeout", async () => {
    const { told } = await find(
      { waitTimeout: "61m" },
      { backups: [creating("backup-9")], areArgsSecret: true },
      true,
    );

    assert.equal(told.length, 1);
    assert.doesNotMatch(told.join(), /61m/);
  });
});

describe("findQualifying, with secret arguments", () => {
  it("does not show a secret waitTimeout in its progress", async () => {
    const { told } = await find(
      { waitTimeout: "61m" },
      {
        backups: [creating("backup-9", { afterSeconds: 5, Status: "Created" })],
        areArgsSecret: true,
      },
    );

    assert.equal(told.length, 1);
    assert.doesNotMatch(told.join(), /61m/);
  });
});

describe("the clocks", () => {
  const backups = [sent("backup-1", { StartTime: ago("40m") })];
  const warning = (service: string) =>
    `warn: The clocks differ: the service says ${service}, this machine says ` +
    "2026-06-01T12:00:00Z. Ages of backups are counted from the later one.";
  const cases: [string, SceneOptions, string, string[]][] = [
    ["agree", {}, "backup-1", []],
    ["differ by 15 minutes, the service ahead", { serviceAheadMs: 15 * minutes }, "backup-1", []],
    ["differ by 15 minutes, this machine ahead", { serviceAheadMs: -15 * minutes }, "backup-1", []],
    [
      "differ by a second more, the service ahead",
      { dateAheadMs: 15 * minutes + 1000 },
      "backup-1",
      [warning("2026-06-01T12:15:01Z")],
    ],
    [
      "differ by a second more, this machine ahead",
      { dateAheadMs: -15 * minutes - 1000 },
      "backup-1",
      [warning("2026-06-01T11:44:59Z")],
    ],
    [
      "differ by a day, this machine ahead",
      { dateAheadMs: -24 * 60 * minutes },
      "backup-1",
      [warning("2026-05-31T12:00:00Z")],
    ],
    [
      "differ, but the service does not say",
      { dateAheadMs: 60 * minutes, faults: [{ kind: "noDate" }] },
      "backup-1",
      [],
    ],
  ];
  for (const [what, options, id, warnings] of cases) {
    it(`${what}: ${warnings.length === 0 ? "no warning" : "a warning"}`, async () => {
      const { outcome, told } = await find({ maxAge: "1h" }, { backups, ...options });

      assert.deepEqual([found(outcome), told], [id, warnings]);
    });
  }

  it("make a backup as old as the later one says", async () => {
    const ahead = await find({ maxAge: "50m" }, { backups, serviceAheadMs: 14 * minutes });
    const behind = await find({ maxAge: "50m" }, { backups, serviceAheadMs: -14 * minutes });

    assert.equal(
      (await refusedWith(ahead.outcome)).message,
      "No backup of si-1 qualifies (Created, started within 50m). Seen 1: backup-1 Created, 54m " +
        `old: 4m too old. ${ahead.asked}`,
    );
    assert.equal(found(behind.outcome), "backup-1");
  });

  it("make a start in the future as young as the later one says", async () => {
    const future = [sent("backup-1", { StartTime: ago("-10m") })];

    const ahead = await find({ maxAge: "1h" }, { backups: future, serviceAheadMs: 6 * minutes });
    const behind = await find({ maxAge: "1h" }, { backups: future, serviceAheadMs: -6 * minutes });

    assert.equal(found(ahead.outcome), "backup-1");
    assert.equal(
      (await refusedWith(behind.outcome)).message,
      "No backup of si-1 qualifies (Created, started within 1h). Seen 1: backup-1 Created, not " +
        `begun: its start is 10m in the future. ${behind.asked}`,
    );
  });
});

describe("clocks that differ", () => {
  it("are warned of once for each call, however many service instances it asks about", async () => {
    const { search, told } = await scene({}, { backups: [sent("backup-1")] });
    const look = await search.look();
    const ofYesterday = {
      ...search,
      look: () => Promise.resolve({ ...look, serviceTime: look.now - 24 * 60 * minutes }),
    };

    await findQualifying(ofYesterday, false);
    await findQualifying(ofYesterday, false);

    assert.deepEqual(told, [
      "warn: The clocks differ: the service says 2026-05-31T12:00:00Z, this machine says " +
        "2026-06-01T12:00:00Z. Ages of backups are counted from the later one.",
    ]);
  });
});
