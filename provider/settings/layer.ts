import { ConfigurationError } from "../errors";
import { secretSettings, settingsSchema, type Settings } from "./settings";
import { didYouMean, findProblems } from "../validation";

/** One place that settings come from. */
export interface Layer {
  /** For messages: `the settings option`, `stack config alicloud:*`, `environment`. */
  readonly name: string;
  readonly values: Settings;
  /** How the user spells a key of this layer: `alicloud:region`, `ALICLOUD_REGION`. */
  readonly spelling: (key: keyof Settings) => string;
}

/** Texts as stack config and the environment hold them, by key of {@link Settings}. */
export type RawSettings = Readonly<Partial<Record<keyof Settings, string | undefined>>>;

const settingNames = Object.keys(settingsSchema.shape) as (keyof Settings)[];
const numeric: ReadonlySet<string> = new Set([
  "clientConnectTimeout",
  "clientReadTimeout",
  "maxRetryTimeout",
]);
const structured: ReadonlySet<string> = new Set(["assumeRole", "assumeRoleWithOidc"]);

/** Stack config holds objects as JSON text; older pulumi-alicloud programs wrap them in a list. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  } catch {
    // Left as it is: the check that follows says what was expected here.
    return text;
  }
}

function coerce(key: keyof Settings, text: string): unknown {
  if (numeric.has(key)) return /^\d+$/.test(text) ? Number(text) : text;
  if (structured.has(key)) return parseJson(text);
  return key === "protocol" ? text.toUpperCase() : text;
}

/** A layer made of texts; throws a {@link ConfigurationError} that names each key that is wrong. */
export function textLayer(
  name: string,
  raw: RawSettings,
  spelling: (key: keyof Settings) => string,
): Layer {
  const values = Object.fromEntries(
    Object.entries(raw).flatMap(([key, text]) =>
      text === undefined ? [] : [[key, coerce(key as keyof Settings, text)]],
    ),
  );
  const contract = {
    functionName: name,
    outputRemedy: "settings take plain values",
    schema: settingsSchema,
    secrets: secretSettings,
  };
  const problems = findProblems(contract, values).map(({ property, reason }) => {
    // `assumeRole.roleArn`: only the key has a spelling of the user's.
    const keyEnd = property.search(/[.[]|$/);
    const key = property.slice(0, keyEnd) as keyof Settings;
    return `${spelling(key)}${property.slice(keyEnd)} ${reason}`;
  });
  if (problems.length > 0) throw new ConfigurationError(`${problems.join("; ")}.`);
  return { name, values: values, spelling };
}

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

/** The layer of a stack's config values with one prefix, e.g. `alicloud:`. */
export function stackConfigLayer(
  namespace: "computenest" | "alicloud",
  config: Readonly<Record<string, string>>,
): Layer {
  const prefix = `${namespace}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  const byKey = new Map(own.map(([key, text]) => [key.slice(prefix.length), text]));
  const endpoint =
    byKey.get("endpoint") ?? endpointOf(byKey.get("endpoints"), `${prefix}endpoints`);
  if (endpoint !== undefined) byKey.set("endpoint", endpoint);
  if (namespace === "computenest") refuseMisspelt([...byKey.keys()]);
  const known = settingNames.map((key) => [key, byKey.get(key)] as const);
  return textLayer(`stack config ${prefix}*`, Object.fromEntries(known), (key) => prefix + key);
}

/** Names that other parts of Pulumi put into a package's config. */
const reserved: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "endpoints"]);

/**
 * A key of ours that is misspelt would silently not count. A key that resembles none is left alone:
 * a project may be called computenest and keep its own config under that name.
 */
function refuseMisspelt(keys: readonly string[]): void {
  for (const key of keys) {
    if (reserved.has(key) || (settingNames as string[]).includes(key)) continue;
    const guess = didYouMean(key, settingNames);
    if (guess === undefined) continue;
    throw new ConfigurationError(
      `computenest:${key} is not a setting; did you mean computenest:${guess}?`,
    );
  }
}
