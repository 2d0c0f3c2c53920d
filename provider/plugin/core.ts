// What the plugin does beyond the protocol. Loaded with the first call that needs it: the libraries
// behind it take longer to load than everything else in the plugin.

import type { Reader, Reporter } from "../reader";
import { createReader, socketWindowMs } from "../reader";
import { systemClock } from "../client/clock";
import { connectionFrom } from "../settings/latest";
import type { Layer } from "../settings/layer";
import type { ServiceRegion } from "../settings/region";

export { Gates, gateProblems, type Passed } from "./gates";
export { functions } from "./functions";

/** What surrounds a call: the provider's configuration, and the ways to end it and to tell of it. */
export interface Surroundings {
  /** Undefined when the provider was not configured. */
  readonly layer: Layer | undefined;
  readonly signal: AbortSignal;
  readonly reporter: Reporter;
}

/** Prepares a reader for a call: the provider's configuration, then the environment. */
export function readerOf(
  { layer, signal, reporter }: Surroundings,
  region: ServiceRegion | undefined,
): Reader {
  // A run ends with its signal. Nothing tells what the engine has held a call back for.
  const sharing = { scope: signal, windowMs: socketWindowMs, mayJoin: false };
  const layersOf = () => (layer === undefined ? [] : [layer]);
  const connection = connectionFrom(layer?.values, layersOf, region);
  return createReader(connection, signal, reporter, systemClock, sharing);
}
