import * as pulumi from "@pulumi/pulumi";
import * as computenest from "pulumi-computenest";

const config = new pulumi.Config();
const freshBackup = new computenest.BackupGate("freshBackup", {
  serviceInstanceId: config.require("serviceInstanceId"),
  maxAge: "24h",
  waitTimeout: "30m",
});

// Stands in for a database, e.g. alicloud.rds.Instance.
new pulumi.Stash("database", { input: "large" }, { dependsOn: freshBackup });

export const backupId = freshBackup.backupId;
