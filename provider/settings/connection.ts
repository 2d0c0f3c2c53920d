import type { Endpoint } from "./endpoint";
import type { ServiceRegion } from "./region";
import type { AssumeRoleSettings, AssumeRoleWithOidcSettings } from "./settings";

/** Where a first pair of keys comes from. */
export type CredentialBase =
  | {
      readonly kind: "keys";
      readonly accessKey: string;
      readonly secretKey: string;
      readonly securityToken: string | undefined;
    }
  | {
      readonly kind: "profile";
      readonly name: string | undefined;
      readonly file: string | undefined;
    }
  | { readonly kind: "ecsRole"; readonly roleName: string }
  | { readonly kind: "uri"; readonly uri: string }
  | { readonly kind: "oidc"; readonly role: AssumeRoleWithOidcSettings }
  /** Whatever `@alicloud/credentials` finds by itself. */
  | { readonly kind: "chain" };

/** As whom to ask. */
export interface CredentialPlan {
  readonly base: CredentialBase;
  /** A role to assume on top. */
  readonly assumeRole: AssumeRoleSettings | undefined;
  /** Where the base was named, for messages: `stack config alicloud:*`, `environment`. */
  readonly source: string;
}

/** The way through a proxy, as the environment describes it. */
export interface ProxySettings {
  readonly httpsProxy: string | undefined;
  readonly noProxy: string | undefined;
}

/** All that is needed to ask the service: the settings of every layer, resolved. */
export interface Connection {
  readonly region: ServiceRegion;
  /** Why the region may be the wrong one; undefined when the user named it, or the endpoint. */
  readonly regionGuess: string | undefined;
  readonly endpoint: Endpoint;
  readonly credentials: CredentialPlan;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly retryBudgetMs: number;
  readonly completeness: "strict" | "tokens";
  readonly transport: "undici" | "openapi-client";
  readonly proxy: ProxySettings;
}
