// What settings and the CLI's profiles both name, in the terms of Alibaba Cloud's library.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
} from "@alicloud/credentials";
import type { CredentialBase } from "../settings/connection";
import type { AssumeRoleSettings, AssumeRoleWithOidcSettings } from "../settings/settings";

/** What hands out keys; the library's own interface, which it does not export. */
export type KeyProvider = Pick<StaticAKCredentialsProvider, "getCredentials" | "getProviderName">;

const sessionName = "pulumi-computenest";
const sessionSeconds = 3600;

/** Keys that are known, temporary ones with their token. */
export function staticKeys(
  keys: Omit<Extract<CredentialBase, { kind: "keys" }>, "kind">,
): KeyProvider {
  return keys.securityToken === undefined
    ? StaticAKCredentialsProvider.builder()
        .withAccessKeyId(keys.accessKey)
        .withAccessKeySecret(keys.secretKey)
        .build()
    : StaticSTSCredentialsProvider.builder()
        .withAccessKeyId(keys.accessKey)
        .withAccessKeySecret(keys.secretKey)
        .withSecurityToken(keys.securityToken)
        .build();
}

/** The keys of the role of the ECS instance this runs on. */
export function ecsRole(roleName: string): KeyProvider {
  return ECSRAMRoleCredentialsProvider.builder().withRoleName(roleName).build();
}

/** The keys of a role, assumed with other keys. `stsRegion`: where to ask for them. */
export function assumedRole(
  source: KeyProvider,
  role: AssumeRoleSettings,
  stsRegion?: string,
): KeyProvider {
  const builder = RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(source)
    .withRoleArn(role.roleArn)
    .withRoleSessionName(role.sessionName ?? sessionName)
    .withDurationSeconds(role.sessionExpiration ?? sessionSeconds);
  if (role.policy !== undefined) builder.withPolicy(role.policy);
  if (role.externalId !== undefined) builder.withExternalId(role.externalId);
  if (stsRegion !== undefined) builder.withStsRegionId(stsRegion);
  return builder.build();
}

/** The library takes the token from a file only; one given as text is lent a file for one request. */
function lendToken(role: AssumeRoleWithOidcSettings, token: string): KeyProvider {
  return {
    getProviderName: () => "oidc_role_arn",
    async getCredentials() {
      const folder = await mkdtemp(join(tmpdir(), "computenest-"));
      try {
        const file = join(folder, "token");
        await writeFile(file, token, { mode: 0o600 });
        return await oidcWithFile(role, file).getCredentials();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function oidcWithFile(role: AssumeRoleWithOidcSettings, file: string | undefined): KeyProvider {
  const builder = OIDCRoleArnCredentialsProvider.builder()
    .withRoleArn(role.roleArn)
    .withOIDCProviderArn(role.oidcProviderArn)
    .withRoleSessionName(role.roleSessionName ?? sessionName)
    .withDurationSeconds(role.sessionExpiration ?? sessionSeconds);
  if (file !== undefined) builder.withOIDCTokenFilePath(file);
  if (role.policy !== undefined) builder.withPolicy(role.policy);
  return builder.build();
}

/** The keys of a role, assumed with a token. */
export function oidcRole(role: AssumeRoleWithOidcSettings): KeyProvider {
  return role.oidcToken === undefined
    ? oidcWithFile(role, role.oidcTokenFile)
    : lendToken(role, role.oidcToken);
}
