// getBackup and getBackupOutput on the real engine: what is known when.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { getBackup, getBackupOutput, type GetBackupResult } from "../../provider";
import { startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { diagnosticsOf } from "./support/runs";
import { inlineStack, simulatorConfig } from "./support/stacks";

function backup(name: string, Status = "Created"): BackupRow {
  const startedAt = new Date(Date.now() - 3_600_000).toISOString();
  return {
    BackupId: `backup-${name}`,
    ServiceInstanceId: `si-${name}`,
    Status,
    StartTime: startedAt,
  };
}

const waiting = {
  serviceInstanceId: "si-waiting",
  maxAge: "24h",
  waitTimeout: "1m",
  pollInterval: "1s",
};

describe("getBackup on the real engine", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  /** What the plain form gave: in the first preview, and in the update. */
  const plain: GetBackupResult[] = [];
  let preview: string;
  let askedInPreview: (string | undefined)[];
  let update: string;
  let outputs: OutputMap;
  let askedWhenThere: (string | undefined)[];

  const asked = () => simulator.requests.map(({ parameters }) => parameters["Filter.1.Value.1"]);

  before(async () => {
    let isDone = false;
    simulator = await startSimulator({
      backups: [backup("secret"), backup("held"), backup("waiting", "Creating")],
      onRequest: ({ parameters }, self) => {
        // A poll asks for the candidate by its own id.
        if (parameters["Filter.1.Value.1"] !== "backup-waiting" || isDone) return;
        isDone = true;
        self.setBackups([backup("secret"), backup("held"), backup("waiting")]);
      },
    });
    await using test = await inlineStack(async () => {
      const found = getBackup(waiting);
      const dependsOn = new pulumi.Stash("server", { input: "server" });
      const waited = getBackupOutput(waiting).backupId;
      plain.push(await found);
      return {
        waited,
        secret: getBackupOutput({ serviceInstanceId: pulumi.secret("si-secret") }).backupId,
        held: getBackupOutput({ serviceInstanceId: "si-held" }, { dependsOn }).backupId,
      };
    }, simulatorConfig(simulator));

    preview = (await test.stack.preview()).stdout;
    askedInPreview = asked();
    ({ stdout: update, outputs } = await test.stack.up());
    simulator.clearRequests();
    await test.stack.preview({ expectNoChanges: true });
    askedWhenThere = asked();
  });
  after(() => simulator.close());

  const warning =
    "warning: No backup qualifies yet: backup-waiting is Creating. An update would wait for it, up " +
    "to 1m.";

  it("gives a preview the backup that an update would wait for, as one that does not qualify", () => {
    const [inPreview] = plain;

    assert.deepEqual(
      { backupId: inPreview!.backupId, status: inPreview!.status, qualifies: inPreview!.qualifies },
      { backupId: "backup-waiting", status: "Creating", qualifies: false },
    );
  });

  it("warns in the preview, in either form, that an update would wait", () => {
    assert.deepEqual(diagnosticsOf(preview)["inline-test"], [warning, warning]);
  });

  it("is unknown in the preview, in its Output form, while the backup is being made", () => {
    assert.match(preview, /^ {4}waited: \[unknown\]$/m);
  });

  it("waits in the update, tells of it, and gives the backup", () => {
    const [, inUpdate] = plain;

    assert.deepEqual(
      { backupId: inUpdate!.backupId, status: inUpdate!.status, qualifies: inUpdate!.qualifies },
      { backupId: "backup-waiting", status: "Created", qualifies: true },
    );
    assert.match(update, /Stack inline-test creating \(\d+s\) backup-waiting Creating, \d+s of 1m/);
    assert.deepEqual(outputs["waited"], { value: "backup-waiting", secret: false });
  });

  it("makes the result of a secret input a secret", () => {
    assert.deepEqual(outputs["secret"], { value: "backup-secret", secret: true });
    assert.equal(preview.includes("backup-secret"), false);
    assert.equal(update.includes("backup-secret"), false);
  });

  it("is held back by dependsOn until the resource exists", () => {
    assert.equal(askedInPreview.includes("si-held"), false);
    assert.ok(askedInPreview.includes("si-secret"));
    assert.deepEqual(outputs["held"], { value: "backup-held", secret: false });
    assert.ok(askedWhenThere.includes("si-held"));
  });
});
