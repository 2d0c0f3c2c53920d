import { toUSVString } from "node:util";
import { maskAccessKeyId, type Identity } from "./identity";

// A refused signature is answered with the string that the service signed, which holds the key id
// and the security token (public reports of SignatureDoesNotMatch).
const echoedSignature = /(?:server )?string ?to ?sign is\b[\s\S]*$/i;
const patterns: readonly [RegExp, string][] = [
  // The HTTP stack under Alibaba Cloud's libraries puts the address, parameters and all, behind the
  // reason without so much as a space, and V8 quotes a body that is not JSON.
  [/(?:GET|POST|PUT) https?:\S+ failed\.?/g, ""],
  [/Unexpected (?:token|end of JSON)[\s\S]*/g, "the answer is not JSON"],
  [/\bLTAI[A-Za-z0-9]{8,}/g, "LTAI***"],
  [/\bSTS\.[A-Za-z0-9]{8,}/g, "STS.***"],
  [
    /\b(Signature|SecurityToken|AccessKeySecret|x-acs-security-token)\b\s*(?:["']\s*)?[=:]\s*["']?[^\s"',&;]+/gi,
    "$1=***",
  ],
];

type Replacement = readonly [secret: string, replacement: string];

/** What stands for each secret of an identity; a token may hold the others, so the longest first. */
function secretsOf(identity: Identity | undefined): Replacement[] {
  if (identity === undefined) return [];
  const { accessKeyId, accessKeySecret, securityToken = "" } = identity;
  const hidden = [accessKeySecret, securityToken].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
  ]);
  const replacements: [string, string][] = [
    [accessKeyId, maskAccessKeyId(accessKeyId)],
    ...hidden.map((secret): [string, string] => [secret, "***"]),
  ];
  return replacements.filter(([secret]) => secret !== "").sort(([a], [b]) => b.length - a.length);
}

/** More than anybody is shown; a peer that sends more does not mean it well. */
const longestText = 50_000;
/** Looked for by patterns, a million spaces would keep this process busy for hours. */
const longSpace = /\s{3,}/g;

/** A text with its secrets replaced, and no more of it than anybody is shown. */
function withoutSecrets(text: string, identity: Identity | undefined): string {
  const secrets = secretsOf(identity);
  let clean = text.slice(0, longestText);
  for (const [secret, replacement] of secrets) clean = clean.replaceAll(secret, replacement);
  if (text.length <= longestText) return clean;
  // Where it was cut off, half of a secret may stand, which was not found.
  const longest = Math.max(0, ...secrets.map(([secret]) => secret.length));
  return clean.slice(0, clean.length - longest);
}

/** A text of the service or of a library without anything that must not be shown. */
export function redact(text: string, identity: Identity | undefined): string {
  let clean = withoutSecrets(text, identity)
    .replaceAll(longSpace, "  ")
    .replace(echoedSignature, "(the rest is not shown, as it repeats secrets)");
  for (const [pattern, replacement] of patterns) clean = clean.replaceAll(pattern, replacement);
  return clean;
}

const longestWords = 500;

/** Line breaks, what a terminal obeys, and what turns text around or hides in it. */
const unprintable = /[\s\p{Cc}\p{Cf}]+/gu;

/** The service's words as part of a message: clean, on one line, and no longer than can be read. */
export function redactedLine(text: string, identity: Identity | undefined): string {
  const line = redact(text, identity).replaceAll(unprintable, " ").trim();
  return toUSVString(line.length > longestWords ? `${line.slice(0, longestWords)}…` : line);
}

/** A cause that may be kept: its message without secrets, and none of its other properties. */
export function redactedCause(cause: unknown, identity: Identity | undefined): Error | undefined {
  if (!(cause instanceof Error)) return undefined;
  const clean = new Error(redact(cause.message, identity));
  clean.name = cause.name;
  delete clean.stack;
  return clean;
}
