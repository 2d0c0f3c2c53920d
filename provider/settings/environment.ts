// The only file that reads the environment.

import type { Proxy } from "./connection";
import { textLayer, type Layer, type RawSettings } from "./layer";
import type { Settings } from "./settings";

/** The environment, as `process.env` holds it. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Names = Readonly<Partial<Record<keyof Settings, string>>>;

/**
 * The variables of each of the three families, newest tool last; pulumi-alicloud reads them in this
 * order. Credentials are never mixed between families.
 */
const families: readonly Names[] = [
  {
    region: "ALICLOUD_REGION",
    accountType: "ALICLOUD_ACCOUNT_TYPE",
    accessKey: "ALICLOUD_ACCESS_KEY",
    secretKey: "ALICLOUD_SECRET_KEY",
    securityToken: "ALICLOUD_SECURITY_TOKEN",
    profile: "ALICLOUD_PROFILE",
    sharedCredentialsFile: "ALICLOUD_SHARED_CREDENTIALS_FILE",
    ecsRoleName: "ALICLOUD_ECS_ROLE_NAME",
    credentialsUri: "ALICLOUD_CREDENTIALS_URI",
  },
  {
    region: "ALIBABA_CLOUD_REGION",
    accountType: "ALIBABA_CLOUD_ACCOUNT_TYPE",
    accessKey: "ALIBABA_CLOUD_ACCESS_KEY_ID",
    secretKey: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    securityToken: "ALIBABA_CLOUD_SECURITY_TOKEN",
    profile: "ALIBABA_CLOUD_PROFILE",
    sharedCredentialsFile: "ALIBABA_CLOUD_CREDENTIALS_FILE",
    ecsRoleName: "ALIBABA_CLOUD_ECS_METADATA",
    credentialsUri: "ALIBABA_CLOUD_CREDENTIALS_URI",
    endpoint: "ALIBABA_CLOUD_ENDPOINT_COMPUTENEST",
  },
  {
    region: "ALIBABACLOUD_REGION",
    accountType: "ALIBABACLOUD_ACCOUNT_TYPE",
    accessKey: "ALIBABACLOUD_ACCESS_KEY_ID",
    secretKey: "ALIBABACLOUD_ACCESS_KEY_SECRET",
    securityToken: "ALIBABACLOUD_SECURITY_TOKEN",
    profile: "ALIBABACLOUD_PROFILE",
    endpoint: "COMPUTENEST_ENDPOINT",
    clientConnectTimeout: "CLIENT_CONNECT_TIMEOUT",
    clientReadTimeout: "CLIENT_READ_TIMEOUT",
    maxRetryTimeout: "MAX_RETRY_TIMEOUT",
    completeness: "COMPUTENEST_COMPLETENESS",
    transport: "COMPUTENEST_TRANSPORT",
  },
];

/** An empty variable is one that is not set, as everywhere in shells. */
function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === "" ? undefined : value;
}

/** An object of variables as JSON, the form that {@link textLayer} takes; undefined without `required`. */
function structure(
  environment: Environment,
  required: string,
  names: Readonly<Record<string, string>>,
): string | undefined {
  if (valueOf(environment, required) === undefined) return undefined;
  const fields = Object.entries(names).map(([key, name]) => {
    const text = valueOf(environment, name);
    const isNumber = key === "sessionExpiration" && /^\d+$/.test(text ?? "");
    return [key, isNumber ? Number(text) : text] as const;
  });
  return JSON.stringify(Object.fromEntries(fields));
}

/** The roles of a family. Where OIDC is set up, ALIBABA_CLOUD_ROLE_ARN is the role it assumes. */
const roles: readonly ((environment: Environment) => RawSettings)[] = [
  (environment) => ({
    assumeRole: structure(environment, "ALICLOUD_ASSUME_ROLE_ARN", {
      roleArn: "ALICLOUD_ASSUME_ROLE_ARN",
      sessionName: "ALICLOUD_ASSUME_ROLE_SESSION_NAME",
      sessionExpiration: "ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION",
    }),
  }),
  (environment) =>
    valueOf(environment, "ALIBABA_CLOUD_OIDC_PROVIDER_ARN") === undefined
      ? {
          assumeRole: structure(environment, "ALIBABA_CLOUD_ROLE_ARN", {
            roleArn: "ALIBABA_CLOUD_ROLE_ARN",
            sessionName: "ALIBABA_CLOUD_ROLE_SESSION_NAME",
          }),
        }
      : {
          assumeRoleWithOidc: structure(environment, "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", {
            roleArn: "ALIBABA_CLOUD_ROLE_ARN",
            oidcProviderArn: "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
            oidcTokenFile: "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
            oidcToken: "ALIBABA_CLOUD_OIDC_TOKEN",
            roleSessionName: "ALIBABA_CLOUD_ROLE_SESSION_NAME",
          }),
        },
  () => ({}),
];

/**
 * `@alicloud/credentials` reads ALIBABA_CLOUD_CREDENTIALS_FILE too, as an ini file. Only together
 * with a profile is it the CLI's JSON file that pulumi-alicloud takes it for.
 */
function withoutLoneFile(raw: RawSettings, names: Names): RawSettings {
  if (names.sharedCredentialsFile !== "ALIBABA_CLOUD_CREDENTIALS_FILE" || raw.profile) return raw;
  const { sharedCredentialsFile, ...rest } = raw;
  return rest;
}

/** The layers of the environment, one for each family of variables. */
export function environmentLayers(environment: Environment = process.env): Layer[] {
  return families.map((names, index) => {
    const plain: RawSettings = Object.fromEntries(
      Object.entries(names).map(([key, name]) => [key, valueOf(environment, name)]),
    );
    const raw = withoutLoneFile({ ...plain, ...roles[index]?.(environment) }, names);
    return textLayer("environment", raw, (key) => names[key] ?? `${key} of the environment`);
  });
}

/** The proxy that the environment names. */
export function proxyOf(environment: Environment = process.env): Proxy {
  const first = (...names: string[]) =>
    names.map((name) => valueOf(environment, name)).find((value) => value !== undefined);
  return {
    httpsProxy: first("https_proxy", "HTTPS_PROXY"),
    noProxy: first("no_proxy", "NO_PROXY"),
  };
}
