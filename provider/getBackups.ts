import * as pulumi from "@pulumi/pulumi";
import type { GetBackupsArgs } from "./args";
import { calls } from "./program/deferred";
import type { Inputs } from "./program/inputs";
import type { BackupsInvokeOptions, BackupsInvokeOutputOptions } from "./program/route";
import type { GetBackupsResult } from "./result";

/** {@link GetBackupsArgs}, each of which may be an output of another resource. */
export type GetBackupsOutputArgs = Inputs<GetBackupsArgs>;

/**
 * Lists the backups of Compute Nest service instances: none, one or many; an empty list is not an
 * error. The list is complete, or the call fails; it is a part only where it is paged by hand
 * (`nextToken`, `maxPages`).
 *
 * Inside a Pulumi program it runs in preview and in `up`; nothing is kept from one run to the next.
 * Outside of one, it works too.
 *
 * Calls of one turn of the event loop that differ only in the service instances or ids they ask for
 * are read together, ten ids a request; identical calls share one read, also one that is under way
 * already: after you changed something, wait for earlier calls first. The Output form, which may have
 * been held back until something exists, never takes one that began before it.
 *
 * @throws InvalidArgumentError for arguments that are not valid, before any request.
 * @throws ConfigurationError for settings that are missing or contradictory.
 * @throws RequestError when the service cannot be asked, or refuses.
 * @throws ResponseError when its answer is not a page of backups.
 * @throws IncompleteListError when the list changed each of the three times it was read.
 */
export async function getBackups(
  args: GetBackupsArgs = {},
  opts: BackupsInvokeOptions = {},
): Promise<GetBackupsResult> {
  const { lookUp, getBackupsLookup } = calls();
  return lookUp(getBackupsLookup, args, opts);
}

/**
 * {@link getBackups} with inputs that may be outputs of other resources, and an output as result.
 * While an input is unknown, in a preview, so is the result; a secret input makes it a secret.
 * `dependsOn` holds the read back until the resources it names exist.
 */
export function getBackupsOutput(
  args: GetBackupsOutputArgs = {},
  opts: BackupsInvokeOutputOptions = {},
): pulumi.Output<GetBackupsResult> {
  const { lookUpOutput, getBackupsLookup } = calls();
  return lookUpOutput(getBackupsLookup, pulumi.output(args) as pulumi.Output<GetBackupsArgs>, opts);
}
