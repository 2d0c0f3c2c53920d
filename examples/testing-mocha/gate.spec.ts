// The gate against a simulated Compute Nest: no account, no engine, some milliseconds.

import assert from "node:assert/strict";
import { startSimulator, type BackupRow, type Simulator } from "pulumi-computenest/simulator";
import { mayDeploy } from "./gate";

/** A backup that is good but for its age. */
function backupOf({ hours }: { hours: number }): BackupRow {
  const StartTime = new Date(Date.now() - hours * 3_600_000).toISOString();
  return { BackupId: "backup-1", ServiceInstanceId: "si-1", Status: "Created", StartTime };
}

describe("mayDeploy", () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
    Object.assign(process.env, {
      COMPUTENEST_ENDPOINT: simulator.url,
      ALICLOUD_REGION: "cn-hangzhou",
      ALIBABA_CLOUD_ACCESS_KEY_ID: simulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: simulator.accessKeySecret,
    });
  });

  beforeEach(() => {
    simulator.setBackups([backupOf({ hours: 2 })]);
    simulator.faults.clear();
    simulator.clearRequests();
  });

  after(() => simulator.close());

  it("says yes when there is a backup of the last day", async () => {
    assert.deepEqual(await mayDeploy("si-1"), { deploy: true, backupId: "backup-1" });
  });

  it("says no, and why, when the newest backup is too old", async () => {
    simulator.setBackups([backupOf({ hours: 31 })]);

    const decision = await mayDeploy("si-1");

    assert.equal(decision.deploy, false);
    assert.match(decision.reason, /backup-1 Created, 31h old: 7h too old/);
  });

  it("is not irritated by a throttle", async () => {
    simulator.faults.add({ kind: "throttle", retryAfterMs: 50 });

    assert.deepEqual(await mayDeploy("si-1"), { deploy: true, backupId: "backup-1" });
    assert.equal(simulator.requests.length, 2);
  });

  it("fails when the service denies the question", async () => {
    simulator.faults.add({ kind: "status", status: 403, code: "Forbidden.RAM" });

    await assert.rejects(mayDeploy("si-1"), /ListBackups was denied \(Forbidden\.RAM, HTTP 403\)/);
  });
});
