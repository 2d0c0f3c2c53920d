import type { Layer } from "../settings/layer";
import { packageConfigLayer } from "../settings/stackConfig";
import { isNotKnownYet, unwrap } from "./values";

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
  const { value, hasUnknowns } = unwrap(sent);
  const texts = Object.entries(value as object)
    .filter(([, setting]) => setting !== null && !isNotKnownYet(setting))
    .map(([key, setting]): [string, string] => [key, asText(setting)]);
  return { layer: packageConfigLayer(new Map(texts), "the provider's configuration"), hasUnknowns };
}
