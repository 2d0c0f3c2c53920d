import { BackupsError } from "./errors";

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
