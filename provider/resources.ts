// The resources of the package; they need the plugin, which everything else does without.

import * as pulumi from "@pulumi/pulumi";
import type { Backup } from "./backup";
import { ConfigurationError } from "./errors";
import type { BackupGateResourceArgs } from "./gateArgs";
import type { Inputs } from "./program/inputs";
import { hiddenSettings, type Settings } from "./settings/settings";
import { stackConfigLayer } from "./settings/stackConfig";

/** Where and as whom a {@link Provider} asks: {@link Settings}, each of which may be an output. */
export type ProviderArgs = Inputs<Settings>;

const credentialKeys = [
  "accessKey",
  "secretKey",
  "securityToken",
  "profile",
  "sharedCredentialsFile",
  "ecsRoleName",
  "credentialsUri",
  "assumeRole",
  "assumeRoleWithOidc",
] as const;

function namesCredentials(values: object): boolean {
  return credentialKeys.some((key) => (values as Record<string, unknown>)[key] !== undefined);
}

/** What `alicloud:*` stack config has for a provider, which cannot see it; credentials only whole. */
function inherited(args: ProviderArgs): Settings {
  const { values } = stackConfigLayer("alicloud", pulumi.runtime.allConfig());
  if (!namesCredentials(args)) return values;
  const own: ReadonlySet<string> = new Set(credentialKeys);
  return Object.fromEntries(Object.entries(values).filter(([key]) => !own.has(key)));
}

function asText(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}

/** A provider takes texts; structures as JSON. */
function asInput(key: string, value: unknown): pulumi.Output<string | undefined> {
  const text = (pulumi.output(value) as pulumi.Output<unknown>).apply(asText);
  return hiddenSettings.has(key) ? pulumi.secret(text) : text;
}

/**
 * An explicit provider, for another account or region than the stack's: as the option `provider` of
 * a call or a {@link BackupGate}, or in the `providers` of a component. What its arguments leave out
 * is taken from stack config `alicloud:*`, credentials only as a whole; nothing else is inherited.
 *
 * @throws ConfigurationError for values of `alicloud:*` that are not valid.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const given = Object.entries(args).filter(([, value]) => value !== undefined);
    const all = { ...inherited(args), ...Object.fromEntries(given) };
    const inputs = Object.entries(all).map(([key, value]) => [key, asInput(key, value)] as const);
    super("computenest", name, Object.fromEntries(inputs), opts);
  }
}

/** Identity that is configured for pulumi-alicloud only would not reach the plugin. */
function refuseOtherIdentity(name: string): void {
  const config = pulumi.runtime.allConfig();
  const alicloud = stackConfigLayer("alicloud", config).values;
  const own = stackConfigLayer("computenest", config).values;
  const missing = [
    namesCredentials(alicloud) && !namesCredentials(own) ? "credentials" : undefined,
    alicloud.region !== undefined && own.region === undefined ? "region" : undefined,
  ].filter((part) => part !== undefined);
  if (missing.length === 0) return;
  throw new ConfigurationError(
    `BackupGate ${name} would ask as somebody else: the plugin sees stack config computenest:*, ` +
      `but ${missing.join(" and ")} of this stack are in alicloud:*. Give it a provider ` +
      "(new Provider(...) of pulumi-computenest takes them over), or set computenest:* as well.",
  );
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
    if (provider === undefined) refuseOtherIdentity(name);
    const outputs = { backup: undefined, backupId: undefined, passedAt: undefined };
    super(type, name, { ...args, ...outputs }, opts);
  }
}
