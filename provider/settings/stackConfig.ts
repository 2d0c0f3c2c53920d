import { ConfigurationError } from "../errors";
import { didYouMean } from "../wording";
import { parseJson, textLayer, type Layer } from "./layer";
import type { Settings } from "./settings";
import { settingsSchema } from "./settingsContract";

const settingNames = Object.keys(settingsSchema.shape) as (keyof Settings)[];

/** `endpoints.computenest` as pulumi-alicloud takes it: an object, or a list of objects. */
function endpointOf(endpoints: string | undefined, name: string): string | undefined {
  if (endpoints === undefined) return undefined;
  const value = parseJson(endpoints);
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const addresses = list.map((item) =>
    typeof item === "object" ? (item as { computenest?: unknown } | null)?.computenest : NaN,
  );
  // What cannot be read is not passed over: the service's public address would be asked instead.
  const wrong = addresses.some((address) => address !== undefined && typeof address !== "string");
  if (wrong) {
    throw new ConfigurationError(
      `${name} cannot be read, expected JSON such as {"computenest": "host"}.`,
    );
  }
  return addresses.find((address): address is string => typeof address === "string");
}

/** Names that other parts of Pulumi put into a package's config. */
const reserved: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "endpoints"]);

/**
 * A key of ours that is misspelt would silently not count. A key that resembles none is left alone:
 * a project may be called computenest and keep its own config under that name.
 */
export function refuseMisspelt(keys: readonly string[]): void {
  for (const key of keys) {
    if (reserved.has(key) || (settingNames as string[]).includes(key)) continue;
    const guess = didYouMean(key, settingNames);
    if (guess === undefined) continue;
    throw new ConfigurationError(
      `computenest:${key} is not a setting; did you mean computenest:${guess}?`,
    );
  }
}

function configLayer(name: string, prefix: string, given: ReadonlyMap<string, string>): Layer {
  const byKey = new Map(given);
  const endpoint =
    byKey.get("endpoint") ?? endpointOf(byKey.get("endpoints"), `${prefix}endpoints`);
  if (endpoint !== undefined) byKey.set("endpoint", endpoint);
  const known = [...byKey].filter(([key]) => (settingNames as string[]).includes(key));
  return textLayer(name, Object.fromEntries(known), (key) => prefix + key);
}

/** The layer of a package's own configuration, by key: of a stack, or of a provider. */
export function packageConfigLayer(byKey: ReadonlyMap<string, string>, name: string): Layer {
  refuseMisspelt([...byKey.keys()]);
  return configLayer(name, "computenest:", byKey);
}

/** The layer of a stack's config values with one prefix, e.g. `alicloud:`. */
export function stackConfigLayer(
  namespace: "computenest" | "alicloud",
  config: Readonly<Record<string, string>>,
): Layer {
  const prefix = `${namespace}:`;
  const name = `stack config ${prefix}*`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  const byKey = new Map(own.map(([key, text]) => [key.slice(prefix.length), text]));
  return namespace === "computenest"
    ? packageConfigLayer(byKey, name)
    : configLayer(name, prefix, byKey);
}
