import type { Connection } from "./connection";

/** The latest connection, and what it was made of. */
let latest: { readonly from: string; readonly connection: Connection } | undefined;

/**
 * The connection that is made of plain values; not anew, if the one before was made of the same. The
 * calls of a program mostly have equal settings, and then one connection, so that neither settings
 * are checked nor what belongs to a connection is made for each call.
 */
export function connectionFrom(sources: readonly unknown[], make: () => Connection): Connection {
  const from = JSON.stringify(sources);
  if (latest?.from !== from) latest = { from, connection: make() };
  return latest.connection;
}
