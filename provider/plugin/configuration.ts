import type { Layer } from "../settings/layer";
import { hiddenSettings } from "../settings/settingsContract";
import { packageConfigLayer, refuseMisspelt } from "../settings/stackConfig";
import { asSecret, isSecret, unknownText, unwrap } from "./values";

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
  refuseMisspelt(settings.flatMap(({ key, value }) => (value === null ? [] : [key])));
  // A setting of which a part is not known yet cannot be judged yet.
  const known = settings.filter(({ value, hasUnknowns }) => value !== null && !hasUnknowns);
  const texts = new Map(known.map(({ key, value }) => [key, asText(value)]));
  return {
    layer: packageConfigLayer(texts, "the provider's configuration"),
    hasUnknowns: settings.some(({ hasUnknowns }) => hasUnknowns),
  };
}

/**
 * The same configuration with every setting marked that must not be shown: programs and stack config
 * may have it in plain, and what is marked the engine encrypts in the state.
 */
export function withSecrets(sent: object): Record<string, unknown> {
  const isPlain = (value: unknown) => value !== null && value !== unknownText && !isSecret(value);
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]: [string, unknown]) => [
      key,
      hiddenSettings.has(key) && isPlain(value) ? asSecret(value) : value,
    ]),
  );
}
