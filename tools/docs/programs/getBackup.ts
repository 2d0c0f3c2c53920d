import * as pulumi from "@pulumi/pulumi";
import * as computenest from "pulumi-computenest";

const config = new pulumi.Config();
const backup = computenest.getBackupOutput({
  serviceInstanceId: config.require("serviceInstanceId"),
  maxAge: "24h",
  minRetention: "3d",
});

export const backupId = backup.backupId;
