import type { Connection } from "../settings/connection";

/** Keys to sign with. */
export interface Identity {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string | undefined;
  /** The library's name for where they came from: `static_ak`, `default/env`. */
  readonly providerName: string;
}

/** An access key id as it may be shown: enough to recognise it, not enough to guess it. */
export function maskAccessKeyId(accessKeyId: string): string {
  if (accessKeyId.length < 12) return "***";
  return `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-3)}`;
}

/** Who was asked, as whom: `Asked HOST as LTAI…Key (environment).` */
export function askedAs({ endpoint, credentials }: Connection, { accessKeyId }: Identity): string {
  return `Asked ${endpoint.host} as ${maskAccessKeyId(accessKeyId)} (${credentials.source}).`;
}

/** Hands out the current keys. */
export interface IdentitySource {
  /** Rejects with the signal's reason when that comes first. */
  current(signal?: AbortSignal): Promise<Identity>;
  /** Forgets the keys, so that the next ones are fetched anew. */
  forget(): void;
  /** Tells identities apart, whoever named them; without a secret in it. */
  readonly key: string;
}
