import assert from "node:assert/strict";
import { createLane, laneFor } from "../../provider/client/lane";
import { fakeClock } from "../support/fakeClock";

/** Tasks that end when told, and how many have begun. */
function gate() {
  const open: (() => void)[] = [];
  const task = () =>
    new Promise<number>((resolve) => {
      const place = open.length;
      open.push(() => {
        resolve(place);
      });
    });
  return { open, task };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a lane", () => {
  it("has at most four in flight, and lets the next in as one ends", async () => {
    const lane = createLane(fakeClock());
    const { open, task } = gate();

    const all = Array.from({ length: 6 }, () => lane.run(task, undefined));
    await turn();
    const before = open.length;
    open[0]?.();
    await turn();
    const after = open.length;
    for (let place = 1; place < 6; place += 1) {
      open[place]?.();
      await turn();
    }

    assert.deepEqual([before, after], [4, 5]);
    assert.deepEqual(await Promise.all(all), [0, 1, 2, 3, 4, 5]);
  });

  it("gives the place of a task that failed to the next", async () => {
    const lane = createLane(fakeClock());
    const failing = () => Promise.reject(new Error("failed"));

    const failed = await Promise.allSettled(
      Array.from({ length: 8 }, () => lane.run(failing, undefined)),
    );

    assert.ok(failed.every(({ status }) => status === "rejected"));
    assert.equal(await lane.run(() => Promise.resolve("next"), undefined), "next");
  });

  it("lets nobody start before a cool-down is over", async () => {
    const clock = fakeClock({ now: 1000 });
    const lane = createLane(clock);

    lane.coolDown(500);
    lane.coolDown(200);
    const startedAt = await lane.run(() => Promise.resolve(clock.now()), undefined);

    assert.equal(startedAt, 1500);
    assert.deepEqual(clock.slept, [500]);
  });

  it("waits on when another throttle came while it waited", async () => {
    const clock = fakeClock({ now: 0 });
    const lane = createLane({
      ...clock,
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        if (clock.slept.length === 1) lane.coolDown(300);
      },
    });

    lane.coolDown(100);
    await lane.run(() => Promise.resolve(), undefined);

    assert.deepEqual(clock.slept, [100, 300]);
  });

  it("lets an aborted caller leave the queue with the signal's reason", async () => {
    const lane = createLane(fakeClock());
    const { open, task } = gate();
    const controller = new AbortController();
    const running = Array.from({ length: 4 }, () => lane.run(task, undefined));

    const waiting = lane.run(task, controller.signal);
    const behind = lane.run(task, new AbortController().signal);
    controller.abort("enough");

    await assert.rejects(waiting, (error) => error === "enough");
    open[0]?.();
    await turn();
    assert.equal(open.length, 5);
    for (const end of open) end();
    assert.deepEqual(await Promise.all([...running, behind]), [0, 1, 2, 3, 4]);
  });

  it("does not let in a caller that is aborted already", async () => {
    const lane = createLane(fakeClock());

    const run = lane.run(() => Promise.resolve(), AbortSignal.abort("enough"));

    await assert.rejects(run, (error) => error === "enough");
  });

  it("ends the wait for a cool-down when it is aborted, and frees the place", async () => {
    const lane = createLane(fakeClock());
    const controller = new AbortController();
    lane.coolDown(1000);

    const run = lane.run(() => Promise.resolve("late"), controller.signal);
    controller.abort("enough");

    await assert.rejects(run, (error) => error === "enough");
    assert.equal(await lane.run(() => Promise.resolve("next"), undefined), "next");
  });
});

describe("laneFor", () => {
  it("is one lane for all who ask the same as the same", () => {
    const clock = fakeClock();

    assert.equal(laneFor("a test's endpoint", clock), laneFor("a test's endpoint", clock));
    assert.notEqual(laneFor("a test's endpoint", clock), laneFor("another", clock));
  });
});
