import assert from "node:assert/strict";

import { createNonceMemory } from "../../simulator/nonces";

describe("createNonceMemory", () => {
  it("lets a nonce be used once", () => {
    const nonces = createNonceMemory(() => 0, 1000);

    assert.deepEqual([nonces.use("a"), nonces.use("b"), nonces.use("a")], [true, true, false]);
  });

  it("forgets what is older than it has to remember, so that it stays small", () => {
    let nowMs = 0;
    const nonces = createNonceMemory(() => nowMs, 1000);

    for (nowMs = 0; nowMs < 100_000; nowMs += 10) nonces.use(String(nowMs));

    assert.equal(nonces.size, 101);
    assert.equal(nonces.use("0"), true);
  });
});
