// The resources of the package; they need the plugin, which everything else does without.

import * as pulumi from "@pulumi/pulumi";
import type { Backup } from "./backup";
import type { BackupGateResourceArgs } from "./gateArgs";
import { providerInputs } from "./program/deferred";
import type { Inputs } from "./program/inputs";
import type { Settings } from "./settings/settings";

/** Where and as whom a {@link Provider} asks: {@link Settings}, each of which may be an output. */
export type ProviderArgs = Inputs<Settings>;

/**
 * An explicit provider, for another account or region than the stack's: as the option `provider` of
 * a call or a {@link BackupGate}, or in the `providers` of a component. What its arguments leave out
 * is taken from stack config `alicloud:*`, credentials only as a whole; nothing else is inherited.
 *
 * @throws ConfigurationError for values of `alicloud:*` that are not valid.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    super("computenest", name, providerInputs().inputsOf(args), opts);
  }
}

/**
 * A gate as a resource: it is created or updated only when a backup that can be relied on exists, and
 * fails otherwise; what `dependsOn` it waits. It asks in every preview and update, not in a refresh.
 * It needs the plugin `pulumi-resource-computenest`; the hook `backupGate` does not.
 *
 * @throws ConfigurationError when the stack's credentials or region are in `alicloud:*` only, and the
 * gate has no provider.
 */
export class BackupGate extends pulumi.CustomResource {
  /** The backup that let the gate open, the last time. */
  declare readonly backup: pulumi.Output<Backup>;
  /** Its id. */
  declare readonly backupId: pulumi.Output<string>;
  /** When that was: UTC, `YYYY-MM-DDTHH:MM:SSZ`. Later passes leave it alone. */
  declare readonly passedAt: pulumi.Output<string>;

  constructor(
    name: string,
    args: Inputs<BackupGateResourceArgs>,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    const type = "computenest:index:BackupGate";
    const provider = opts.provider ?? opts.parent?.getProvider(type);
    if (provider === undefined) providerInputs().refuseOtherIdentity(name);
    const outputs = { backup: undefined, backupId: undefined, passedAt: undefined };
    super(type, name, { ...args, ...outputs }, opts);
  }
}
