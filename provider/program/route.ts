import type * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentError } from "../errors";
import { isMocked } from "./program";
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

/** Which package a provider is of; the SDK has the answer but does not declare it. */
function packageOf(provider: pulumi.ProviderResource): string {
  return (provider as unknown as { getPackage(): string }).getPackage();
}

/**
 * Whether a call goes through the engine instead of being done in this process: when a provider of
 * this package or a version of its plugin is asked for, and under a user's mocks.
 */
export function goesThroughEngine(
  functionName: string,
  token: string,
  opts: BackupsInvokeOptions | BackupsInvokeOutputOptions,
): boolean {
  const provider = opts.provider ?? opts.parent?.getProvider(token);
  if (provider !== undefined && packageOf(provider) !== packageName) {
    throw new InvalidArgumentError(functionName, [
      {
        property: "opts.provider",
        reason:
          `is a provider of ${packageOf(provider)}, which cannot list backups; leave it out ` +
          "(stack config alicloud:* is read without it), or use opts.settings for another account",
      },
    ]);
  }
  const wantsPlugin =
    provider !== undefined || opts.version !== undefined || opts.pluginDownloadURL !== undefined;
  if (wantsPlugin && opts.settings !== undefined) {
    throw new InvalidArgumentError(functionName, [
      {
        property: "opts.settings",
        reason:
          "cannot be combined with a provider, version or pluginDownloadURL (give one of them)",
      },
    ]);
  }
  return wantsPlugin || isMocked();
}
