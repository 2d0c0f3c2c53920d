import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { share } from "../../provider/sharing/sharedWork";

describe("shared work", () => {
  it("does not begin before somebody waits, and then once", async () => {
    let begun = 0;
    const work = share(async () => {
      begun += 1;
      await turn();
      return begun;
    });

    await turn();
    assert.equal(begun, 0);
    assert.deepEqual(await Promise.all([work.join(undefined), work.join(undefined)]), [1, 1]);
  });
});
