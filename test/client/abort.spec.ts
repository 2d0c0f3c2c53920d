import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { orAborted } from "../../provider/client/abort";

const never = new Promise<never>(() => undefined);

describe("orAborted", () => {
  it("gives what the work gives", async () => {
    assert.equal(await orAborted(Promise.resolve(7), undefined), 7);
    assert.equal(await orAborted(Promise.resolve(7), new AbortController().signal), 7);
  });

  it("rejects with the signal's reason as soon as it is aborted", async () => {
    const controller = new AbortController();

    const work = orAborted(never, controller.signal);
    controller.abort("enough");

    await assert.rejects(work, (error) => error === "enough");
  });

  it("rejects at once when the signal is aborted already", async () => {
    await assert.rejects(orAborted(never, AbortSignal.abort("late")), (error) => error === "late");
  });

  it("drops an error that comes after the abort", async () => {
    const failing = Promise.reject(new Error("nobody waits for this"));

    await assert.rejects(orAborted(failing, AbortSignal.abort("late")), (e) => e === "late");
  });

  it("lets go of the signal when the work is done", async () => {
    const { signal } = new AbortController();

    await orAborted(Promise.resolve(7), signal);

    assert.equal(getEventListeners(signal, "abort").length, 0);
  });
});
