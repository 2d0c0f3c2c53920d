import assert from "node:assert/strict";
import { assertClean, secrets } from "./planted";

describe("what looks for planted secrets", () => {
  const hiding: readonly [string, (secret: string) => unknown][] = [
    ["a message", (secret) => new Error(`no ${secret}`)],
    ["a cause", (secret) => new Error("no", { cause: new Error(secret) })],
    ["a property", (secret) => Object.assign(new Error("no"), { config: { deep: { secret } } })],
    [
      "a property that does not show",
      (secret) => Object.defineProperty(new Error("no"), "hidden", { value: secret }),
    ],
    ["an address", (secret) => new Error(`no ${encodeURIComponent(secret)}`)],
    ["base64", (secret) => new Error(Buffer.from(`${secret}\n`).toString("base64"))],
  ];
  for (const [where, hide] of hiding) {
    it(`finds one in ${where}`, () => {
      for (const secret of Object.values(secrets)) {
        assert.throws(() => {
          assertClean({ end: hide(secret), told: [] });
        }, assert.AssertionError);
      }
    });
  }
});
