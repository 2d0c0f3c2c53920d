import assert from "node:assert/strict";
import { toResult, type Collected } from "../provider/result";
import { row } from "./support/backups";

const hourly = (hour: number) => `2026-01-01T0${hour}:00:00Z`;
const rows = [
  row({ BackupId: "b1", ServiceInstanceId: "si-b", StartTime: hourly(1) }),
  row({ BackupId: "b2", ServiceInstanceId: "si-b", StartTime: hourly(2) }),
  row({ BackupId: "b3", ServiceInstanceId: "si-a", StartTime: hourly(3) }),
  row({ BackupId: "b4", ServiceInstanceId: "si-c", StartTime: hourly(4), Status: "CreateFailed" }),
  row({ BackupId: "b0", ServiceInstanceId: "si-a", StartTime: hourly(0), Status: "Archived" }),
];

function collected(fields: Partial<Collected> = {}): Collected {
  return { rows, totalCount: 5, nextToken: undefined, isByHand: false, ...fields };
}

describe("toResult", () => {
  it("lists ids and backups newest first", () => {
    const { ids, backups } = toResult(collected(), undefined);

    assert.deepEqual(ids, ["b4", "b3", "b2", "b1", "b0"]);
    assert.deepEqual(
      backups.map(({ backupId }) => backupId),
      ids,
    );
  });

  it("takes only a Created backup for the latest, and any for the latest attempt", () => {
    const { latest, latestAttempt } = toResult(collected(), undefined);

    assert.equal(latest?.backupId, "b3");
    assert.equal(latestAttempt?.backupId, "b4");
  });

  it("names the latest of each service instance that has one, in the order of their ids", () => {
    const early = row({ BackupId: "d1", ServiceInstanceId: "si-0", StartTime: hourly(0) });

    const { latestByServiceInstance = {} } = toResult(
      collected({ rows: [...rows, early] }),
      undefined,
    );

    const named = Object.entries(latestByServiceInstance).map(([id, b]) => [id, b.backupId]);
    assert.deepEqual(named, [
      ["si-0", "d1"],
      ["si-a", "b3"],
      ["si-b", "b2"],
    ]);
  });

  it("counts every documented status, then what else there is", () => {
    const { statusCounts = {} } = toResult(collected(), undefined);

    assert.deepEqual(Object.entries(statusCounts), [
      ["Creating", 0],
      ["Created", 3],
      ["CreateFailed", 1],
      ["Deleting", 0],
      ["Deleted", 0],
      ["DeleteFailed", 0],
      ["Archived", 1],
    ]);
  });

  it("cuts the list to the limit and nothing else", () => {
    const whole = toResult(collected(), undefined);
    const cut = toResult(collected(), 2);

    const { backups } = whole;
    assert.deepEqual(cut, { ...whole, ids: ["b4", "b3"], backups: backups.slice(0, 2) });
  });

  it("says nothing of the latest when a part was read", () => {
    const result = toResult(collected({ isByHand: true, nextToken: "more" }), undefined);

    assert.deepEqual(Object.keys(result), ["ids", "backups", "totalCount", "nextToken"]);
    assert.equal(result.nextToken, "more");
  });

  it("has no latest and zero counts when there is nothing", () => {
    assert.deepEqual(toResult(collected({ rows: [], totalCount: undefined }), undefined), {
      ids: [],
      backups: [],
      latestByServiceInstance: {},
      statusCounts: {
        Creating: 0,
        Created: 0,
        CreateFailed: 0,
        Deleting: 0,
        Deleted: 0,
        DeleteFailed: 0,
      },
    });
  });

  it("keeps odd ids and statuses as plain keys", () => {
    const odd = row({ ServiceInstanceId: "__proto__", Status: "Created" });

    const { latestByServiceInstance } = toResult(collected({ rows: [odd] }), undefined);

    assert.deepEqual(Object.keys(latestByServiceInstance ?? {}), ["__proto__"]);
  });
});
