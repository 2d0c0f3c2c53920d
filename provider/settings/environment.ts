// The only file that reads the environment.

import type { ProxySettings } from "./connection";
import { parseNumber, textLayer, type Layer, type RawSettings } from "./layer";
import type { Settings } from "./settings";

/** The environment, as `process.env` holds it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of settings that one variable holds. */
type Names = Readonly<Partial<Record<keyof Settings, string>>>;

/** Variables that belong together: credentials are never mixed between families. */
interface Family {
  readonly names: Names;
  /** The roles to assume, each of which several variables make up. */
  readonly roles: (environment: Environment) => RawSettings;
}

/** An empty variable is one that is not set, as everywhere in shells. */
function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === "" ? undefined : value;
}

/** What several variables make up, less those that are not set. */
function structure(
  environment: Environment,
  names: Readonly<Partial<Record<string, string>>>,
): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  for (const key in names) {
    const text = valueOf(environment, names[key] as string);
    if (text !== undefined) values[key] = key === "sessionExpiration" ? parseNumber(text) : text;
  }
  return values;
}

/** The variables of roles to assume. */
const alicloudRole = {
  roleArn: "ALICLOUD_ASSUME_ROLE_ARN",
  sessionName: "ALICLOUD_ASSUME_ROLE_SESSION_NAME",
  sessionExpiration: "ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION",
} as const;
const alibabaCloudRole = {
  roleArn: "ALIBABA_CLOUD_ROLE_ARN",
  sessionName: "ALIBABA_CLOUD_ROLE_SESSION_NAME",
} as const;
const oidcRole = {
  roleArn: "ALIBABA_CLOUD_ROLE_ARN",
  oidcProviderArn: "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
  oidcTokenFile: "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
  oidcToken: "ALIBABA_CLOUD_OIDC_TOKEN",
  roleSessionName: "ALIBABA_CLOUD_ROLE_SESSION_NAME",
} as const;

function alicloudRoles(environment: Environment): RawSettings {
  const isSet = valueOf(environment, alicloudRole.roleArn) !== undefined;
  return isSet ? { assumeRole: structure(environment, alicloudRole) } : {};
}

/** Where OIDC is set up, ALIBABA_CLOUD_ROLE_ARN is the role it assumes. */
function alibabaCloudRoles(environment: Environment): RawSettings {
  if (valueOf(environment, oidcRole.oidcProviderArn) !== undefined) {
    return { assumeRoleWithOidc: structure(environment, oidcRole) };
  }
  const isSet = valueOf(environment, alibabaCloudRole.roleArn) !== undefined;
  return isSet ? { assumeRole: structure(environment, alibabaCloudRole) } : {};
}

/** The ini file with keys that `@alicloud/credentials` reads. */
const credentialsFile = "ALIBABA_CLOUD_CREDENTIALS_FILE";

/** The families, the strongest first; pulumi-alicloud reads their variables in the same order. */
const families: readonly Family[] = [
  {
    names: {
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
    roles: alicloudRoles,
  },
  {
    names: {
      region: "ALIBABA_CLOUD_REGION",
      accountType: "ALIBABA_CLOUD_ACCOUNT_TYPE",
      accessKey: "ALIBABA_CLOUD_ACCESS_KEY_ID",
      secretKey: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
      securityToken: "ALIBABA_CLOUD_SECURITY_TOKEN",
      profile: "ALIBABA_CLOUD_PROFILE",
      sharedCredentialsFile: credentialsFile,
      ecsRoleName: "ALIBABA_CLOUD_ECS_METADATA",
      credentialsUri: "ALIBABA_CLOUD_CREDENTIALS_URI",
      endpoint: "ALIBABA_CLOUD_ENDPOINT_COMPUTENEST",
    },
    roles: alibabaCloudRoles,
  },
  {
    names: {
      region: "ALIBABACLOUD_REGION",
      accountType: "ALIBABACLOUD_ACCOUNT_TYPE",
      accessKey: "ALIBABACLOUD_ACCESS_KEY_ID",
      secretKey: "ALIBABACLOUD_ACCESS_KEY_SECRET",
      securityToken: "ALIBABACLOUD_SECURITY_TOKEN",
      profile: "ALIBABACLOUD_PROFILE",
    },
    roles: () => ({}),
  },
  {
    // What has the prefix of no family: the package's own variables, and pulumi-alicloud's timeouts.
    names: {
      endpoint: "COMPUTENEST_ENDPOINT",
      clientConnectTimeout: "CLIENT_CONNECT_TIMEOUT",
      clientReadTimeout: "CLIENT_READ_TIMEOUT",
      maxRetryTimeout: "MAX_RETRY_TIMEOUT",
      completeness: "COMPUTENEST_COMPLETENESS",
      transport: "COMPUTENEST_TRANSPORT",
    },
    roles: () => ({}),
  },
];

/**
 * `@alicloud/credentials` reads ALIBABA_CLOUD_CREDENTIALS_FILE too, as an ini file. Only together
 * with a profile is it the CLI's JSON file that pulumi-alicloud takes it for.
 */
function withoutLoneFile(raw: RawSettings, names: Names): RawSettings {
  if (names.sharedCredentialsFile !== credentialsFile || raw.profile) return raw;
  const { sharedCredentialsFile, ...rest } = raw;
  return rest;
}

/** The variables that name a proxy; of two, the first that is set counts. */
const proxyNames = {
  httpsProxy: ["https_proxy", "HTTPS_PROXY"],
  noProxy: ["no_proxy", "NO_PROXY"],
} as const;

/** Every variable that is read here. */
const variables = new Set([
  ...families.flatMap(({ names }) => Object.values(names)),
  ...[alicloudRole, alibabaCloudRole, oidcRole].flatMap((names) => Object.values(names)),
  ...Object.values(proxyNames).flat(),
]);

/** What the environment holds now of all that is read here; less what is not set. */
export function currentEnvironment(): Environment {
  const environment: Record<string, string> = {};
  for (const name of variables) {
    const value = valueOf(process.env, name);
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** The layers of the environment, one for each family of variables. */
export function environmentLayers(environment: Environment): Layer[] {
  return families.map(({ names, roles }) => {
    const raw = withoutLoneFile({ ...structure(environment, names), ...roles(environment) }, names);
    return textLayer("environment", raw, (key) => names[key] ?? `${key} of the environment`);
  });
}

/** The ini file with keys that the environment names for `@alicloud/credentials`. */
export function credentialsFileOf(environment: Environment = process.env): string | undefined {
  return valueOf(environment, credentialsFile);
}

/** The proxy that the environment names. */
export function proxyOf(environment: Environment): ProxySettings {
  const first = (names: readonly string[]) =>
    names.map((name) => valueOf(environment, name)).find((value) => value !== undefined);
  return { httpsProxy: first(proxyNames.httpsProxy), noProxy: first(proxyNames.noProxy) };
}
