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

function clean(error: unknown, hide: (text: string) => string): void {
  if (!(error instanceof Error)) return;
  error.message = hide(error.message);
  if (error.stack !== undefined) error.stack = hide(error.stack);
  clean(error.cause, hide);
}

/** A reader that shows nothing of the arguments, whatever the service says. */
export function withSecretArgs(reader: Reader, args: object): Reader {
  const secrets = textsIn(args);
  const hide = (text: string) => without(secrets, text);
  const { api, context, reporter } = reader;
  return {
    ...reader,
    areArgsSecret: true,
    reporter: {
      warn: (message) => {
        reporter.warn(hide(message));
      },
      progress: (message) => {
        reporter.progress(hide(message));
      },
    },
    context: {
      ...context,
      progress: (message) => {
        context.progress(hide(message));
      },
    },
    api: {
      ...api,
      list: (...parameters) =>
        api.list(...parameters).catch((error: unknown) => {
          if (error instanceof BackupsError) clean(error, hide);
          throw error;
        }),
    },
  };
}
