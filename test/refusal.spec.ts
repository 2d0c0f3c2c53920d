import assert from "node:assert/strict";
import { NoQualifyingBackupError, WaitTimeoutError } from "../provider/errors";
import type { GetBackupArgs } from "../provider/getBackupArgs";
import { createReader } from "../provider/reader";
import { judgeAll } from "../provider/qualify";
import { refuse, type Refusal } from "../provider/refusal";
import { createSearch } from "../provider/search";
import type { Connection } from "../provider/settings/connection";
import { withSecretArgs } from "../provider/secretArgs";
import { row, type SentRow } from "./support/backups";
import { connectionTo, planted } from "./support/connection";
import { notingReporter } from "./support/searching";
import { ago, noon, recentFields } from "./support/situations";

const asked = "Asked 127.0.0.1:1 as LTAI…est (the settings option).";
const noReason =
  "none was made yet, or the service's provider has not enabled upgrade/downgrade (变配), which " +
  "backups need, or the id is wrong, or it is on the other site (region ap-southeast-1)";

interface Case {
  readonly wanted?: GetBackupArgs;
  readonly seen?: readonly Partial<SentRow>[];
  readonly vanished?: readonly string[];
  readonly waitedMs?: number;
  readonly areArgsSecret?: boolean;
  readonly connection?: Partial<Connection>;
}

/** A search that saw these backups, and nobody was asked for them. */
function refusal({ wanted, seen = [], connection, ...rest }: Case): Refusal {
  const { areArgsSecret = false, vanished = [], waitedMs } = rest;
  const reader = createReader(
    connectionTo("http://127.0.0.1:1", connection),
    undefined,
    notingReporter(),
  );
  const args = { serviceInstanceId: "si-1", ...wanted };
  const search = createSearch(withSecretArgs(reader, args, areArgsSecret), args);
  const rows = seen.map((fields, i) =>
    row({ ...recentFields(), BackupId: `backup-${i + 1}`, ...fields }),
  );
  const evidence = { now: noon, restoreTasks: [] };
  const verdicts = judgeAll(rows, search.conditions, evidence);
  return { search, look: { verdicts, now: noon, serviceTime: noon }, vanished, waitedMs };
}

const messageOf = async (one: Case) => (await refuse([refusal(one)])).message;

