// Feeds the id of the newest backup into other resources.

import * as pulumi from "@pulumi/pulumi";
import { getBackupOutput } from "pulumi-computenest";

const config = new pulumi.Config();
const { backupId } = getBackupOutput({ serviceInstanceId: config.require("serviceInstanceId") });

// A Stash stands in for a resource here: it needs no plugin. In real life e.g. alicloud.oos.Parameter,
// where others look the id up: it may follow the newest backup, as an update costs nothing.
const note = new pulumi.Stash("note", { input: { backupId } });

// Stands in for a database that was restored from a backup, e.g. alicloud.rds.Instance: another id
// replaces it. Without ignoreChanges every new backup would throw the database away.
const database = new pulumi.Stash(
  "database",
  { input: { restoredFrom: backupId } },
  { replaceOnChanges: ["input"], ignoreChanges: ["input.restoredFrom"] },
);

/** What the resources hold. */
export const noted = note.input;
export const restored = database.input;
