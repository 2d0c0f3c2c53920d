// The program to be tested: a database behind a gate, and the backup to go back to as an output.

import * as pulumi from "@pulumi/pulumi";
import { backupGate, getBackupOutput } from "pulumi-computenest";

/** Declares the resources and returns the stack's outputs. */
export function program() {
  const config = new pulumi.Config();
  const serviceInstanceId = config.require("serviceInstanceId");

  // Stands in for a database: a Stash needs no plugin. In real life e.g. alicloud.rds.Instance.
  const database = new pulumi.Stash(
    "database",
    { input: { engineVersion: config.require("engineVersion") } },
    { hooks: backupGate("database-backup", { serviceInstanceId, maxAge: "24h" }) },
  );

  return {
    engineVersion: database.input.apply((input: { engineVersion: string }) => input.engineVersion),
    backupId: getBackupOutput({ serviceInstanceId }).backupId,
  };
}
