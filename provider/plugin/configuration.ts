import type { Layer } from "../settings/layer";
import { packageConfigLayer } from "../settings/stackConfig";
import { unwrap } from "./values";

/** What a provider was configured with. */
export interface Configuration {
  readonly layer: Layer;
  /** Whether a value is not known yet, in a preview: then nobody can be asked. */
  readonly hasUnknowns: boolean;
}

/** Stack config comes as texts, JSON where it is structured; `pulumi do` sends what it is. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Reads a provider's configuration; throws a {@link ConfigurationError} that names what is wrong. */
export function readConfiguration(sent: object): Configuration {
  const settings = Object.entries(sent).map(([key, setting]) => ({ key, ...unwrap(setting) }));
  // A setting of which a part is not known yet cannot be judged yet.
  const known = settings.filter(({ value, hasUnknowns }) => value !== null && !hasUnknowns);
  const texts = new Map(known.map(({ key, value }) => [key, asText(value)]));
  return {
    layer: packageConfigLayer(texts, "the provider's configuration"),
    hasUnknowns: settings.some(({ hasUnknowns }) => hasUnknowns),
  };
}
