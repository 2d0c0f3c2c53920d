// Waits for the backup that somebody has just started, and exports its id.

import * as pulumi from "@pulumi/pulumi";
import { getBackupOutput } from "pulumi-computenest";

const config = new pulumi.Config();

// A preview waits for nothing: there the id is not known yet.
const backup = getBackupOutput({
  serviceInstanceId: config.require("serviceInstanceId"),
  // Yesterday's backup is not the one that is waited for.
  maxAge: "1h",
  waitTimeout: "30m",
  pollInterval: config.require("pollInterval"),
});

export const backupId = backup.backupId;
