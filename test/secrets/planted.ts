// Secrets that are planted, and everything in which somebody could find one.

import assert from "node:assert/strict";
import { inspect } from "node:util";
import { planted } from "../support/connection";

/** One of each kind that the package is ever given. */
export const secrets = {
  ...planted,
  externalId: "plantedExternalIdOfATest",
  oidcToken: "plantedOidcToken.ofATest",
  proxyPassword: "planted:proxy@Password",
  fileContent: "plantedContentOfAFile",
} as const;

/** A secret as it is, as an address has it, and as a header of a proxy has it. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1);
  return [secret, encodeURIComponent(secret), base64];
}

const forms = [
  ...Object.values(secrets).flatMap(formsOf),
  Buffer.from(`user:${secrets.proxyPassword}`).toString("base64"),
];

/** Everything that an error shows to whoever looks at it. */
function shownBy(error: unknown): string[] {
  const isError = error instanceof Error;
  return [
    String(error),
    inspect(error, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(error) || "",
    ...(isError
      ? [error.stack ?? "", JSON.stringify(error, Object.getOwnPropertyNames(error))]
      : []),
    ...(isError && error.cause !== undefined ? shownBy(error.cause) : []),
  ];
}

/** What a call showed: how it ended, and what was told while it lasted. */
export interface Shown {
  /** The error it failed with, or what it gave. */
  readonly end: unknown;
  readonly told: readonly string[];
}

/** Fails where a planted secret can be found in what was shown. */
export function assertClean({ end, told }: Shown): void {
  for (const text of [...shownBy(end), ...told]) {
    const found = forms.filter((form) => text.includes(form));
    assert.deepEqual(found, [], text);
  }
}
