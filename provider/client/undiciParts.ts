// undici's entry loads fetch, WebSocket, caches and mocks too, which takes four times as long as what is
// needed where there is no proxy. Its parts have no address that undici promises to keep; should one be
// gone, all of undici is loaded.

import { allOfUndici } from "./deferred";

type Undici = Pick<ReturnType<typeof allOfUndici>, "Agent" | "errors">;

/** A part of undici, from its own file, or else from the entry. */
export function partOf<Name extends keyof Undici>(name: Name, load: () => unknown): Undici[Name] {
  try {
    return load() as Undici[Name];
  } catch {
    return allOfUndici()[name];
  }
}

// The addresses stand as they are, so that bundlers find them.
export const Agent = partOf("Agent", () => require("undici/lib/dispatcher/agent.js"));
export const errors = partOf("errors", () => require("undici/lib/core/errors.js"));
