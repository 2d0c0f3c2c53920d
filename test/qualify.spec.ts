import assert from "node:assert/strict";
import fc from "fast-check";
import type { BackupRow } from "../provider/backup";
import {
  describeConditions,
  describeVerdict,
  judge,
  judgeAll,
  type Conditions,
  type Evidence,
} from "../provider/qualify";
import { row, type SentRow } from "./support/backups";
import {
  ago,
  conditionsOf,
  inputsOf,
  noon,
  recentFields,
  restoreTask,
  situations,
  wordOf,
} from "./support/situations";

describe("judge", () => {
  for (const situation of situations) {
    const { what, asked = {}, verdict, told } = situation;
    it(`${verdict}: ${what} (${describeConditions(conditionsOf(asked))})`, () => {
      const { row: judged, conditions, evidence } = inputsOf(situation);

      const found = judge(judged, conditions, evidence);

      assert.equal(wordOf(found), verdict);
      assert.equal(describeVerdict(found, evidence.now), told);
    });
  }

  it("has a situation of its own for each sentence", () => {
    const titles = situations.map(({ what }) => what);

    assert.equal(new Set(titles).size, titles.length);
    assert.ok(titles.length >= 60);
  });

  it("tells of the latest restore that failed, in whatever order they are", () => {
    const failed = (ended: string, StatusDetail: string, n: number) =>
      restoreTask({ Status: "RestoreFailed", StatusDetail, EndTime: ago(ended) }, n);
    const tasks = [failed("3h", "old", 1), failed("1h", "latest", 2), failed("2h", "older", 3)];
    const conditions = conditionsOf({ restoreTestedWithin: "7d" });

    for (const restoreTasks of [tasks, tasks.toReversed()]) {
      const { reasons } = judge(row(recentFields()), conditions, evidenceOf(restoreTasks));

      assert.deepEqual(reasons, ["its restore failed (latest)"]);
    }
  });

  it("refuses a limit that is no length of time", () => {
    const endless = { text: "?", ms: NaN };
    const restores = [restoreTask({})];
    const sent = row(recentFields({ RetentionDays: 900 }));

    for (const name of ["maxAge", "minRetention", "restoreTestedWithin"]) {
      const found = judge(sent, { [name]: endless }, { now: noon, restoreTasks: restores });

      assert.equal(wordOf(found), "refused", name);
    }
  });

  it("refuses an end of retention that is not known, whatever the row says", () => {
    const found = judge({ ...row(recentFields()), expiresAt: NaN }, {}, evidenceOf());

    assert.equal(wordOf(found), "refused");
    assert.equal(
      describeVerdict(found, noon),
      "backup-1 Created, 2h old: nobody can tell when its retention of 0 days ends",
    );
  });
});

describe("describeConditions", () => {
  const cases: [string, Parameters<typeof conditionsOf>[0]][] = [
    ["Created", {}],
    ["Created, of si-1", { serviceInstanceId: "si-1" }],
    ["Created, mode Manual", { backupMode: "Manual" }],
    ["Created, started within P1DT12H", { maxAge: "P1DT12H" }],
    ["Created, kept for 3d more", { minRetention: "3d" }],
    ["Created, restored within 2w", { restoreTestedWithin: "2w" }],
    [
      "Created, of si-1, mode Manual, started within 24h, kept for 3d more, restored within 7d",
      {
        serviceInstanceId: "si-1",
        backupMode: "Manual",
        maxAge: "24h",
        minRetention: "3d",
        restoreTestedWithin: "7d",
      },
    ],
  ];
  for (const [words, asked] of cases) {
    it(`says "${words}"`, () => {
      assert.equal(describeConditions(conditionsOf(asked)), words);
    });
  }
});

function evidenceOf(restoreTasks: Evidence["restoreTasks"] = []): Evidence {
  return { now: noon, restoreTasks };
}

const times = fc.oneof(
  fc.constantFrom(null, "", "soon", "2026-06-01T07:00:00", ago("24h"), ago("-4m")),
  fc.integer({ min: 0, max: 100 * 24 * 60 }).map((minutes) => ago(`${minutes + 1}m`)),
);
const retention = fc.constantFrom(null, 0, 1, 7, "7", 30);
const mode = fc.constantFrom("Manual", "Auto", null);
const statuses = fc.constantFrom(
  "Created",
  "Creating",
  "CreateFailed",
  "Deleting",
  "Deleted",
  "DeleteFailed",
  "Archived",
);

const fields: fc.Arbitrary<Partial<SentRow>> = fc.record({
  Status: fc.oneof({ weight: 3, arbitrary: fc.constant("Created") }, statuses),
  ServiceInstanceId: fc.constantFrom("si-1", "si-2"),
  StartTime: times,
  EndTime: times,
  CreateTime: times,
  RetentionDays: retention,
  BackupMode: mode,
});

const anyRows: fc.Arbitrary<BackupRow[]> = fc
  .array(fields, { maxLength: 8 })
  .map((all) => all.map((one, i) => row({ ...one, BackupId: `backup-${i + 1}` })));

