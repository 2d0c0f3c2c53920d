// What the resources are given, besides what a program gives them.

import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError } from "../errors";
import type { ProviderArgs } from "../resources";
import type { Settings } from "../settings/settings";
import { hiddenSettings } from "../settings/settingsContract";
import { stackConfigLayer } from "../settings/stackConfig";

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

/** The inputs of a provider: its arguments, and what they leave out. */
export function inputsOf(args: ProviderArgs): Record<string, pulumi.Output<string | undefined>> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const all = { ...inherited(args), ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, asInput(key, value)]));
}

/** Identity that is configured for pulumi-alicloud only would not reach the plugin. */
export function refuseOtherIdentity(name: string): void {
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
