// What those who ask are warned of: kept apart, although many ask at the same time.

import { AsyncLocalStorage } from "node:async_hooks";
import { takeWarnings } from "../support/warnings";

const asking = new AsyncLocalStorage<string[]>();

/** Warns whoever is asking. */
export function warn(message: string): void {
  asking.getStore()?.push(message);
}

/** Takes what functions in a program warn of, which is the process, until the end of the test. */
export function takeProcessWarnings(): void {
  takeWarnings((text) => {
    warn(text.replace(/^computenest: /, ""));
  });
}

/** Asks, and keeps what that warns of. */
export function keeping<T>(warnings: string[], ask: () => Promise<T>): Promise<T> {
  return asking.run(warnings, ask);
}
