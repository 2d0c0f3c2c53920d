/** A RAM role to assume on top of whatever credentials were found. */
export interface AssumeRoleSettings {
  /** ARN of the role, e.g. `acs:ram::123456789012:role/backup-reader`. */
  roleArn: string;
  /**
   * Name of the session, as it shows in the audit log.
   * @default "pulumi-computenest"
   */
  sessionName?: string | undefined;
  /** A RAM policy (JSON text) that narrows what the session may do. */
  policy?: string | undefined;
  /**
   * How long the session lasts, in seconds: 900 to 43200.
   * @default 3600
   */
  sessionExpiration?: number | undefined;
  /** The external id that the role's owner asks for. A secret. */
  externalId?: string | undefined;
}

/** A RAM role to assume with a token of an OpenID Connect provider. */
export interface AssumeRoleWithOidcSettings {
  /** ARN of the role. */
  roleArn: string;
  /** ARN of the OIDC provider in RAM. */
  oidcProviderArn: string;
  /** File that holds the token. Give this or `oidcToken`. */
  oidcTokenFile?: string | undefined;
  /** The token itself. A secret. Give this or `oidcTokenFile`. */
  oidcToken?: string | undefined;
  /**
   * Name of the session, as it shows in the audit log.
   * @default "pulumi-computenest"
   */
  roleSessionName?: string | undefined;
  /** A RAM policy (JSON text) that narrows what the session may do. */
  policy?: string | undefined;
  /**
   * How long the session lasts, in seconds: 900 to 43200.
   * @default 3600
   */
  sessionExpiration?: number | undefined;
}

/**
 * Where and as whom to ask. The keys are those of pulumi-alicloud; every one may be left out.
 *
 * Credentials (keys, token, profile, roles) are taken whole from the first place that names any;
 * everything else key by key. The places, in order: the `settings` option of a call, stack config
 * `computenest:*`, stack config `alicloud:*`, the environment, the `@alicloud/credentials` chain.
 */
export interface Settings {
  /**
   * Region. The service has two, `cn-hangzhou` and `ap-southeast-1`. Any other leaves the choice to
   * `accountType`, else is mapped to the one of its site. Environment: `ALICLOUD_REGION`,
   * `ALIBABA_CLOUD_REGION`, `ALIBABACLOUD_REGION`.
   */
  region?: string | undefined;
  /**
   * Site of the account: `Domestic` (cn-hangzhou) or `International` (ap-southeast-1). Decides the
   * site unless `region` is one of the two. Environment: `ALICLOUD_ACCOUNT_TYPE`,
   * `ALIBABA_CLOUD_ACCOUNT_TYPE`, `ALIBABACLOUD_ACCOUNT_TYPE`.
   */
  accountType?: "Domestic" | "International" | undefined;
  /**
   * Access key id. A secret. Environment: `ALICLOUD_ACCESS_KEY`, `ALIBABA_CLOUD_ACCESS_KEY_ID`,
   * `ALIBABACLOUD_ACCESS_KEY_ID`.
   */
  accessKey?: string | undefined;
  /**
   * Access key secret. A secret. Environment: `ALICLOUD_SECRET_KEY`,
   * `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, `ALIBABACLOUD_ACCESS_KEY_SECRET`.
   */
  secretKey?: string | undefined;
  /**
   * Token that goes with a temporary key pair. A secret. Environment: `ALICLOUD_SECURITY_TOKEN`,
   * `ALIBABA_CLOUD_SECURITY_TOKEN`, `ALIBABACLOUD_SECURITY_TOKEN`.
   */
  securityToken?: string | undefined;
  /**
   * Profile of the Alibaba Cloud CLI. Environment: `ALICLOUD_PROFILE`, `ALIBABA_CLOUD_PROFILE`,
   * `ALIBABACLOUD_PROFILE`.
   */
  profile?: string | undefined;
  /**
   * The file `profile` is in, in the CLI's JSON form. Environment:
   * `ALICLOUD_SHARED_CREDENTIALS_FILE`, `ALIBABA_CLOUD_CREDENTIALS_FILE`.
   * @default "~/.aliyun/config.json"
   */
  sharedCredentialsFile?: string | undefined;
  /**
   * RAM role of the ECS instance this runs on. Environment: `ALICLOUD_ECS_ROLE_NAME`,
   * `ALIBABA_CLOUD_ECS_METADATA`.
   */
  ecsRoleName?: string | undefined;
  /**
   * Address that hands out temporary credentials. Environment: `ALICLOUD_CREDENTIALS_URI`,
   * `ALIBABA_CLOUD_CREDENTIALS_URI`.
   */
  credentialsUri?: string | undefined;
  /**
   * RAM role to assume on top of the credentials found. Environment: `ALICLOUD_ASSUME_ROLE_ARN`,
   * `ALICLOUD_ASSUME_ROLE_SESSION_NAME`, `ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION`,
   * `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_ROLE_SESSION_NAME`.
   */
  assumeRole?: AssumeRoleSettings | undefined;
  /**
   * RAM role to assume with an OIDC token. Environment: `ALIBABA_CLOUD_ROLE_ARN`,
   * `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`, `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, `ALIBABA_CLOUD_OIDC_TOKEN`,
   * `ALIBABA_CLOUD_ROLE_SESSION_NAME`.
   */
  assumeRoleWithOidc?: AssumeRoleWithOidcSettings | undefined;
  /**
   * Address of the service: host, host:port or URL. In stack config also `endpoints.computenest`.
   * Plain HTTP only to a loopback address. Environment: `ALIBABA_CLOUD_ENDPOINT_COMPUTENEST`,
   * `COMPUTENEST_ENDPOINT`.
   * @default the service's public endpoint of the region
   */
  endpoint?: string | undefined;
  /**
   * `HTTPS`, or `HTTP` for a loopback address.
   * @default "HTTPS"
   */
  protocol?: "HTTPS" | "HTTP" | undefined;
  /**
   * How long to wait for a connection, in milliseconds. Environment: `CLIENT_CONNECT_TIMEOUT`.
   * @default 5000
   */
  clientConnectTimeout?: number | undefined;
  /**
   * How long to wait for the next byte of an answer, in milliseconds; an answer as a whole has ten
   * times that. Environment: `CLIENT_READ_TIMEOUT`.
   * @default 30000
   */
  clientReadTimeout?: number | undefined;
  /**
   * How many seconds one call of a function may spend on failed requests and the pauses after them.
   * 0 means the default. Environment: `MAX_RETRY_TIMEOUT`.
   * @default 120
   */
  maxRetryTimeout?: number | undefined;
  /**
   * When a listing counts as complete. `strict`: the service's TotalCount, where it gives one, is
   * the same on every page and equals the backups read. `tokens`: the last page said so; a
   * difference is only a warning. Environment: `COMPUTENEST_COMPLETENESS`.
   * @default "strict"
   */
  completeness?: "strict" | "tokens" | undefined;
  /**
   * What carries the requests: `undici` (all that this package promises), or `openapi-client`,
   * Alibaba Cloud's own HTTP stack (for what it cannot do see Settings in README, below the table).
   * Environment: `COMPUTENEST_TRANSPORT`.
   * @default "undici"
   */
  transport?: "undici" | "openapi-client" | undefined;
}
