import * as pulumi from "@pulumi/pulumi";
import type { GetBackupArgs } from "./getBackupArgs";
import { calls } from "./program/deferred";
import type { Inputs } from "./program/inputs";
import type { BackupsInvokeOptions, BackupsInvokeOutputOptions } from "./program/route";
import type { GetBackupResult } from "./result";

/** {@link GetBackupArgs}, each of which may be an output of another resource. */
export type GetBackupOutputArgs = Inputs<GetBackupArgs>;

/**
 * Finds the newest backup that can be relied on - `Created`, not expired, and all that the arguments
 * ask for - or fails and says why there is none. Awaited at the top of a program it stops everything
 * before the first resource, in previews too.
 *
 * Whatever is not known counts against a backup. A service that cannot be asked, denies or answers
 * nonsense is an error of its own, never "no backup". Calls made at the same time are read together, ten
 * service instances a request, and wait together; none is answered from a read that began before it.
 *
 * @throws NoQualifyingBackupError when no backup qualifies, with the reason for each one seen.
 * @throws WaitTimeoutError when `waitTimeout` was over before one did.
 * @throws InvalidArgumentError for arguments that are not valid, before any request.
 * @throws ConfigurationError for settings that are missing or contradictory.
 * @throws RequestError when the service cannot be asked, or refuses.
 * @throws ResponseError when its answer is not a page of backups.
 * @throws IncompleteListError when the list changed each of the three times it was read.
 */
export async function getBackup(
  args: GetBackupArgs,
  opts: BackupsInvokeOptions = {},
): Promise<GetBackupResult> {
  const { lookUp, getBackupLookup } = calls();
  return lookUp(getBackupLookup, args, opts);
}

/**
 * {@link getBackup} with inputs that may be outputs of other resources, and an output as result.
 * Unknown in a preview while an input is, or while the backup is still being made and `waitTimeout`
 * is given. `dependsOn` holds the read back until the resources it names exist.
 */
export function getBackupOutput(
  args: GetBackupOutputArgs,
  opts: BackupsInvokeOutputOptions = {},
): pulumi.Output<GetBackupResult> {
  const { lookUpOutput, getBackupLookup } = calls();
  return lookUpOutput(getBackupLookup, pulumi.output(args) as pulumi.Output<GetBackupArgs>, opts);
}