describe("refuse", () => {
  const cases: [string, Case, string][] = [
    [
      "says why each backup does not count",
      {
        wanted: { maxAge: "24h" },
        seen: [
          { Status: "CreateFailed", StatusDetail: "Disk i-1 backup failed" },
          { StartTime: ago("31h") },
          { Status: "Deleted", StartTime: ago("9d") },
        ],
      },
      "No backup of si-1 qualifies (Created, started within 24h). Seen 3: backup-1 " +
        "CreateFailed, 2h old: Disk i-1 backup failed; backup-2 Created, 31h old: 7h too old; " +
        "backup-3 Deleted, 9d old. ",
    ],
    [
      "says what may be the matter when there is no backup",
      {},
      `No backup of si-1 qualifies (Created). There is none: ${noReason}. `,
    ],
    [
      "speaks of a backup that was named",
      {
        wanted: { backupId: "backup-1", minRetention: "3d" },
        seen: [{ ServiceInstanceId: "si-2", RetentionDays: 1 }],
      },
      "Backup backup-1 does not qualify (Created, of si-1, kept for 3d more). Seen 1: backup-1 " +
        "Created, 2h old: a backup of si-2, expires in 22h, 3d are needed. ",
    ],
    [
      "says what may be the matter when the backup that was named is not there",
      { wanted: { serviceInstanceId: undefined, backupId: "backup-1" } },
      "Backup backup-1 does not qualify (Created). There is none of this id: it was deleted, or " +
        "the id is wrong, or it is on the other site (region ap-southeast-1). ",
    ],
    [
      "names the other site as seen from the international one",
      {
        wanted: { serviceInstanceId: undefined, backupId: "backup-1" },
        connection: { region: "ap-southeast-1" },
      },
      "Backup backup-1 does not qualify (Created). There is none of this id: it was deleted, or " +
        "the id is wrong, or it is on the other site (region cn-hangzhou). ",
    ],
    [
      "says that the region was a guess",
      {
        seen: [{ Status: "Deleted" }],
        connection: { regionGuess: "no region is configured, so cn-hangzhou was asked" },
      },
      "No backup of si-1 qualifies (Created). Seen 1: backup-1 Deleted, 2h old. The region was " +
        "a guess: no region is configured, so cn-hangzhou was asked; the other site is " +
        "ap-southeast-1. ",
    ],
    [
      "shows five backups",
      { seen: Array.from({ length: 5 }, () => ({ Status: "Deleted" })) },
      "No backup of si-1 qualifies (Created). Seen 5: backup-1 Deleted, 2h old; backup-2 " +
        "Deleted, 2h old; backup-3 Deleted, 2h old; backup-4 Deleted, 2h old; backup-5 Deleted, " +
        "2h old. ",
    ],
    [
      "shows the newest five of more, and says how many there were",
      {
        seen: Array.from({ length: 7 }, (_, i) => ({
          Status: "Deleted",
          StartTime: ago(`${20 - i}h`),
        })),
      },
      "No backup of si-1 qualifies (Created). Seen 7, the newest 5: backup-7 Deleted, 14h old; " +
        "backup-6 Deleted, 15h old; backup-5 Deleted, 16h old; backup-4 Deleted, 17h old; " +
        "backup-3 Deleted, 18h old. ",
    ],
    [
      "keeps the service's words on one line, and secrets out of them",
      {
        seen: [
          {
            Status: "CreateFailed",
            StatusDetail: `Disk\n\tfailed for ${planted.accessKey}: SecurityToken=abc`,
          },
        ],
      },
      "No backup of si-1 qualifies (Created). Seen 1: backup-1 CreateFailed, 2h old: Disk failed " +
        "for LTAI***: SecurityToken=***. ",
    ],
  ];
  for (const [what, one, message] of cases) {
    it(what, async () => {
      const error = await refuse([refusal(one)]);

      assert.ok(error instanceof NoQualifyingBackupError);
      assert.equal(error.message, message + asked);
    });
  }

  it("has every backup that was seen, with clean reasons", async () => {
    const error = await refuse([
      refusal({
        wanted: { maxAge: "1h" },
        seen: [
          ...Array.from({ length: 6 }, () => ({ StartTime: ago("3h") })),
          { Status: "CreateFailed", StatusDetail: `no\ndisk ${planted.accessKey}` },
        ],
      }),
    ]);

    const old = { serviceInstanceId: "si-1", status: "Created", reasons: ["2h too old"] };
    assert.deepEqual(error.seen, [
      {
        backupId: "backup-7",
        serviceInstanceId: "si-1",
        status: "CreateFailed",
        reasons: ["no disk LTAI***"],
      },
      ...Array.from({ length: 6 }, (_, i) => ({ backupId: `backup-${i + 1}`, ...old })),
    ]);
  });

  it("is a WaitTimeoutError when the time was over before anything was decided", async () => {
    const error = await refuse([
      refusal({
        wanted: { maxAge: "1h", waitTimeout: "10m" },
        seen: [{ Status: "Creating", StartTime: ago("11m") }],
        waitedMs: 600_000,
      }),
    ]);

    assert.ok(error instanceof WaitTimeoutError);
    assert.equal(
      error.message,
      "No backup of si-1 qualifies (Created, started within 1h). Waited 10m (waitTimeout is " +
        `10m); seen 1: backup-1 Creating, 11m old. ${asked}`,
    );
    assert.deepEqual(error.seen, [
      { backupId: "backup-1", serviceInstanceId: "si-1", status: "Creating", reasons: [] },
    ]);
  });

  it("tells of a wait that was over at once, though arguments are checked before", async () => {
    assert.equal(
      await messageOf({ seen: [{ Status: "Creating" }], waitedMs: 0 }),
      "No backup of si-1 qualifies (Created). Waited 0s (waitTimeout is ); seen 1: backup-1 " +
        `Creating, 2h old. ${asked}`,
    );
  });

  it("names the backups that vanished while they were being made, as they are written", async () => {
    const message = await messageOf({
      seen: [{ Status: "Deleted" }],
      vanished: ["backup-8", "backup-9"],
    });

    assert.equal(
      message,
      "No backup of si-1 qualifies (Created). Vanished while being made: backup-8, backup-9; " +
        `seen 1: backup-1 Deleted, 2h old. ${asked}`,
    );
  });
});

