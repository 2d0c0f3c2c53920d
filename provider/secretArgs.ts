// Arguments that must not be shown. The package's own words leave them out by themselves; the service
// may repeat them in its own.

import { BackupsError } from "./errors";
import type { Reader } from "./reader";

/** All texts among values. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A text without these others, as they are or as in an address; the longest go first. */
export function without(secrets: readonly string[], text: string): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, "***"), text);
}

/**
 * An error of this package, with its texts changed as told: another one, so that what happens to one
 * does not happen to the other. Errors of others stay what they are.
 */
export function copyOfError(error: unknown, change = (text: string) => text): unknown {
  return error instanceof BackupsError ? copyOf(error, change) : error;
}

function copyOf(error: Error, change: (text: string) => string): Error {
  // Made by JavaScript's own constructor, so that everything takes it for an error.
  const copy = Object.setPrototypeOf(new Error(), Object.getPrototypeOf(error) as object) as Error;
  delete copy.stack;
  for (const name of Object.getOwnPropertyNames(error)) {
    let value: unknown = error[name as keyof Error];
    if (typeof value === "string") value = change(value);
    if (value instanceof Error) value = copyOf(value, change);
    const enumerable = Object.prototype.propertyIsEnumerable.call(error, name);
    Object.defineProperty(copy, name, { value, enumerable, writable: true, configurable: true });
  }
  return copy;
}

/**
 * If the arguments are secret, a reader that shows nothing of them, whatever the service says; else the
 * reader itself.
 */
export function withSecretArgs(reader: Reader, args: object, areSecret: boolean): Reader {
  if (!areSecret) return reader;
  const secrets = textsIn(args);
  const hide = (text: string) => without(secrets, text);
  const { context, reporter } = reader;
  const discreet = {
    warn: (message: string) => {
      reporter.warn(hide(message));
    },
    progress: (message: string) => {
      reporter.progress(hide(message));
    },
  };
  return {
    ...reader,
    areArgsSecret: true,
    secrets,
    reporter: discreet,
    context: { ...context, progress: discreet.progress },
  };
}
