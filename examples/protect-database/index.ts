// No update, replacement or deletion of a database without a backup of the last day.

import * as pulumi from "@pulumi/pulumi";
import { backupGate } from "pulumi-computenest";

const config = new pulumi.Config();

// The engine asks here before it updates or deletes. Take out the database one day, and leave this
// in until it is deleted: its deletion waits at the gate, too.
const gate = backupGate("database-backup", {
  serviceInstanceId: config.require("serviceInstanceId"),
  maxAge: "24h",
});

// Stands in for a database: a Stash needs no plugin. In real life e.g. alicloud.rds.Instance.
new pulumi.Stash(
  "database",
  { input: { engineVersion: config.require("engineVersion") } },
  {
    hooks: gate,
    // A replacement then begins with the deletion, and so at the gate, before anything is made.
    deleteBeforeReplace: true,
  },
);
