import type { Connection, CredentialBase, CredentialPlan, ProxySettings } from "./connection";
import { chooseEndpoint } from "./endpoint";
import { ConfigurationError } from "../errors";
import type { Found, Layer } from "./layer";
import { chooseProxy } from "./proxy";
import { chooseRegion, type ServiceRegion } from "./region";
import type { Settings } from "./settings";

const defaults = { clientConnectTimeout: 5000, clientReadTimeout: 30_000, maxRetryTimeout: 120 };

/** The value of a key in the first layer that has one. */
function find<K extends keyof Settings>(
  layers: readonly Layer[],
  key: K,
): Found<NonNullable<Settings[K]>> | undefined {
  for (const { values, spelling } of layers) {
    const value = values[key];
    if (value !== undefined) return { value, source: spelling(key) };
  }
  return undefined;
}

function keysOf({ values, spelling, name }: Layer): CredentialBase | undefined {
  const { accessKey, secretKey, securityToken } = values;
  if (accessKey !== undefined && secretKey !== undefined) {
    return { kind: "keys", accessKey, secretKey, securityToken };
  }
  const set = (["accessKey", "secretKey", "securityToken"] as const).filter((key) => values[key]);
  const [first] = set;
  if (first === undefined) return undefined;
  const missing = (["accessKey", "secretKey"] as const).filter((key) => !values[key]);
  const isNot = missing.length === 1 ? "is not" : "are not";
  throw new ConfigurationError(
    `${spelling(first)} is set but ${missing.map(spelling).join(" and ")} ${isNot}. ` +
      `Set both in the same place (${name}), or neither: halves of two pairs are never combined.`,
  );
}

/** What a layer names as the source of keys, in the order in which pulumi-alicloud looks. */
function baseOf(layer: Layer): CredentialBase | undefined {
  const keys = keysOf(layer);
  if (keys !== undefined) return keys;
  const { profile, sharedCredentialsFile, credentialsUri, ecsRoleName } = layer.values;
  if (profile !== undefined || sharedCredentialsFile !== undefined) {
    return { kind: "profile", name: profile, file: sharedCredentialsFile };
  }
  if (credentialsUri !== undefined) return { kind: "uri", uri: credentialsUri };
  if (ecsRoleName !== undefined) return { kind: "ecsRole", roleName: ecsRoleName };
  const role = layer.values.assumeRoleWithOidc;
  return role === undefined ? undefined : { kind: "oidc", role };
}

/**
 * As whom to ask: keys whole from the first layer that names any. A role to assume needs keys to
 * assume it with, so a layer that names only the role builds on the keys of the layers below.
 */
function chooseCredentials(layers: readonly Layer[]): CredentialPlan {
  const above: Layer[] = [];
  for (const layer of layers) {
    above.push(layer);
    const base = baseOf(layer);
    if (base !== undefined) {
      return { base, assumeRole: find(above, "assumeRole")?.value, source: layer.name };
    }
  }
  return {
    base: { kind: "chain" },
    assumeRole: find(above, "assumeRole")?.value,
    source: "the @alicloud/credentials chain",
  };
}

/** Resolves the layers, the strongest first, to what is needed to ask the service. */
export function resolve(
  allLayers: readonly Layer[],
  proxy: ProxySettings,
  argumentRegion: ServiceRegion | undefined,
): Connection {
  // Most are empty, and all of them are asked for every setting.
  const layers = allLayers.filter(({ values }) => Object.keys(values).length > 0);
  const address = find(layers, "endpoint");
  const { region, guess } =
    argumentRegion === undefined
      ? chooseRegion(find(layers, "region"), find(layers, "accountType"))
      : { region: argumentRegion, guess: undefined };
  const endpoint = chooseEndpoint(region, address, find(layers, "protocol"));
  const number = (key: keyof typeof defaults) => find(layers, key)?.value ?? defaults[key];
  return {
    region,
    regionGuess: address === undefined ? guess : undefined,
    endpoint,
    credentials: chooseCredentials(layers),
    connectTimeoutMs: number("clientConnectTimeout"),
    readTimeoutMs: number("clientReadTimeout"),
    // 0 means "the default", as in pulumi-alicloud.
    retryBudgetMs: (number("maxRetryTimeout") || defaults.maxRetryTimeout) * 1000,
    completeness: find(layers, "completeness")?.value ?? "strict",
    transport: find(layers, "transport")?.value ?? "undici",
    proxy: chooseProxy(endpoint, proxy),
  };
}
