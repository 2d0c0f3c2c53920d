import assert from "node:assert/strict";
import { systemClock } from "../../provider/client/clock";

describe("systemClock", () => {
  it("tells the time", () => {
    const before = Date.now();

    const now = systemClock.now();

    assert.ok(now >= before && now <= Date.now());
  });

  it("gives chances from 0 to 1", () => {
    const chance = systemClock.random();

    assert.ok(chance >= 0 && chance < 1);
  });

  it("sleeps", async () => {
    const before = performance.now();

    await systemClock.sleep(20);

    assert.ok(performance.now() - before >= 18);
  });

  it("ends a sleep with the reason of the signal", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");

    const sleep = systemClock.sleep(60_000, controller.signal);
    controller.abort(reason);

    await assert.rejects(sleep, (error) => error === reason);
  });

  it("does not fall asleep once the signal is aborted", async () => {
    await assert.rejects(
      systemClock.sleep(60_000, AbortSignal.abort("enough")),
      (error) => error === "enough",
    );
  });
});
