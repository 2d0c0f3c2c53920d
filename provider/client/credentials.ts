import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DefaultCredentialsProvider,
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
  URICredentialsProvider,
} from "@alicloud/credentials";
import type { CredentialBase, CredentialPlan } from "../settings/connection";
import { BackupsError, ConfigurationError } from "../errors";
import type { AssumeRoleSettings, AssumeRoleWithOidcSettings } from "../settings/settings";
import type { Identity, IdentitySource } from "./identity";
import { profileProvider, type KeyProvider } from "./profile";
import { redact } from "./redact";

const sessionName = "pulumi-computenest";
const sessionSeconds = 3600;

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

function oidc(role: AssumeRoleWithOidcSettings): KeyProvider {
  return role.oidcToken === undefined
    ? oidcWithFile(role, role.oidcTokenFile)
    : lendToken(role, role.oidcToken);
}

function keysOf(base: Extract<CredentialBase, { kind: "keys" }>): KeyProvider {
  return base.securityToken === undefined
    ? StaticAKCredentialsProvider.builder()
        .withAccessKeyId(base.accessKey)
        .withAccessKeySecret(base.secretKey)
        .build()
    : StaticSTSCredentialsProvider.builder()
        .withAccessKeyId(base.accessKey)
        .withAccessKeySecret(base.secretKey)
        .withSecurityToken(base.securityToken)
        .build();
}

async function baseProvider(base: CredentialBase): Promise<KeyProvider> {
  switch (base.kind) {
    case "keys":
      return keysOf(base);
    case "profile":
      return profileProvider(base.name, base.file);
    case "ecsRole":
      return ECSRAMRoleCredentialsProvider.builder().withRoleName(base.roleName).build();
    case "uri":
      return URICredentialsProvider.builder().withCredentialsURI(base.uri).build();
    case "oidc":
      return oidc(base.role);
    case "chain":
      return DefaultCredentialsProvider.builder().build();
  }
}

function assume(source: KeyProvider, role: AssumeRoleSettings): KeyProvider {
  const builder = RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(source)
    .withRoleArn(role.roleArn)
    .withRoleSessionName(role.sessionName ?? sessionName)
    .withDurationSeconds(role.sessionExpiration ?? sessionSeconds);
  if (role.policy !== undefined) builder.withPolicy(role.policy);
  if (role.externalId !== undefined) builder.withExternalId(role.externalId);
  return builder.build();
}

async function providerOf(plan: CredentialPlan): Promise<KeyProvider> {
  const base = await baseProvider(plan.base);
  return plan.assumeRole === undefined ? base : assume(base, plan.assumeRole);
}

const longestReason = 300;

/** The library's words without bodies and files, which it quotes, and without secrets. */
function reasonOf(error: unknown): string {
  const quoted = /(?:fail(?:ed)?: |failed with OIDC\b|message = |result:? )[\s\S]*$/;
  const reason = redact((error as Error).message, undefined)
    .replace(quoted, "failed")
    .replaceAll("\n", " ")
    .replace(/[.\s]+$/, "");
  return reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason;
}

function failure(plan: CredentialPlan, error: unknown): BackupsError {
  if (BackupsError.isInstance(error)) return error;
  if (plan.base.kind === "chain") {
    return new ConfigurationError(
      "No credentials were found: not in the settings option, stack config computenest:* or " +
        "alicloud:*, nor in the environment (ALIBABA_CLOUD_ACCESS_KEY_ID and " +
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET, or ALIBABA_CLOUD_PROFILE); the @alicloud/credentials " +
        `chain says: ${reasonOf(error)}. Set one of them.`,
    );
  }
  return new ConfigurationError(
    `The credentials named in ${plan.source} (${plan.base.kind}) cannot be had: ${reasonOf(error)}.`,
  );
}

/** Keys go into headers as they are; files often end them with a line break. */
const sendable = /^[\x21-\x7e]*$/;

/** The keys that a plan stands for, fetched when first needed and kept while they are good. */
export function createIdentitySource(plan: CredentialPlan): IdentitySource {
  let provider: Promise<KeyProvider> | undefined;
  return {
    key: createHash("sha256").update(JSON.stringify(plan)).digest("hex"),
    refresh() {
      provider = undefined;
    },
    async current(): Promise<Identity> {
      try {
        provider ??= providerOf(plan);
        const source = await provider;
        const { accessKeyId, accessKeySecret, securityToken } = await source.getCredentials();
        if (!sendable.test(`${accessKeyId}${accessKeySecret}${securityToken || ""}`)) {
          throw new Error("a key or token holds a space, a line break or other than ASCII");
        }
        return {
          accessKeyId,
          accessKeySecret,
          securityToken: securityToken || undefined,
          providerName: source.getProviderName(),
        };
      } catch (error) {
        // A chain that failed once remembers only the last way it tried; it starts anew next time.
        provider = undefined;
        throw failure(plan, error);
      }
    },
  };
}
