// Lists the backups of one service instance and exports what other stacks and people need of them.

import * as pulumi from "@pulumi/pulumi";
import { getBackupsOutput } from "pulumi-computenest";

const config = new pulumi.Config();
const backups = getBackupsOutput({ serviceInstanceId: config.require("serviceInstanceId") });

/** Ids of all backups, newest first. */
export const ids = backups.ids;
/** The newest backup that can be restored. */
export const latest = backups.latest;
/** How many backups there are in each status. */
export const statusCounts = backups.statusCounts;
