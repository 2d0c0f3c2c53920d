// Several service instances, each with a database. None is changed unless every one has a backup.

import * as pulumi from "@pulumi/pulumi";
import { backupGateTransform } from "pulumi-computenest";

const config = new pulumi.Config();
const serviceInstanceIds = config.requireObject<string[]>("serviceInstanceIds");

// Before the first resource: a transform sees only what is registered after it. This one puts the
// gate on all databases, those inside of components and those added later as well.
pulumi.runtime.registerResourceTransform(
  backupGateTransform(
    "fleet-backups",
    ({ type }) => type === "pulumi:index:Stash",
    // Every one of the fleet, not only the one that is about to be changed: a rollout that cannot be
    // undone everywhere does not begin.
    () => ({ serviceInstanceIds, maxAge: "24h" }),
  ),
);

for (const id of serviceInstanceIds) {
  // Stands in for a database: a Stash needs no plugin. In real life e.g. alicloud.rds.Instance, and
  // its type, alicloud:rds/instance:Instance, in the transform.
  new pulumi.Stash(`database-${id}`, { input: { engineVersion: config.require("engineVersion") } });
}
