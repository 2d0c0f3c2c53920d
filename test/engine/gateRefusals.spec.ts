// Whatever is not a good backup keeps a gate shut: one resource for each way the world can be bad, all
// of them in the same runs, each with a simulator of its own.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { backupGate, type BackupGateArgs, type Settings } from "../../provider";
import { startSimulator, type BackupRow, type Fault, type Simulator } from "../../simulator";
import { runsOn, type Run } from "./support/runs";
import { inlineStack } from "./support/stacks";

const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+/, "");

/** A backup of the service instance that every gate here protects; good unless told otherwise. */
function backup(fields: Partial<BackupRow> = {}): BackupRow {
  return {
    BackupId: "backup-1",
    ServiceInstanceId: "si-1",
    Status: "Created",
    StartTime: hoursAgo(2),
    EndTime: hoursAgo(1),
    ...fields,
  };
}

interface BadWorld {
  readonly backups?: readonly BackupRow[];
  readonly fault?: Fault;
  readonly args?: Partial<BackupGateArgs>;
  readonly settings?: Settings;
  /** What the gate says; `HOST` and `ID` stand for the simulator's address and ids of requests. */
  readonly message: string;
}

const asked = "Asked HOST as LTAI…Key (the settings option).";
const refused = (conditions: string, seen: string) =>
  `No backup of si-1 qualifies (${conditions}). Seen 1: ${seen}. ${asked}`;
const isFresh = "Created, started within 24h";

const badWorlds: Readonly<Record<string, BadWorld>> = {
  "an empty list": {
    backups: [],
    message:
      `No backup of si-1 qualifies (${isFresh}). There is none: none was made yet, or the ` +
      "service's provider has not enabled upgrade/downgrade (变配), which backups need, or the id " +
      `is wrong, or it is on the other site (region ap-southeast-1). ${asked}`,
  },
  "a failed backup": {
    backups: [backup({ Status: "CreateFailed", StatusDetail: "Disk d-1 backup failed" })],
    message: refused(isFresh, "backup-1 CreateFailed, 2h old: Disk d-1 backup failed"),
  },
  "an unknown status": {
    backups: [backup({ Status: "Archived" })],
    message: refused(isFresh, "backup-1 Archived, 2h old"),
  },
  "a time without meaning": {
    backups: [backup({ StartTime: "yesterday" })],
    message: refused(
      isFresh,
      'backup-1 Created, of unknown age: its start time "yesterday" cannot be read',
    ),
  },
  "no start time": {
    backups: [backup({ StartTime: null })],
    message: refused(isFresh, "backup-1 Created, of unknown age: it has no start time"),
  },
  "a start in the future": {
    backups: [backup({ StartTime: hoursAgo(-3.5) })],
    message: refused(isFresh, "backup-1 Created, not begun: its start is 3h in the future"),
  },
  "a backup that is too old": {
    backups: [backup({ StartTime: hoursAgo(31) })],
    message: refused(isFresh, "backup-1 Created, 31h old: 7h too old"),
  },
  "a backup that expires too soon": {
    backups: [backup({ StartTime: hoursAgo(1.5), RetentionDays: 1 })],
    args: { minRetention: "3d" },
    message: refused(
      `${isFresh}, kept for 3d more`,
      "backup-1 Created, 1h old: expires in 22h, 3d are needed",
    ),
  },
  "a backup that has expired": {
    backups: [backup({ StartTime: hoursAgo(31), EndTime: hoursAgo(30), RetentionDays: 1 })],
    args: { maxAge: "7d" },
    message: refused("Created, started within 7d", "backup-1 Created, 31h old: expired 7h ago"),
  },
  "a backup of another service instance": {
    fault: {
      kind: "page",
      patch: { Backups: [backup({ ServiceInstanceId: "si-2" })], TotalCount: 1 },
    },
    message:
      `No backup of si-1 qualifies (${isFresh}). There is none: none was made yet, or the ` +
      "service's provider has not enabled upgrade/downgrade (变配), which backups need, or the id " +
      `is wrong, or it is on the other site (region ap-southeast-1). ${asked}`,
  },
  "a denied call": {
    fault: { kind: "status", status: 403, code: "Forbidden.RAM", message: "Not authorized." },
    message:
      "ListBackups was denied (Forbidden.RAM, HTTP 403): Not authorized. The caller may not call " +
      "computenest:ListBackups. Allow the action computenest:ListBackups on resource * in RAM. " +
      `${asked} RequestId ID.`,
  },
  "a broken page": {
    fault: { kind: "page", patch: { Backups: "none" } },
    message:
      "Page 1 of ListBackups cannot be used: Backups: invalid input: expected array, received " +
      "string. No part of the list is returned in its place. RequestId ID.",
  },
  "an answer without its fields": {
    fault: { kind: "page", patch: { Backups: undefined } },
    message:
      "Page 1 of ListBackups cannot be used: it has no list Backups. No part of the list is " +
      "returned in its place. RequestId ID.",
  },
  "a row without its fields": {
    fault: { kind: "page", patch: { Backups: [{ Status: "Created" }], TotalCount: 1 } },
    message:
      "Page 1 of ListBackups cannot be used: Backups[0].BackupId: invalid input: expected string, " +
      "received undefined; Backups[0].ServiceInstanceId: invalid input: expected string, received " +
      "undefined. No part of the list is returned in its place. RequestId ID.",
  },
  "a listing that cannot be completed": {
    fault: { kind: "page", patch: { TotalCount: 2 } },
    message:
      "The list of backups is not complete: 1 different backups were read, but TotalCount is 2. It " +
      "was read 3 times; backups may be coming and going. Try again; if it stays so, the setting " +
      'completeness "tokens" (COMPUTENEST_COMPLETENESS) trusts the last page\'s word instead of ' +
      "TotalCount.",
  },
  "a service that throttles without end": {
    fault: { kind: "throttle" },
    settings: { maxRetryTimeout: 1 },
    message:
      "ListBackups was throttled (Throttling.User, HTTP 400): Request was denied due to user flow " +
      "control. Given up after N attempts and N s (maxRetryTimeout is 1 s). " +
      `${asked} RequestId ID.`,
  },
};