const limit = fc.constantFrom("1s", "5m", "24h", "7d", "50d");
const anyConditions: fc.Arbitrary<Conditions> = fc
  .record(
    {
      serviceInstanceId: fc.constantFrom("si-1", "si-2"),
      backupMode: fc.constantFrom("Manual", "Auto"),
      maxAge: limit,
      minRetention: limit,
      restoreTestedWithin: limit,
    },
    { requiredKeys: [] },
  )
  .map(conditionsOf);

const anyRestores = fc
  .array(
    fc.record({
      BackupId: fc.constantFrom("backup-1", "backup-2", "backup-3", "other"),
      Status: fc.constantFrom("Restored", "RestoreFailed", "Restoring"),
      EndTime: times,
    }),
    { maxLength: 5 },
  )
  .map((all) => all.map((one, i) => restoreTask(one, i + 1)));

const passes = (rows: readonly BackupRow[], conditions: Conditions, evidence: Evidence) =>
  judgeAll(rows, conditions, evidence).some(({ qualifies }) => qualifies);

/** The same backup, all of whose readable times are so much earlier. */
function older(given: BackupRow, byMs: number): BackupRow {
  const { startedAt, endedAt, happenedAt, expiresAt } = given;
  const earlier = (time: number | undefined) => (time === undefined ? undefined : time - byMs);
  return {
    ...given,
    startedAt: earlier(startedAt),
    endedAt: earlier(endedAt),
    happenedAt: earlier(happenedAt),
    expiresAt: expiresAt - byMs,
  };
}

describe("judgeAll", () => {
  it("puts the newest first", () => {
    const rows = [
      row({ BackupId: "older", StartTime: ago("3h") }),
      row({ BackupId: "newest", StartTime: ago("1h") }),
      row({ BackupId: "newer", StartTime: ago("2h") }),
    ];

    const ids = judgeAll(rows, {}, evidenceOf()).map((verdict) => verdict.row.backup.backupId);

    assert.deepEqual(ids, ["newest", "newer", "older"]);
  });

  it("refuses or passes, never both waits and passes", () => {
    fc.assert(
      fc.property(anyRows, anyConditions, anyRestores, (rows, conditions, restores) => {
        for (const verdict of judgeAll(rows, conditions, evidenceOf(restores))) {
          assert.notEqual(wordOf(verdict), "both");
          assert.equal(verdict.qualifies && verdict.row.backup.status !== "Created", false);
        }
      }),
    );
  });

  it("never passes because of a backup that cannot be used", () => {
    const unusable = fc
      .tuple(
        fields,
        fc.oneof(
          statuses.filter((status) => status !== "Created").map((Status) => ({ Status })),
          fc.constant({ StartTime: ago("10d"), RetentionDays: 7 }),
          fc.constant({ StartTime: null, EndTime: "", CreateTime: "soon", RetentionDays: 7 }),
        ),
      )
      .map(([one, flaw]) => row({ ...one, ...flaw, BackupId: "backup-2" }));

    fc.assert(
      fc.property(
        fc.tuple(anyRows, unusable),
        anyConditions,
        anyRestores,
        ([rows, added], conditions, restores) => {
          const evidence = evidenceOf(restores);

          assert.equal(
            passes([...rows, added], conditions, evidence),
            passes(rows, conditions, evidence),
          );
        },
      ),
    );
  });

  it("never passes because a backup is older", () => {
    fc.assert(
      fc.property(
        anyRows,
        anyConditions,
        anyRestores,
        fc.integer({ min: 1, max: 90 * 86_400_000 }),
        (rows, conditions, restores, byMs) => {
          const evidence = evidenceOf(restores);
          const aged = rows.map((one) => older(one, byMs));

          assert.ok(
            passes(rows, conditions, evidence) || !passes(aged, conditions, evidence),
            "older ones pass",
          );
        },
      ),
    );
  });

  it("never passes because time goes by", () => {
    fc.assert(
      fc.property(anyRows, anyConditions, fc.integer({ min: 1 }), (rows, conditions, later) => {
        const restores = rows.map(({ backup }, i) =>
          restoreTask({ BackupId: backup.backupId, EndTime: ago(`${i + 1}h`) }, i + 1),
        );
        const before = evidenceOf(restores);

        const after = { ...before, now: noon + later };

        assert.ok(
          passes(rows, conditions, before) || !passes(rows, conditions, after),
          "passes later",
        );
      }),
    );
  });

  it("comes to the same in whatever order the rows are", () => {
    const shuffled = anyRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );

    fc.assert(
      fc.property(shuffled, anyConditions, anyRestores, ([rows, others], conditions, restores) => {
        const evidence = evidenceOf(restores);

        assert.deepEqual(
          judgeAll(others, conditions, evidence),
          judgeAll(rows, conditions, evidence),
        );
      }),
    );
  });

  it("comes to the same in whatever order the restores are", () => {
    const shuffled = anyRestores.chain((tasks) =>
      fc.tuple(fc.constant(tasks), fc.shuffledSubarray(tasks, { minLength: tasks.length })),
    );

    fc.assert(
      fc.property(anyRows, anyConditions, shuffled, (rows, conditions, [tasks, others]) => {
        const words = (restoreTasks: Evidence["restoreTasks"]) =>
          judgeAll(rows, conditions, evidenceOf(restoreTasks)).map(wordOf);

        assert.deepEqual(words(others), words(tasks));
      }),
    );
  });
});
