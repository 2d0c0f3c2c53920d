// The two forms that each function has for programs: plain, and with Outputs.

import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import { checkCall, type CheckedCall } from "../checkCall";
import type { CommonArgs, Lookup } from "../lookups";
import { systemClock } from "../client/clock";
import { createReader } from "../reader";
import { withSecretArgs } from "../secretArgs";
import { untilCreated } from "./dependencies";
import { callEngine } from "./engineCall";
import { connectionOf, isPreview, reporterOf, sharingInStack } from "./program";
import { goesThroughEngine } from "./route";
import type { BackupsInvokeOptions, BackupsInvokeOutputOptions } from "./route";

/** Does the work in this process. */
async function perform<Args extends CommonArgs, Result>(
  lookup: Lookup<Args, Result>,
  { args, settings }: CheckedCall<Args>,
  opts: BackupsInvokeOptions | BackupsInvokeOutputOptions,
  form: "plain" | "output",
  areArgsSecret = false,
): Promise<Result> {
  const connection = connectionOf(settings, args.region);
  // An Output may have been held back until something was made: a read from before will not do.
  const sharing = sharingInStack({ windowMs: undefined, mayJoin: form === "plain" });
  const reporter = reporterOf(opts.parent);
  const reader = createReader(connection, opts.signal, reporter, systemClock, sharing);
  const discreet = withSecretArgs(reader, args, areArgsSecret);
  return lookup.perform(discreet, args, isPreview());
}

/** The plain form: arguments are values, the result is a promise. */
export async function lookUp<Args extends CommonArgs, Result extends object>(
  lookup: Lookup<Args, Result>,
  args: Args,
  opts: BackupsInvokeOptions,
): Promise<Result> {
  const checked = checkCall(lookup.arguments, args, opts);
  return goesThroughEngine(lookup, opts)
    ? callEngine(lookup, checked.args, opts, "plain")
    : perform(lookup, checked, opts, "plain");
}

/** The Output form: arguments may be Outputs, the result is one. */
export function lookUpOutput<Args extends CommonArgs, Result extends object>(
  lookup: Lookup<Args, Result>,
  args: pulumi.Output<Args>,
  opts: BackupsInvokeOutputOptions,
): pulumi.Output<Result> {
  const isForEngine = goesThroughEngine(lookup, opts);
  const look = async ([known]: [Args, unknown]): Promise<Result> => {
    const isSecret = await pulumi.isSecret(args);
    const checked = checkCall(lookup.arguments, known, opts, isSecret);
    const result = isForEngine
      ? await callEngine(lookup, checked.args, opts, "output", isSecret)
      : await perform(lookup, checked, opts, "output", isSecret);
    // The SDK takes this value for "not known yet", as it does where the engine says so.
    return lookup.isProvisional(result) ? (unknown as unknown as Result) : result;
  };
  // Checked inside of one apply: an output between would reject a second time, on its own.
  const all: pulumi.Output<unknown> = pulumi.all([args, untilCreated(opts.dependsOn, args)]);
  return (all as pulumi.Output<[Args, unknown]>).apply<Result>(look);
}
