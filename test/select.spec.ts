import assert from "node:assert/strict";
import fc from "fast-check";
import { isRecent, matches, newestFirst, type Selection } from "../provider/select";
import { row, wireRow, type SentRow } from "./support/backups";

const at = (text: string) => Date.parse(text);
const now = at("2026-01-02T00:00:00Z");
const hour = 3_600_000;

describe("matches", () => {
  const cases: [string, Selection, Partial<SentRow>, boolean][] = [
    ["keeps everything when nothing is asked", {}, {}, true],
    [
      "keeps what has no times when no times are asked for",
      {},
      { StartTime: null, EndTime: null },
      true,
    ],
    ["keeps a listed id", { ids: new Set(["backup-1"]) }, {}, true],
    ["drops another id", { ids: new Set(["backup-2"]) }, {}, false],
    ["keeps a listed service instance", { serviceInstanceIds: new Set(["si-1"]) }, {}, true],
    ["drops another service instance", { serviceInstanceIds: new Set(["si-2"]) }, {}, false],
    ["keeps a listed status", { statuses: new Set(["Created"]) }, {}, true],
    ["drops another status", { statuses: new Set(["Created"]) }, { Status: "Deleted" }, false],
    ["keeps the mode asked for", { backupMode: "Manual" }, {}, true],
    ["drops another mode", { backupMode: "Auto" }, {}, false],
    ["drops an absent mode", { backupMode: "Manual" }, { BackupMode: null }, false],
    ["takes startedAfter inclusively", { startedAfter: at("2026-01-01T00:00:00Z") }, {}, true],
    ["drops a start before startedAfter", { startedAfter: now }, {}, false],
    ["takes startedBefore exclusively", { startedBefore: at("2026-01-01T00:00:00Z") }, {}, false],
    ["keeps a start before startedBefore", { startedBefore: now }, {}, true],
    ["drops an unknown start", { startedBefore: now }, { StartTime: null }, false],
    ["takes endedAfter inclusively", { endedAfter: at("2026-01-01T00:10:00Z") }, {}, true],
    ["drops an end before endedAfter", { endedAfter: now }, {}, false],
    ["takes endedBefore exclusively", { endedBefore: at("2026-01-01T00:10:00Z") }, {}, false],
    ["drops an unknown end", { endedAfter: 0 }, { EndTime: "" }, false],
    ["keeps a start as old as maxAge", { maxAgeMs: 24 * hour }, {}, true],
    ["drops a start older than maxAge", { maxAgeMs: 24 * hour - 1 }, {}, false],
    [
      "compares by the older reading of a start without an offset",
      { startedAfter: at("2026-01-01T00:00:00Z") },
      { StartTime: "2026-01-01T07:59:59" },
      false,
    ],
    [
      "wants every condition to hold",
      { ids: new Set(["backup-1"]), backupMode: "Auto" },
      {},
      false,
    ],
  ];
  for (const [title, selection, fields, expected] of cases) {
    it(title, () => {
      assert.equal(matches(row(fields), selection, now), expected);
    });
  }
});

describe("isRecent", () => {
  it("takes a start up to five minutes ahead for a clock that differs", () => {
    assert.equal(isRecent(now + 300_000, hour, now), true);
  });

  it("never counts a start further in the future", () => {
    assert.equal(isRecent(now + 300_001, hour, now), false);
  });

  it("never counts an unknown start", () => {
    assert.equal(isRecent(undefined, Infinity, now), false);
  });
});

describe("newestFirst", () => {
  const ids = (rows: ReturnType<typeof newestFirst>) => rows.map(({ backup }) => backup.backupId);

  it("compares instants, not texts", () => {
    const rows = [
      row({ BackupId: "older", StartTime: "2026-01-01T07:00:00+08:00" }),
      row({ BackupId: "newest", StartTime: "2026-01-01T01:00:00Z" }),
      row({ BackupId: "newer", StartTime: "2026-01-01T08:30:00+08:00" }),
    ];

    assert.deepEqual(ids(newestFirst(rows)), ["newest", "newer", "older"]);
  });

  it("sorts a time without an offset by its older reading", () => {
    const rows = [
      row({ BackupId: "no offset", StartTime: "2026-01-01T08:00:00" }),
      row({ BackupId: "utc", StartTime: "2026-01-01T00:00:01Z" }),
    ];

    assert.deepEqual(ids(newestFirst(rows)), ["utc", "no offset"]);
  });

  it("puts those without a time last, and breaks ties by id", () => {
    const timeless = { StartTime: null, CreateTime: null };
    const rows = [
      row({ BackupId: "d", ...timeless }),
      row({ BackupId: "b" }),
      row({ BackupId: "c", ...timeless }),
      row({ BackupId: "a" }),
    ];

    assert.deepEqual(ids(newestFirst(rows)), ["a", "b", "c", "d"]);
  });

  it("gives one order only, whatever order the rows come in", () => {
    const time = fc.constantFrom(null, "2026-01-01T00:00:00Z", "2026-01-01T08:00:00+08:00", "soon");
    const set = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), time), {
      selector: ([id]) => id,
    });
    const shuffled = set.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );

    fc.assert(
      fc.property(shuffled, ([some, others]) => {
        const sorted = ([BackupId, StartTime]: [string, string | null]) =>
          row(wireRow({ BackupId, StartTime, CreateTime: null }));

        const once = newestFirst(some.map(sorted));

        assert.deepEqual(newestFirst(others.map(sorted)), once);
        assert.deepEqual(newestFirst(once), once);
      }),
    );
  });
});
