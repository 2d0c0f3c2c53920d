// What the surrounding Pulumi program knows, if there is one. Read anew for each call: Automation
// API programs run several stacks in one process, each with config of its own, and the SDK keeps
// them apart by the call's asynchronous context.

import * as pulumi from "@pulumi/pulumi";
import { publishProgress } from "../progress";
import type { Connection } from "../settings/connection";
import { connectionFrom } from "../settings/latest";
import type { Layer } from "../settings/layer";
import { stackConfigLayer } from "../settings/stackConfig";
import { scriptSharing, type Reporter, type Sharing } from "../reader";
import type { ServiceRegion } from "../settings/region";
import type { Settings } from "../settings/settings";

/** Whether the call is made inside a Pulumi program, and not in a plain script. */
export function isInProgram(): boolean {
  return pulumi.runtime.hasMonitor();
}

/**
 * Whether the program runs under `pulumi.runtime.setMocks`. The SDK has no question for it; its
 * mock monitor is told by its class, as seen in 3.206 to 3.270.
 */
export function isMocked(): boolean {
  return isInProgram() && pulumi.runtime.getMonitor()?.constructor.name === "MockMonitor";
}

/** Whether this is a preview: nothing is waited for. */
export function isPreview(): boolean {
  return isInProgram() && pulumi.runtime.isDryRun();
}

function settingsLayer(settings: Settings): Layer {
  return { name: "the settings option", values: settings, spelling: (key) => `settings.${key}` };
}

/** The stack's config, as far as settings are in it. */
function ownConfig(): Record<string, string> {
  const config = Object.entries(pulumi.runtime.allConfig());
  return Object.fromEntries(config.filter(([key]) => /^(computenest|alicloud):/.test(key)));
}

/** The settings of every layer, resolved for the stack that is calling. */
export function connectionOf(
  settings: Settings | undefined,
  region: ServiceRegion | undefined,
): Connection {
  const config = ownConfig();
  const layersOf = () => [
    ...(settings === undefined ? [] : [settingsLayer(settings)]),
    stackConfigLayer("computenest", config),
    stackConfigLayer("alicloud", config),
  ];
  return connectionFrom([settings, config], layersOf, region);
}

/** A call shares what it reads with calls of its own stack only, whatever else runs in the process. */
export function sharingInStack(rest: Omit<Sharing, "scope">): Sharing {
  return { scope: pulumi.runtime.getMonitor() ?? scriptSharing.scope, ...rest };
}

/**
 * Warnings go to the engine's diagnostics; outside a program to standard error, and progress to
 * whoever listens.
 */
export function reporterOf(about: Pick<pulumi.Resource, "urn"> | undefined): Reporter {
  // The log asks for nothing of a resource but its urn.
  const parent = about as pulumi.Resource | undefined;
  if (!isInProgram()) {
    return {
      warn: (message) => {
        process.emitWarning(message, "computenest");
      },
      progress: publishProgress,
    };
  }
  return {
    warn: (message) => void pulumi.log.warn(message, parent),
    progress: (message) => void pulumi.log.info(message, parent, undefined, true),
  };
}
