// Changes nothing at all unless there is a backup of the last day to go back to.

import * as pulumi from "@pulumi/pulumi";
import { getBackup } from "pulumi-computenest";

async function program(): Promise<string> {
  const config = new pulumi.Config();

  // Awaited before the first resource: without a backup the program ends here, in a preview too.
  const backup = await getBackup({
    serviceInstanceId: config.require("serviceInstanceId"),
    maxAge: "24h",
  });

  // Stands in for what you deploy: a Stash needs no plugin. In real life e.g. alicloud.rds.Instance.
  new pulumi.Stash("database", { input: { engineVersion: "8.0" } });

  return backup.backupId;
}

/** The backup to go back to. */
export const backupId = program();
