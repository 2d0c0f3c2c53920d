// Values as the engine sends them to a plugin: plain JSON, with wrappers around secrets and a marker
// in the place of what is not known yet (pulumi/pulumi sdk/go/common/resource/plugin/rpc.go).

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
/** Stands for a value that is not known yet. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Values without wrappers, and what the wrappers said. */
export interface Unwrapped {
  readonly value: unknown;
  readonly hasSecrets: boolean;
  /** Whether a value is missing because it is not known yet, in a preview. */
  readonly hasUnknowns: boolean;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Whether a value is marked as a secret. */
export function isSecret(value: unknown): value is { readonly value: unknown } {
  return isObject(value) && value[signatureKey] === secretSignature;
}

/** Marks a value as a secret. */
export function asSecret(value: unknown): object {
  return { [signatureKey]: secretSignature, value };
}

/** Like an Output to those who check values: neither missing nor wrong. */
const notKnownYet = { __pulumiOutput: true };

/** Takes the wrappers off, at every depth. */
export function unwrap(wrapped: unknown): Unwrapped {
  let hasSecrets = false;
  let hasUnknowns = false;
  const visit = (value: unknown): unknown => {
    if (value === unknownText) {
      hasUnknowns = true;
      return notKnownYet;
    }
    if (!isObject(value)) return value;
    if (Array.isArray(value)) return value.map(visit);
    if (isSecret(value)) {
      hasSecrets = true;
      return visit(value.value);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  const value = visit(wrapped);
  return { value, hasSecrets, hasUnknowns };
}

/** The properties of a result for the engine: none that is undefined, and each a secret if asked. */
export function wrap(result: object, areSecret: boolean): Record<string, never> {
  const set = Object.entries(result).filter(([, value]) => value !== undefined);
  const wrapped = set.map(([key, value]): [string, unknown] => [
    key,
    areSecret ? asSecret(value) : value,
  ]);
  // The protocol's library takes JSON only; a property that is undefined makes it throw.
  return JSON.parse(JSON.stringify(Object.fromEntries(wrapped))) as Record<string, never>;
}
