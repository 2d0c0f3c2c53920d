// A gate of your own: a deployment script asks here whether it may go on.

import { getBackup, NoQualifyingBackupError } from "pulumi-computenest";

/** Whether to deploy; with the backup to go back to, or the reason why not. */
export type Decision = { deploy: true; backupId: string } | { deploy: false; reason: string };

/** Decides for a service instance. Fails when the backups cannot be asked for: then nobody knows. */
export async function mayDeploy(serviceInstanceId: string): Promise<Decision> {
  try {
    const { backupId } = await getBackup({ serviceInstanceId, maxAge: "24h" });
    return { deploy: true, backupId };
  } catch (error) {
    if (error instanceof NoQualifyingBackupError) return { deploy: false, reason: error.message };
    throw error;
  }
}
