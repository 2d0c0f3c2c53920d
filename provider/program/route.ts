import type * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentError, type ArgumentProblem } from "../errors";
import type { Lookup } from "../lookups";
import { orUnreadable } from "../validation";
import { describe } from "../wording";
import { isMocked, reporterOf } from "./program";
import type { Settings } from "../settings/settings";

/** Options of a call: Pulumi's own, and two of ours. */
export interface BackupsInvokeOptions extends pulumi.InvokeOptions {
  /** Ends the call: it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Where and as whom to ask, for this call only; stronger than stack config and environment. Not
   * together with `provider`.
   */
  settings?: Settings | undefined;
}

/** Options of a call in its Output form: also `dependsOn`. */
export interface BackupsInvokeOutputOptions extends pulumi.InvokeOutputOptions {
  /** Ends the call: it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Where and as whom to ask, for this call only; stronger than stack config and environment. Not
   * together with `provider`.
   */
  settings?: Settings | undefined;
}

const packageName = "computenest";

/** What is to be known of a function to find its way. */
type AnyLookup = Pick<Lookup<never, never>, "token"> & {
  readonly arguments: { readonly functionName: string };
};

/** Which package a provider is of; the SDK has the answer but does not declare it. */
function packageOf(provider: pulumi.ProviderResource): string {
  return (provider as unknown as { getPackage(): string }).getPackage();
}

/** Whether a value has a method: by what a call goes on to use. */
function has(method: string, value: unknown): boolean {
  return typeof (Object(value) as Record<string, unknown>)[method] === "function";
}

const expected = "expected a provider (new Provider(...) of pulumi-computenest)";

/** What cannot be a provider or a parent; the SDK would only say what it could not call. */
function strangers(opts: BackupsInvokeOptions | BackupsInvokeOutputOptions): ArgumentProblem[] {
  const find = () => {
    const { provider, parent } = opts;
    const problems: ArgumentProblem[] = [];
    if (provider !== undefined && !has("getPackage", provider)) {
      problems.push({ property: "opts.provider", reason: `is ${describe(provider)}, ${expected}` });
    }
    if (parent !== undefined && !has("getProvider", parent)) {
      const reason = `is ${describe(parent)}, expected a resource`;
      problems.push({ property: "opts.parent", reason });
    }
    return problems;
  };
  return orUnreadable(find, ({ reason }) => [{ property: "opts", reason }]);
}

/** The provider of this package that a call was given, itself or by its parent. */
function providerOf(
  { token, arguments: { functionName } }: AnyLookup,
  { provider, parent }: BackupsInvokeOptions | BackupsInvokeOutputOptions,
): pulumi.ProviderResource | undefined {
  const found = provider ?? parent?.getProvider(token);
  if (found === undefined || packageOf(found) === packageName) return found;
  throw new InvalidArgumentError(functionName, [
    {
      property: "opts.provider",
      reason:
        `is a provider of ${packageOf(found)}, which cannot list backups; leave it out (stack ` +
        "config alicloud:* is read without it), or for another account use opts.settings or " +
        "new Provider(...) of pulumi-computenest",
    },
  ]);
}

const warnedOf = new WeakSet<pulumi.Resource>();

/** Who hands an alicloud provider down may think that backups are read with it. */
function warnOfAlicloud(parent: pulumi.Resource | undefined): void {
  if (parent?.getProvider("alicloud:index:any") === undefined || warnedOf.has(parent)) return;
  warnedOf.add(parent);
  reporterOf(parent).warn(
    "The providers of this resource include one of alicloud, but none of computenest. Backups are " +
      "not read with it: use new Provider(...) of pulumi-computenest for its account.",
  );
}

/**
 * @internal Whether a call goes through the engine instead of being done in this process: when a
 * provider of this package or a version of its plugin is asked for, and under a user's mocks.
 */
export function goesThroughEngine(
  called: AnyLookup,
  opts: BackupsInvokeOptions | BackupsInvokeOutputOptions,
): boolean {
  const problems = strangers(opts);
  if (problems.length > 0) {
    throw new InvalidArgumentError(called.arguments.functionName, problems);
  }
  const provider = providerOf(called, opts);
  const wantsPlugin =
    provider !== undefined || opts.version !== undefined || opts.pluginDownloadURL !== undefined;
  if (wantsPlugin && opts.settings !== undefined) {
    throw new InvalidArgumentError(called.arguments.functionName, [
      {
        property: "opts.settings",
        reason:
          "cannot be combined with a provider, version or pluginDownloadURL (give one of them)",
      },
    ]);
  }
  if (!wantsPlugin) warnOfAlicloud(opts.parent);
  return wantsPlugin || isMocked();
}
