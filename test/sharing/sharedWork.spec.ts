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
    const signals: (AbortSignal | undefined)[] = [];
    const begin = (stop: AbortSignal | undefined) => {
      signals.push(stop);
      return turn();
    };
    const done = share(begin);
    const left = share(begin);
    const stays = new AbortController();
    const leaves = new AbortController();

    const leaving = [left.join(leaves.signal), left.join(leaves.signal)];
    const rejected = Promise.all(leaving.map((one) => assert.rejects(one, /enough/)));
    leaves.abort(new Error("enough"));
    await Promise.all([done.join(stays.signal), rejected]);

    assert.deepEqual(
      signals.map((signal) => signal?.aborted),
      [true, false],
    );
    assert.deepEqual([done.isAbandoned, left.isAbandoned], [true, true]);
  });

  it("goes on for one who cannot leave, whoever else leaves", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const work = share(async (stop) => {
      signals.push(stop);
      await turn();
      return "done";
    });
    const leaves = new AbortController();

    const stayed = work.join(undefined);
    const left = assert.rejects(work.join(leaves.signal), /enough/);
    leaves.abort(new Error("enough"));
    await left;

    assert.deepEqual([signals, work.isAbandoned], [[undefined], false]);
    assert.equal(await stayed, "done");
  });
});