/** A gated resource and the simulator its gate asks. */
interface Gated {
  readonly name: string;
  readonly world: BadWorld;
  readonly simulator: Simulator;
}

function declare({ world, simulator }: Gated, name: string, input: string): void {
  const settings: Settings = {
    region: "cn-hangzhou",
    endpoint: simulator.url,
    accessKey: simulator.accessKeyId,
    secretKey: simulator.accessKeySecret,
    ...world.settings,
  };
  const args = { serviceInstanceId: "si-1", maxAge: "24h", ...world.args };
  new pulumi.Stash(name, { input }, { hooks: backupGate(name, args, { settings }) });
}

/** A message without what differs from run to run. */
function steady(line: string, { simulator }: Gated): string {
  return line
    .replaceAll(simulator.host, "HOST")
    .replace(/RequestId [0-9A-F-]{36}/, "RequestId ID")
    .replace(/\d+ attempts? and [\d.]+ s/, "N attempts and N s");
}

describe("a gate is not passed by", function () {
  this.timeout(120_000);
  const gated = new Map<string, Gated>();
  let passed: Run;
  let blocked: Run;
  let passedAgain: Run;

  before(async () => {
    for (const [name, world] of Object.entries(badWorlds)) {
      const simulator = await startSimulator({ backups: [backup()] });
      gated.set(name, { name, world, simulator });
    }
    let input = "created";
    await using test = await inlineStack(() => {
      for (const [name, one] of gated) declare(one, name, input);
      return {};
    }, {});
    const run = runsOn(test);
    await run((stack, display) => stack.up(display));
    input = "passed";
    passed = await run((stack, display) => stack.up(display));
    for (const { world, simulator } of gated.values()) {
      simulator.clearRequests();
      if (world.backups !== undefined) simulator.setBackups(world.backups);
      if (world.fault !== undefined) simulator.faults.add({ times: Infinity, ...world.fault });
    }
    input = "blocked";
    blocked = await run((stack, display) => stack.up({ ...display, continueOnError: true }));
    for (const { simulator } of gated.values()) {
      simulator.setBackups([backup({ RetentionDays: 30 })]);
      simulator.faults.clear();
    }
    passedAgain = await run((stack, display) => stack.up(display));
  });
  after(() => Promise.all([...gated.values()].map(({ simulator }) => simulator.close())));

  for (const [name, { message }] of Object.entries(badWorlds)) {
    it(name, () => {
      const one = gated.get(name)!;
      const told = (blocked.diagnostics[name] ?? []).map((line) => steady(line, one));

      assert.deepEqual(told, [`error: before hook "${name}" failed: ${message}`]);
      assert.deepEqual(blocked.after[name], ["passed"]);
      assert.notEqual(one.simulator.requests.length, 0);
    });
  }

  it("anything, and yet lets the same change through while the backup is good", () => {
    for (const { run, input } of [
      { run: passed, input: "passed" },
      { run: passedAgain, input: "blocked" },
    ]) {
      assert.equal(run.failed, false, run.terminal);
      for (const name of Object.keys(badWorlds)) assert.deepEqual(run.after[name], [input]);
    }
  });
});
