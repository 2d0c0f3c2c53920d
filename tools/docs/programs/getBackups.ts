import * as pulumi from "@pulumi/pulumi";
import * as computenest from "pulumi-computenest";

const config = new pulumi.Config();
const backups = computenest.getBackupsOutput({
  serviceInstanceId: config.require("serviceInstanceId"),
  statuses: ["Created", "Creating"],
});

export const ids = backups.ids;
export const latest = backups.latest;
