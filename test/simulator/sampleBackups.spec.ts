import assert from "node:assert/strict";

import { type BackupRow, sampleBackups } from "../../simulator";

const now = Date.parse("2026-06-01T12:00:00Z");
const hourMs = 3_600_000;

function byInstance(rows: readonly BackupRow[]): BackupRow[][] {
  const ids = [...new Set(rows.map(({ ServiceInstanceId }) => ServiceInstanceId))];
  return ids.map((id) => rows.filter(({ ServiceInstanceId }) => ServiceInstanceId === id));
}

const sample = sampleBackups({ now });
const ageHours = ({ StartTime }: BackupRow) => (now - Date.parse(StartTime ?? "")) / hourMs;

describe("sampleBackups", () => {
  it("makes 321 backups of six service instances, one of which fills three pages of 100", () => {
    const sizes = byInstance(sample).map(({ length }) => length);

    assert.equal(sample.length, 321);
    assert.equal(sizes.length, 6);
    assert.equal(Math.ceil(Math.max(...sizes) / 100), 3);
  });

  it("makes the same for the same seed and time", () => {
    assert.deepEqual(sampleBackups({ now }), sample);
    assert.notDeepEqual(sampleBackups({ now, seed: 2 }), sample);
  });

  it("keeps the ids when only the time moves", () => {
    const later = sampleBackups({ now: now + 1000 * hourMs });

    assert.deepEqual(
      later.map(({ BackupId }) => BackupId),
      sample.map(({ BackupId }) => BackupId),
    );
  });

  it("takes the ids of the service instances, and any number of backups", () => {
    const rows = sampleBackups({ now, count: 7, instances: ["si-a", "si-b"] });

    assert.deepEqual(
      new Map(byInstance(rows).map((group) => [group[0]?.ServiceInstanceId, group.length])),
      new Map([
        ["si-a", 5],
        ["si-b", 2],
      ]),
    );
    assert.equal(sampleBackups({ now, count: 5, instances: 1 }).length, 5);
    assert.deepEqual(sampleBackups({ now, count: 5, instances: 0 }), []);
    assert.deepEqual(sampleBackups({ now, count: 0 }), []);
  });

  it("has distinct ids of the service's look", () => {
    assert.equal(new Set(sample.map(({ BackupId }) => BackupId)).size, 321);
    for (const { BackupId, ServiceInstanceId } of sample) {
      assert.match(BackupId, /^backup-[0-9a-f]{20}$/);
      assert.match(ServiceInstanceId ?? "", /^si-[0-9a-f]{20}$/);
    }
  });

  it("has all six statuses, with a reason for every failure and for nothing else", () => {
    assert.deepEqual([...new Set(sample.map(({ Status }) => Status))].sort(), [
      "CreateFailed",
      "Created",
      "Creating",
      "DeleteFailed",
      "Deleted",
      "Deleting",
    ]);
    for (const { Status, StatusDetail } of sample) {
      const hasReason = /^Disk d-[0-9a-f]{20} (backup|delete) failed, error message: ./.test(
        StatusDetail ?? "",
      );
      assert.equal(hasReason, Status?.endsWith("Failed"));
    }
  });

  it("mixes Z and +08:00, and leaves EndTime out while a backup is being created", () => {
    const offsets = sample.map(({ StartTime }) => StartTime?.replace(/^.{19}/, ""));

    assert.deepEqual(new Set(offsets), new Set(["Z", "+08:00"]));
    for (const row of sample) assert.equal("EndTime" in row, row.Status !== "Creating");
  });

  it("never ends before it starts, nor in the future", () => {
    for (const { StartTime, EndTime } of sample) {
      const endMs = EndTime === undefined ? now : Date.parse(EndTime ?? "");

      assert.ok(Date.parse(StartTime ?? "") <= endMs && endMs <= now);
    }
  });

  it("has a retention for some, as a number of days", () => {
    const days = new Set(sample.map(({ RetentionDays }) => RetentionDays));

    assert.deepEqual(days, new Set([undefined, 7, 30, 90, 180]));
  });

  it("is listed newest first", () => {
    const ages = sample.map(ageHours);

    assert.deepEqual(
      ages,
      ages.toSorted((left, right) => left - right),
    );
  });

  it("tells six stories, the first of which a gate of a day lets through", () => {
    const ids = ["1", "2", "3", "4", "5", "6"].map((digit) => `si-${digit}`);
    const rows = sampleBackups({ now, instances: ids });

    const newest = ids.map((id) => {
      const own = rows.filter(({ ServiceInstanceId }) => ServiceInstanceId === id);
      const good = own.find(({ Status }) => Status === "Created");
      return [own[0]?.Status, good === undefined ? undefined : Math.ceil(ageHours(good) / 24)];
    });

    assert.deepEqual(newest, [
      ["Created", 1],
      ["Created", 1],
      ["CreateFailed", 2],
      ["Creating", 2],
      ["Created", 10],
      ["Deleting", undefined],
    ]);
  });
});
