import assert from "node:assert/strict";
import { inspect } from "node:util";
import { restoreTaskList } from "../provider/restoreTask";

const wire = {
  RestoreTaskId: "restore-1",
  BackupId: "backup-1",
  Status: "Restored",
  EndTime: "2026-06-01T12:00:00Z",
};

describe("restoreTaskList", () => {
  it("names the call, its list and a row", () => {
    const { action, field, noun } = restoreTaskList;

    assert.deepEqual(
      { action, field, noun },
      { action: "ListRestoreTasks", field: "RestoreTasks", noun: "restore task" },
    );
  });

  it("keeps what says whether the backup can be relied on", () => {
    const task = restoreTaskList.toRow({ ...wire, StatusDetail: "all disks", Other: 1 });

    assert.deepEqual(task, {
      restoreTaskId: "restore-1",
      backupId: "backup-1",
      status: "Restored",
      statusDetail: "all disks",
      endedAt: Date.parse("2026-06-01T12:00:00Z"),
    });
    assert.equal(restoreTaskList.idOf(task), "restore-1");
  });

  const ends: [string, unknown, string | undefined][] = [
    ["an offset", "2026-06-01T20:00:00+08:00", "2026-06-01T12:00:00Z"],
    ["no offset: the older reading", "2026-06-01T20:00:00", "2026-06-01T12:00:00Z"],
    ["an unreadable end", "a moment ago", undefined],
    ["an empty end", "", undefined],
    ["null", null, undefined],
    ["no end", undefined, undefined],
  ];
  for (const [what, EndTime, expected] of ends) {
    it(`reads ${what}`, () => {
      const { endedAt } = restoreTaskList.toRow({ ...wire, EndTime });

      assert.equal(endedAt, expected === undefined ? undefined : Date.parse(expected));
    });
  }

  for (const StatusDetail of ["", null, undefined]) {
    it(`takes a detail that is ${inspect(StatusDetail)} for none`, () => {
      assert.equal(restoreTaskList.toRow({ ...wire, StatusDetail }).statusDetail, undefined);
    });
  }

  const rows: [string, unknown, boolean][] = [
    ["a whole row", wire, true],
    ["nulls where the service has nothing to say", { ...wire, EndTime: null }, true],
    ["fields of the future", { ...wire, Color: { red: 1 } }, true],
    ["no id", { ...wire, RestoreTaskId: undefined }, false],
    ["an empty id", { ...wire, RestoreTaskId: "" }, false],
    ["no backup", { ...wire, BackupId: null }, false],
    ["an empty backup", { ...wire, BackupId: "" }, false],
    ["no status", { ...wire, Status: "" }, false],
    ["an end that is a number", { ...wire, EndTime: 1_780_000_000 }, false],
    ["a detail that is an object", { ...wire, StatusDetail: {} }, false],
    ["a text", "restore-1", false],
    ["null", null, false],
  ];
  for (const [what, row, isGood] of rows) {
    it(`${isGood ? "takes" : "refuses"} ${what}`, () => {
      assert.equal(restoreTaskList.wireRow.safeParse(row).success, isGood);
    });
  }
});
