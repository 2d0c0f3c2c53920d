import type { BackupsApi } from "../client/backupsApi";
import type { Reader } from "../reader";
import type { Connection } from "../settings/connection";

const keys = new WeakMap<Connection, string>();

/** Everything of a connection that a request, its repetition or what is told of it depends on. */
function keyOf({ connection, api }: Reader): string {
  const key = keys.get(connection) ?? createKey(connection, api);
  keys.set(connection, key);
  return key;
}

function createKey(connection: Connection, api: BackupsApi): string {
  const { credentials, proxy, connectTimeoutMs, readTimeoutMs, retryBudgetMs } = connection;
  const { completeness, transport } = connection;
  const settings = [proxy, connectTimeoutMs, readTimeoutMs, retryBudgetMs, completeness, transport];
  return JSON.stringify([api.key, credentials.source, ...settings]);
}

/**
 * One of something for all calls of one deployment that ask the same service as the same: two stacks
 * may run in one process, and have nothing in common even where their settings are equal.
 */
export function perConnection<T>(create: () => T): (reader: Reader) => T {
  const byScope = new WeakMap<object, Map<string, T>>();
  return (reader) => {
    const { scope } = reader.sharing;
    const ofScope = byScope.get(scope) ?? new Map<string, T>();
    byScope.set(scope, ofScope);
    const key = keyOf(reader);
    const one = ofScope.get(key) ?? create();
    ofScope.set(key, one);
    return one;
  };
}
