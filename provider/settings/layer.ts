import { ConfigurationError } from "../errors";
import { findProblems } from "../validation";
import type { Settings } from "./settings";
import { settingsContract } from "./settingsContract";

/** A value and where it was found, for messages: `alicloud:region`, `ALICLOUD_REGION`. */
export interface Found<T> {
  readonly value: T;
  readonly source: string;
}

/** One place that settings come from. */
export interface Layer {
  /** For messages: `the settings option`, `stack config alicloud:*`, `environment`. */
  readonly name: string;
  readonly values: Settings;
  /** How the user spells a key of this layer: `alicloud:region`, `ALICLOUD_REGION`. */
  readonly spelling: (key: keyof Settings) => string;
}

/** A setting that several texts make up, such as a role. */
export type RawStructure = Readonly<Record<string, string | number>>;

/** What stack config and the environment hold, by key of {@link Settings}: mostly texts. */
export type RawSettings = Readonly<
  Partial<Record<keyof Settings, string | RawStructure | undefined>>
>;

const numeric: ReadonlySet<string> = new Set([
  "clientConnectTimeout",
  "clientReadTimeout",
  "maxRetryTimeout",
]);
const structured: ReadonlySet<string> = new Set(["assumeRole", "assumeRoleWithOidc"]);

/** Stack config holds objects as JSON text; older pulumi-alicloud programs wrap them in a list. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  } catch {
    // Left as it is: the check that follows says what was expected here.
    return text;
  }
}

/** The number that a text is; any other text as it is, for the check that follows. */
export function parseNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function coerce(key: string, value: string | RawStructure): unknown {
  if (typeof value !== "string") return value;
  if (numeric.has(key)) return parseNumber(value);
  if (structured.has(key)) return parseJson(value);
  return key === "protocol" ? value.toUpperCase() : value;
}

/** A layer made of texts; throws a {@link ConfigurationError} that names each key that is wrong. */
export function textLayer(
  name: string,
  raw: RawSettings,
  spelling: (key: keyof Settings) => string,
): Layer {
  const given = Object.entries(raw).filter(([, value]) => value !== undefined);
  // Most layers are empty, and every call looks at six.
  if (given.length === 0) return { name, values: {}, spelling };
  const values: Settings = Object.fromEntries(
    given.map(([key, value]) => [key, coerce(key, value as string | RawStructure)]),
  );
  const problems = findProblems(settingsContract, values).map(({ property, reason }) => {
    // `assumeRole.roleArn`: only the key has a spelling of the user's.
    const keyEnd = property.search(/[.[]|$/);
    const key = property.slice(0, keyEnd) as keyof Settings;
    return `${spelling(key)}${property.slice(keyEnd)} ${reason}`;
  });
  if (problems.length > 0) throw new ConfigurationError(`${problems.join("; ")}.`);
  return { name, values, spelling };
}
