import Table from "cli-table3";
import { getBackups, type Backup } from "../../provider";
import type { Simulator } from "../../simulator";

const mostShown = 10;

/** Prints the newest backups of a service instance; no Pulumi CLI is needed for it. */
export async function showBackups(simulator: Simulator, serviceInstanceId: string): Promise<void> {
  const settings = {
    endpoint: simulator.url,
    accessKey: simulator.accessKeyId,
    secretKey: simulator.accessKeySecret,
  };
  const { backups } = await getBackups({ serviceInstanceId }, { settings });
  const table = new Table({
    head: ["backup", "status", "started", "expires"],
    style: { head: [] },
  });
  table.push(...backups.slice(0, mostShown).map(rowOf));
  console.log(table.toString());
  console.log(`${backups.length} backups of ${serviceInstanceId}, the newest ${mostShown} shown.`);
}

function rowOf({ backupId, status, startTime, expireTime }: Backup): string[] {
  return [backupId, status, startTime ?? "", expireTime ?? "never"];
}
