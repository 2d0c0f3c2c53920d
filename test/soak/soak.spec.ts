import assert from "node:assert/strict";
import { getBackup, getBackups, listBackups } from "../../provider";
import { wireRows } from "../support/backups";
import { serve } from "../support/service";
import { start } from "./processes";
import type { SoakReport } from "./soak";

describe("500 calls at a time", () => {
  it("get an answer each, and each its own", async function () {
    this.timeout(60_000);
    const instances = Array.from({ length: 500 }, (_, i) => `si-${i}`);
    const backups = instances.flatMap((ServiceInstanceId, i) =>
      wireRows(1 + (i % 3), { ServiceInstanceId, StartTime: new Date().toISOString() }).map(
        (row) => ({ ...row, BackupId: `${ServiceInstanceId}/${row.BackupId}` }),
      ),
    );
    const opts = { settings: (await serve({ backups })).settings };
    const ask = async (serviceInstanceId: string, i: number): Promise<string[]> => {
      if (i % 5 === 0) {
        const found = await getBackup({ serviceInstanceId, maxAge: "1h" }, opts);
        assert.ok(found.qualifies);
        return [found.backupId];
      }
      if (i % 5 > 1) return (await getBackups({ serviceInstanceId }, opts)).ids;
      const ids: string[] = [];
      for await (const { backupId } of listBackups({ serviceInstanceId }, opts)) ids.push(backupId);
      return ids;
    };

    const answers = await Promise.all(instances.map(ask));

    for (const [i, ids] of answers.entries()) {
      const all = Array.from({ length: 1 + (i % 3) }, (_, n) => `si-${i}/backup-${n + 1}`);
      assert.deepEqual(ids, i % 5 === 0 ? all.slice(0, 1) : all);
    }
  });
});

describe("some seconds in bad weather", () => {
  it("pass without a wrong answer, and leave no socket or timer", async function () {
    this.timeout(90_000);
    const seed = Date.now() % 2 ** 31;

    const run = start("main.ts", ["--minutes", "0.25", "--seed", String(seed)]);
    const report = JSON.parse(await run.firstLine) as SoakReport;
    const code = await run.ended;

    const { verdicts, wrong, left } = report;
    assert.deepEqual({ wrong, left, code }, { wrong: [], left: [], code: 0 }, `--seed ${seed}`);
    assert.ok(verdicts.right > 20 && report.rounds > 2, JSON.stringify(report));
  });
});
