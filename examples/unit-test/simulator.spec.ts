// The program on the real engine, against a simulated service: some seconds, and the Pulumi CLI.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { startSimulator, type BackupRow, type Simulator } from "pulumi-computenest/simulator";
import { program } from "./program";

/** A backup that is good but for its age. */
function backupOf({ hours }: { hours: number }): BackupRow {
  const StartTime = new Date(Date.now() - hours * 3_600_000).toISOString();
  return { BackupId: "backup-1", ServiceInstanceId: "si-1", Status: "Created", StartTime };
}

describe("the gate in front of the database", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let state: string;
  let stack: Stack;

  before(async () => {
    simulator = await startSimulator({ backups: [backupOf({ hours: 31 })] });
    state = await mkdtemp(join(tmpdir(), "unit-test-"));
    stack = await LocalWorkspace.createOrSelectStack(
      // Pulumi's functions wait for promises as well as for outputs.
      { stackName: "test", projectName: "unit-test", program: () => Promise.resolve(program()) },
      { envVars: { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "test" } },
    );
    await stack.setAllConfig({
      "computenest:endpoint": { value: simulator.url },
      "computenest:region": { value: "cn-hangzhou" },
      "computenest:accessKey": { value: simulator.accessKeyId, secret: true },
      "computenest:secretKey": { value: simulator.accessKeySecret, secret: true },
      serviceInstanceId: { value: "si-1" },
      engineVersion: { value: "8.0" },
    });
    // There is no database yet that could be lost: its creation does not wait at the gate.
    await stack.up();
    await stack.setConfig("engineVersion", { value: "8.4" });
  });

  after(async () => {
    await simulator.close();
    await rm(state, { recursive: true, force: true });
  });

  it("is closed when the newest backup is too old", async () => {
    await assert.rejects(
      stack.up(),
      /"database-backup" failed: No backup of si-1 qualifies \(Created, started within 24h\)\./,
    );
  });

  it("is open once there is a backup of the last day", async () => {
    simulator.setBackups([backupOf({ hours: 2 })]);

    const { summary, outputs } = await stack.up();

    assert.equal(summary.resourceChanges?.["update"], 1);
    assert.deepEqual(outputs["engineVersion"], { value: "8.4", secret: false });
  });
});
