import * as pulumi from "@pulumi/pulumi";
import { getBackupsArguments, type GetBackupsArgs } from "./args";
import { checkCall } from "./call";
import { collect } from "./collect";
import { untilCreated } from "./program/dependencies";
import { callEngine, type PluginFunction } from "./program/engineCall";
import type { Inputs } from "./program/inputs";
import { createReader } from "./listing";
import { connectionOf, reporterOf } from "./program/program";
import { plan } from "./query";
import { toResult, type GetBackupsResult } from "./result";
import {
  goesThroughEngine,
  type BackupsInvokeOptions,
  type BackupsInvokeOutputOptions,
} from "./program/route";

const asPlugin: PluginFunction = {
  name: "getBackups",
  token: "computenest:index:getBackups",
  requiredField: "backups",
};

/** {@link GetBackupsArgs}, each of which may be an output of another resource. */
export type GetBackupsOutputArgs = Inputs<GetBackupsArgs>;

async function read(
  args: GetBackupsArgs,
  opts: BackupsInvokeOptions | BackupsInvokeOutputOptions,
): Promise<GetBackupsResult> {
  const reporter = reporterOf(opts.parent);
  const reader = createReader(connectionOf(opts.settings, args.region), opts.signal, reporter);
  const range = { nextToken: args.nextToken, maxPages: args.maxPages };
  return toResult(await collect(reader, plan(args), range), args.limit);
}

/**
 * Lists the backups of Compute Nest service instances: none, one or many; an empty list is not an
 * error. The list is complete, or the call fails; it is a part only where it is paged by hand
 * (`nextToken`, `maxPages`).
 *
 * Inside a Pulumi program it runs in preview and in `up`, and reads anew each time. Outside of one,
 * it works too.
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
  const checked = checkCall(getBackupsArguments, args, opts);
  if (goesThroughEngine(asPlugin, opts)) return callEngine(asPlugin, checked, opts, "plain");
  return read(checked, opts);
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
  const inputs = pulumi.output(args) as pulumi.Output<GetBackupsArgs>;
  const isForEngine = goesThroughEngine(asPlugin, opts);
  // Checked inside of one apply: an output between would reject a second time, on its own.
  return pulumi.all([inputs, untilCreated(opts.dependsOn, inputs)]).apply(async ([known]) => {
    const isSecret = await pulumi.isSecret(inputs);
    const checked = checkCall(getBackupsArguments, known, opts, isSecret);
    return isForEngine
      ? callEngine<GetBackupsResult>(asPlugin, checked, opts, "output", isSecret)
      : read(checked, opts);
  });
}
