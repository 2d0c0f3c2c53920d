// What single values of an answer are. Plain comparisons: a schema takes ten times as long.

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A text, or a missing field. */
export function isText(value: unknown): boolean {
  return isMissing(value) || typeof value === "string";
}

/** A text that says something. */
export function isId(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** A whole number of at least 0, or a missing field. */
export function isCount(value: unknown): boolean {
  return isMissing(value) || (Number.isSafeInteger(value) && Number(value) >= 0);
}
