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

  it("is told to stop when the last who waits has left, and not when it is done", async () => {
    const signals: AbortSignal[] = [];
    const begin = (stop: AbortSignal) => {
      signals.push(stop);
      return turn();
    };
    const done = share(begin);
    const left = share(begin);
    const controller = new AbortController();

    const leaving = [left.join(controller.signal), left.join(controller.signal)];
    const rejected = Promise.all(leaving.map((one) => assert.rejects(one, /enough/)));
    controller.abort(new Error("enough"));
    await Promise.all([done.join(undefined), rejected]);

    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    assert.deepEqual([done.isAbandoned, left.isAbandoned], [true, true]);
  });
});
