// What settings must be, wherever they come from.

import type { Contract } from "../validation";
import { serviceRegions } from "./region";
import type { Settings } from "./settings";
import * as z from "../zod";

function text(what: string) {
  const error = `expected ${what}`;
  return z.string({ error }).min(1, { error: `${error} (or leave it out)` });
}

/**
 * @internal What a key or token is made of: it goes into a header as it is, and a line break from a
 * file or a shell would not get that far.
 */
export const headerText = /^[\x21-\x7e]*$/;

function key(what: string) {
  const error = `expected ${what} of visible ASCII characters, without spaces and line breaks`;
  return text(what).regex(headerText, { error });
}

function choice<const T extends readonly string[]>(...values: T) {
  return z.enum(values, { error: `expected ${values.join(" or ")}` });
}

function milliseconds() {
  const error = "expected a whole number of milliseconds from 1 to 600000";
  return z.int({ error }).min(1, { error }).max(600_000, { error });
}

const sessionError = "expected a whole number of seconds from 900 to 43200";
const sessionExpiration = z.int({ error: sessionError }).min(900, { error: sessionError });
const session = sessionExpiration.max(43_200, { error: sessionError }).optional();

const assumeRole = z.strictObject(
  {
    roleArn: text("the ARN of a RAM role"),
    sessionName: text("a session name").optional(),
    policy: text("a RAM policy as JSON text").optional(),
    sessionExpiration: session,
    externalId: text("an external id").optional(),
  },
  { error: "expected an object with roleArn" },
);

const assumeRoleWithOidc = z
  .strictObject(
    {
      roleArn: text("the ARN of a RAM role"),
      oidcProviderArn: text("the ARN of an OIDC provider"),
      oidcTokenFile: text("a file").optional(),
      oidcToken: text("a token").optional(),
      roleSessionName: text("a session name").optional(),
      policy: text("a RAM policy as JSON text").optional(),
      sessionExpiration: session,
    },
    { error: "expected an object with roleArn, oidcProviderArn and oidcTokenFile" },
  )
  .refine(
    ({ oidcToken, oidcTokenFile }) => (oidcToken === undefined) !== (oidcTokenFile === undefined),
    {
      error: "expected one of oidcTokenFile and oidcToken",
    },
  );

const retryError = "expected a whole number of seconds, 0 or more";

/** @internal The keys of {@link Settings} and what each must be. */
export const settingsSchema = z.strictObject(
  {
    region: text(`a region such as ${serviceRegions.join(" or ")}`).optional(),
    accountType: choice("Domestic", "International").optional(),
    accessKey: key("an access key id").optional(),
    secretKey: key("an access key secret").optional(),
    securityToken: key("a security token").optional(),
    profile: text("the name of a profile").optional(),
    sharedCredentialsFile: text("a file").optional(),
    ecsRoleName: text("the name of a RAM role").optional(),
    credentialsUri: text("an address").optional(),
    assumeRole: assumeRole.optional(),
    assumeRoleWithOidc: assumeRoleWithOidc.optional(),
    endpoint: text("a host, host:port or URL").optional(),
    protocol: choice("HTTPS", "HTTP").optional(),
    clientConnectTimeout: milliseconds().optional(),
    clientReadTimeout: milliseconds().optional(),
    maxRetryTimeout: z.int({ error: retryError }).min(0, { error: retryError }).optional(),
    completeness: choice("strict", "tokens").optional(),
    transport: choice("undici", "openapi-client").optional(),
  },
  { error: "expected an object" },
);

/** @internal The names of settings, and of parts of settings, whose values must not be shown. */
export const secretSettings: ReadonlySet<string> = new Set([
  "accessKey",
  "secretKey",
  "securityToken",
  "oidcToken",
  "externalId",
]);

/** @internal Settings that a provider keeps from view whole: secrets, and what may hold one, JSON too. */
export const hiddenSettings: ReadonlySet<string> = new Set([
  ...secretSettings,
  "assumeRole",
  "assumeRoleWithOidc",
]);

/** @internal Checks settings. */
export const settingsContract: Contract<Settings> = {
  functionName: "settings",
  outputRemedy: "settings take plain values: call inside its apply, or set it in stack config",
  schema: settingsSchema,
  secrets: secretSettings,
};
