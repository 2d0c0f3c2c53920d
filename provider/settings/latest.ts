import type { Connection } from "./connection";
import { currentEnvironment, environmentLayers, proxyOf } from "./environment";
import type { Layer } from "./layer";
import type { ServiceRegion } from "./region";
import { resolve } from "./resolve";

/** The latest connection, and what it was made of. */
let latest: { readonly from: string; readonly connection: Connection } | undefined;

/**
 * The connection that a caller's own layers, which are made of `own`, and the environment come to; not
 * anew, if the one before was made of the same. The calls of a program mostly have equal settings, and
 * then one connection, so that neither settings are checked nor what belongs to a connection is made
 * for each call.
 */
export function connectionFrom(
  own: unknown,
  layersOf: () => readonly Layer[],
  argumentRegion: ServiceRegion | undefined,
): Connection {
  const environment = currentEnvironment();
  const from = JSON.stringify([own, environment, argumentRegion]);
  if (latest?.from !== from) {
    const layers = [...layersOf(), ...environmentLayers(environment)];
    latest = { from, connection: resolve(layers, proxyOf(environment), argumentRegion) };
  }
  return latest.connection;
}
