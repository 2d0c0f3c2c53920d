import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import { ConfigurationError, ResponseError } from "../errors";
import { isMocked, isPreview } from "./program";

/** A function of this package, as the plugin has it. */
export interface PluginFunction {
  readonly name: string;
  readonly token: string;
  /** A field that every answer has. */
  readonly requiredField: string;
}

/** Everything a plugin answers with is meant for people; the engine puts its own words in front. */
const engineWords = /^(?:rpc error: code = \w+ desc = )?invocation of \S+ returned an error: /;

/** All texts among values. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The message of an error alone, so that the engine shows no stack, without what is secret. */
function withoutStack(error: unknown, secrets: readonly string[]): pulumi.RunError {
  let message = (error as Error).message.replace(engineWords, "");
  for (const secret of secrets) message = message.replaceAll(secret, "***");
  return new pulumi.RunError(message);
}

/**
 * Calls a function of the plugin. The engine does not ask a provider whose configuration is not known
 * yet and answers with nothing at all: in a preview the result is unknown then, where it may be.
 */
export async function callEngine<Result extends object>(
  { name, token, requiredField }: PluginFunction,
  args: object,
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
    throw new ResponseError(`The provider answered ${name} without ${requiredField}.`);
  }
  // The SDK takes this value for "not known yet".
  if (form === "output") return unknown as unknown as Result;
  throw new ConfigurationError(
    `The provider that ${name} was given is not configured yet: its configuration depends on a ` +
      `resource that does not exist. Use ${name}Output, whose result may be unknown in a preview.`,
  );
}
