import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import type { Backup } from "./backup";
import { checkCall } from "./call";
import { findQualifying, isFinding } from "./findQualifying";
import { getBackupArguments, type GetBackupArgs } from "./gateArgs";
import { createReader } from "./listing";
import { untilCreated } from "./program/dependencies";
import { callEngine, type PluginFunction } from "./program/engineCall";
import type { Inputs } from "./program/inputs";
import { connectionOf, isPreview, reporterOf } from "./program/program";
import {
  goesThroughEngine,
  type BackupsInvokeOptions,
  type BackupsInvokeOutputOptions,
} from "./program/route";
import { refuse } from "./refusal";
import { createSearch } from "./search";

const asPlugin: PluginFunction = {
  name: "getBackup",
  token: "computenest:index:getBackup",
  requiredField: "backupId",
};

/** {@link GetBackupArgs}, each of which may be an output of another resource. */
export type GetBackupOutputArgs = Inputs<GetBackupArgs>;

/** The backup that {@link getBackup} found. */
export interface GetBackupResult extends Backup {
  /**
   * Whether it can be relied on. False only in a preview of a call with `waitTimeout`: the backup is
   * still being made, and an update would wait for it.
   */
  readonly qualifies: boolean;
}

async function find(
  args: GetBackupArgs,
  opts: BackupsInvokeOptions | BackupsInvokeOutputOptions,
  areArgsSecret = false,
): Promise<GetBackupResult> {
  const connection = connectionOf(opts.settings, args.region);
  const reader = createReader(connection, opts.signal, reporterOf(opts.parent));
  const search = createSearch(reader, args, areArgsSecret);
  const outcome = await findQualifying(search, isPreview());
  if (!isFinding(outcome)) throw await refuse([outcome]);
  return { ...outcome.backup, qualifies: outcome.qualifies };
}

/**
 * Finds the newest backup that can be relied on - `Created`, not expired, and all that the arguments
 * ask for - or fails and says why there is none. Awaited at the top of a program it stops everything
 * before the first resource, in previews too.
 *
 * Whatever is not known counts against a backup. A service that cannot be asked, denies or answers
 * nonsense is an error of its own, never "no backup".
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
  const checked = checkCall(getBackupArguments, args, opts);
  if (goesThroughEngine(asPlugin, opts)) return callEngine(asPlugin, checked, opts, "plain");
  return find(checked, opts);
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
  const inputs = pulumi.output(args) as pulumi.Output<GetBackupArgs>;
  const isForEngine = goesThroughEngine(asPlugin, opts);
  // Checked inside of one apply: an output between would reject a second time, on its own.
  return pulumi.all([inputs, untilCreated(opts.dependsOn, inputs)]).apply(async ([known]) => {
    const isSecret = await pulumi.isSecret(inputs);
    const checked = checkCall(getBackupArguments, known, opts, isSecret);
    const result = isForEngine
      ? await callEngine<GetBackupResult>(asPlugin, checked, opts, "output", isSecret)
      : await find(checked, opts, isSecret);
    // The SDK takes this value for "not known yet", as it does where the engine says so.
    const { qualifies } = result as Partial<GetBackupResult>;
    return qualifies === false ? (unknown as unknown as GetBackupResult) : result;
  });
}
