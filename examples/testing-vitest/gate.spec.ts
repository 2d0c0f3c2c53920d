// The gate against a simulated Compute Nest: no account, no engine, some milliseconds.

import { startSimulator, type BackupRow, type Simulator } from "pulumi-computenest/simulator";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { mayDeploy } from "./gate";

/** A backup that is good but for its age. */
function backupOf({ hours }: { hours: number }): BackupRow {
  const StartTime = new Date(Date.now() - hours * 3_600_000).toISOString();
  return { BackupId: "backup-1", ServiceInstanceId: "si-1", Status: "Created", StartTime };
}

let simulator: Simulator;

beforeAll(async () => {
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

afterAll(() => simulator.close());

test("yes when there is a backup of the last day", async () => {
  expect(await mayDeploy("si-1")).toEqual({ deploy: true, backupId: "backup-1" });
});

test("no, and why, when the newest backup is too old", async () => {
  simulator.setBackups([backupOf({ hours: 31 })]);

  const reason: unknown = expect.stringContaining("backup-1 Created, 31h old: 7h too old");
  expect(await mayDeploy("si-1")).toEqual({ deploy: false, reason });
});

test("a throttle is waited out", async () => {
  simulator.faults.add({ kind: "throttle", retryAfterMs: 50 });

  expect(await mayDeploy("si-1")).toEqual({ deploy: true, backupId: "backup-1" });
  expect(simulator.requests).toHaveLength(2);
});

test("fails when the service denies the question", async () => {
  simulator.faults.add({ kind: "status", status: 403, code: "Forbidden.RAM" });

  await expect(mayDeploy("si-1")).rejects.toThrow(
    "ListBackups was denied (Forbidden.RAM, HTTP 403)",
  );
});
