import assert from "node:assert/strict";
import { timelineOf, type Scope } from "../../cli/page/timeline";
import { row } from "../support/backups";

const hourMs = 3_600_000;
const now = Date.parse("2026-01-10T00:00:00Z");
const hoursAgo = (hours: number) => now - hours * hourMs;
const sent = (hours: number) => new Date(hoursAgo(hours)).toISOString();

const scope: Scope = {
  now,
  from: undefined,
  to: undefined,
  serviceInstanceIds: [],
  gapMs: 24 * hourMs,
};

function backup(hours: number, fields: Parameters<typeof row>[0] = {}) {
  return row({
    BackupId: `backup-${hours}`,
    StartTime: sent(hours),
    EndTime: sent(hours - 0.5),
    ...fields,
  }).backup;
}

/** Gaps of the first row, in hours before now. */
function gapsOf(backups: Parameters<typeof timelineOf>[0], fields: Partial<Scope> = {}) {
  const [first] = timelineOf(backups, { ...scope, ...fields }).rows;
  return first!.gaps.map(({ from, to }) => [(now - from) / hourMs, (now - to) / hourMs]);
}

describe("timelineOf", () => {
  it("has a row for each service instance, by id, the backups in the order they came", () => {
    const backups = [
      backup(1, { ServiceInstanceId: "si-2" }),
      backup(2),
      backup(3, { ServiceInstanceId: "si-2" }),
    ];

    const { rows } = timelineOf(backups, scope);

    assert.deepEqual(
      rows.map(({ serviceInstanceId, bars }) => [
        serviceInstanceId,
        bars.map((bar) => bar.backup.backupId),
      ]),
      [
        ["si-1", ["backup-2"]],
        ["si-2", ["backup-1", "backup-3"]],
      ],
    );
  });

  it("has an empty row, all of it a gap, for an instance that was asked for and has nothing", () => {
    const { rows } = timelineOf([], { ...scope, from: hoursAgo(48), serviceInstanceIds: ["si-9"] });

    assert.deepEqual(rows, [
      {
        serviceInstanceId: "si-9",
        bars: [],
        gaps: [{ from: hoursAgo(48), to: now }],
        newestCreated: undefined,
      },
    ]);
  });

  it("marks what is longer than asked for between Created backups, and since the last", () => {
    const backups = [backup(30), backup(54), backup(78.1)];

    assert.deepEqual(gapsOf(backups), [
      [78.1, 54],
      [30, 0],
    ]);
  });

  it("does not take any other status for a backup", () => {
    const failed = backup(20, { Status: "CreateFailed" });
    const deleted = backup(10, { Status: "Deleted" });

    assert.deepEqual(gapsOf([deleted, failed, backup(40)]), [[40, 0]]);
    assert.deepEqual(gapsOf([failed, backup(40, { Status: "Deleted" })]), [[40, 0]]);
  });

  it("marks nothing before the first backup, unless it is known what was asked for", () => {
    const backups = [backup(12), backup(30)];

    assert.deepEqual(gapsOf(backups), []);
    assert.deepEqual(gapsOf(backups, { from: hoursAgo(72) }), [[72, 30]]);
  });

  it("ends the last gap where the filters end", () => {
    assert.deepEqual(gapsOf([backup(100)], { to: hoursAgo(60) }), [[100, 60]]);
  });

  it("marks none when Created backups were not asked for", () => {
    assert.deepEqual(gapsOf([backup(100)], { gapMs: undefined }), []);
  });

  it("gives a bar the time the backup took; one that is being made goes on until now", () => {
    const running = backup(2, { Status: "Creating", EndTime: null });
    const endless = backup(3, { Status: "CreateFailed", EndTime: null });
    const turned = backup(4, { EndTime: sent(5) });

    const { rows } = timelineOf([backup(1), running, endless, turned], scope);

    assert.deepEqual(
      rows[0]!.bars.map(({ span }) => span && [span.from, span.to]),
      [
        [hoursAgo(1), hoursAgo(0.5)],
        [hoursAgo(2), now],
        [hoursAgo(3), hoursAgo(3)],
        [hoursAgo(4), hoursAgo(4)],
      ],
    );
  });

  it("places a backup without a start by its creation, and one without both nowhere", () => {
    const created = backup(1, { StartTime: null, EndTime: null, CreateTime: sent(7) });
    const timeless = backup(2, { StartTime: "soon", EndTime: null, CreateTime: null });

    const { rows, span } = timelineOf([created, timeless], scope);

    assert.deepEqual(
      rows[0]!.bars.map((bar) => bar.span?.from),
      [hoursAgo(7), undefined],
    );
    assert.deepEqual(span, { from: hoursAgo(7), to: now });
  });
});
