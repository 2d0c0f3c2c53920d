// Arguments that must not be shown. The package's own words leave them out by themselves; the service
// may repeat them in its own.

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