describe("refuse, when the arguments are secret", () => {
  const secrets = {
    serviceInstanceId: "si-secret",
    maxAge: "25h",
    minRetention: "33d",
    restoreTestedWithin: "44d",
    waitTimeout: "61m",
    backupMode: "SecretMode",
  };
  const shown = (text: string) => Object.values(secrets).filter((one) => text.includes(one));
  const ofSecret = { ServiceInstanceId: "si-secret" };

  it("does not show what was looked for", async () => {
    const message = await messageOf({
      wanted: { serviceInstanceId: "si-secret", maxAge: "25h" },
      areArgsSecret: true,
      seen: [{ ...ofSecret, Status: "Deleted" }],
    });

    assert.equal(
      message,
      `No backup of the service instance qualifies (Created). Seen 1: backup-1 Deleted, 2h old. ${asked}`,
    );
  });

  it("does not show which backup was named, when it is not there", async () => {
    const message = await messageOf({
      wanted: { backupId: "backup-secret", serviceInstanceId: "si-secret" },
      areArgsSecret: true,
    });

    assert.equal(
      message,
      "The backup does not qualify (Created). There is none of this id: it was deleted, or the " +
        `id is wrong, or it is on the other site (region ap-southeast-1). ${asked}`,
    );
  });

  it("does not show which backup was named, when it is there", async () => {
    const message = await messageOf({
      wanted: { backupId: "backup-secret" },
      areArgsSecret: true,
      seen: [{ BackupId: "backup-secret", Status: "Deleted" }],
    });

    assert.doesNotMatch(message, /backup-secret/);
  });

  it("does not show which backup was named, when it vanished", async () => {
    const message = await messageOf({
      wanted: { backupId: "backup-secret" },
      areArgsSecret: true,
      vanished: ["backup-secret"],
    });

    assert.match(message, /vanished while being made/i);
    assert.doesNotMatch(message, /backup-secret/i);
  });

  it("does not show them among the reasons", async () => {
    const message = await messageOf({
      wanted: { ...secrets, waitTimeout: undefined },
      areArgsSecret: true,
      seen: [{ ...ofSecret, RetentionDays: 3, StartTime: ago("31h") }],
    });

    assert.deepEqual(shown(message), []);
  });

  it("does not show how long was to be waited", async () => {
    const message = await messageOf({
      wanted: secrets,
      areArgsSecret: true,
      seen: [{ ...ofSecret, Status: "Creating" }],
      waitedMs: 3_670_000,
    });

    assert.deepEqual(shown(message), []);
  });

  it("shows nothing of a fleet but how many fail", async () => {
    const one = { wanted: { maxAge: "25h" }, areArgsSecret: true, seen: [{ Status: "Deleted" }] };

    const { message } = await refuse([refusal(one), refusal(one)], 3);

    assert.equal(
      message,
      `2 of 3 service instances have no backup that qualifies (Created). ${asked}`,
    );
  });
});

describe("refuse, for a fleet", () => {
  const of = (serviceInstanceId: string, one: Case = {}) =>
    refusal({ ...one, wanted: { maxAge: "24h", ...one.wanted, serviceInstanceId } });
  const lead = (count: number, size: number) =>
    `${count} of ${size} service instances have no backup that qualifies (Created, started within 24h).`;

  it("tells of each one that fails", async () => {
    const error = await refuse([of("si-1", { seen: [{ StartTime: ago("31h") }] }), of("si-3")], 3);

    assert.ok(error instanceof NoQualifyingBackupError);
    assert.equal(
      error.message,
      `${lead(2, 3)} si-1: seen 1: backup-1 Created, 31h old: 7h too old. si-3: there is none. ` +
        `Where there is none: ${noReason}. ${asked}`,
    );
    assert.deepEqual(
      error.seen.map(({ backupId }) => backupId),
      ["backup-1"],
    );
  });

  it("tells of one of several in the same way", async () => {
    const { message } = await refuse([of("si-2", { seen: [{ Status: "Deleted" }] })], 2);

    assert.equal(message, `${lead(1, 2)} si-2: seen 1: backup-1 Deleted, 2h old. ${asked}`);
  });

  it("tells of five, and names the others", async () => {
    const seen = [{ Status: "Deleted" }];
    const ids = Array.from({ length: 7 }, (_, i) => `si-${i + 1}`);
    const [first, ...rest] = ids.map((id) => of(id, { seen }));

    const { message } = await refuse([first!, ...rest], 9);

    const told = ids.slice(0, 5).map((id) => ` ${id}: seen 1: backup-1 Deleted, 2h old.`);
    assert.equal(message, `${lead(7, 9)}${told.join("")} The others: si-6, si-7. ${asked}`);
  });

  it("names none that has no id, though arguments are checked before", async () => {
    const nameless = refusal({
      wanted: { serviceInstanceId: undefined, backupId: "backup-1" },
      seen: [{ Status: "Deleted" }],
    });

    const { message } = await refuse([nameless], 2);

    assert.equal(
      message,
      "1 of 2 service instances have no backup that qualifies (Created). : seen 1: backup-1 " +
        `Deleted, 2h old. ${asked}`,
    );
  });

  it("is a WaitTimeoutError when all of them were still being made", async () => {
    const waiting = (id: string, waitedMs?: number) =>
      of(id, {
        wanted: { waitTimeout: "10m" },
        seen: [{ Status: waitedMs === undefined ? "CreateFailed" : "Creating" }],
        ...(waitedMs === undefined ? {} : { waitedMs }),
      });

    const all = await refuse([waiting("si-1", 600_000), waiting("si-2", 600_000)], 2);
    const some = await refuse([waiting("si-1", 600_000), waiting("si-2")], 2);

    assert.ok(all instanceof WaitTimeoutError);
    assert.ok(some instanceof NoQualifyingBackupError);
    const waited = "waited 10m (waitTimeout is 10m); seen 1: backup-1 Creating, 2h old.";
    assert.equal(all.message, `${lead(2, 2)} si-1: ${waited} si-2: ${waited} ${asked}`);
    assert.equal(
      some.message,
      `${lead(2, 2)} si-1: ${waited} si-2: seen 1: backup-1 CreateFailed, 2h old. ${asked}`,
    );
  });
});
