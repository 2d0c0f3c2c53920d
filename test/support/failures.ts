import assert from "node:assert/strict";
import { inspect } from "node:util";

/** Fails with a class and a whole message, made once the service is known; returns the error. */
export async function assertFails<E extends Error>(
  work: Promise<unknown>,
  type: new (...args: never[]) => E,
  message: () => string,
): Promise<E> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert.ok("error" in outcome, `did not fail: ${inspect(outcome)}`);
  const { error } = outcome;
  assert.ok(error instanceof type, inspect(error));
  assert.equal(error.message, message());
  return error;
}
