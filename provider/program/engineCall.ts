import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import { ConfigurationError, ResponseError } from "../errors";
import type { Lookup } from "../lookups";
import { textsIn, without } from "../secretArgs";
import { isMocked, isPreview } from "./program";

/** Everything a plugin answers with is meant for people; the engine puts its own words in front. */
const engineWords = /^(?:rpc error: code = \w+ desc = )?invocation of \S+ returned an error: /;

/** The message of an error alone, so that the engine shows no stack, without what is secret. */
function withoutStack(error: unknown, secrets: readonly string[]): pulumi.RunError {
  const message = (error as Error).message.replace(engineWords, "");
  return new pulumi.RunError(without(secrets, message));
}

/**
 * Calls a function of the plugin. The engine does not ask a provider whose configuration is not known
 * yet and answers with nothing at all: in a preview the result is unknown then, where it may be.
 */
export async function callEngine<Args extends object, Result extends object>(
  { token, requiredField, arguments: { functionName } }: Lookup<Args, Result>,
  args: Args,
  opts: pulumi.InvokeOptions,
  form: "plain" | "output",
  areArgsSecret = false,
): Promise<Result> {
  if (isMocked()) return (await pulumi.runtime.invoke(token, { ...args }, opts)) as Result;
  const result = (await pulumi.runtime.invoke(token, { ...args }, opts).catch((error: unknown) => {
    // The engine takes the mark off a function's secret arguments, so the plugin does not see it.
    throw withoutStack(error, areArgsSecret ? textsIn(args) : []);
  })) as Result;
  if (requiredField in result) return result;
  if (!isPreview()) {
    throw new ResponseError(`The provider answered ${functionName} without ${requiredField}.`);
  }
  // The SDK takes this value for "not known yet".
  if (form === "output") return unknown as unknown as Result;
  throw new ConfigurationError(
    `The provider that ${functionName} was given is not configured yet: its configuration depends on a ` +
      `resource that does not exist. Use ${functionName}Output, whose result may be unknown in a preview.`,
  );
}
