import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { createTimeLimit } from "../../provider/client/timeLimit";

/** Timers that were set meanwhile, and how many of them keep the process. */
async function timersOf(work: () => Promise<void>): Promise<NodeJS.Timeout[]> {
  const original = globalThis.setTimeout;
  const timers: NodeJS.Timeout[] = [];
  globalThis.setTimeout = Object.assign((...args: Parameters<typeof original>) => {
    const timer = original(...args);
    timers.push(timer);
    return timer;
  }, original);
  try {
    await work();
  } finally {
    globalThis.setTimeout = original;
  }
  return timers;
}

describe("a limit of time", () => {
  it("ends each task when it has had its time, the oldest first", async () => {
    const limit = createTimeLimit(60);
    const ended: [string, number][] = [];
    const watch = (name: string) => {
      const startedAt = performance.now();
      limit.watch(() => ended.push([name, performance.now() - startedAt]));
    };

    watch("first");
    watch("second");
    await pause(30);
    watch("third");
    while (ended.length < 3) await pause(5);

    assert.deepEqual(
      ended.map(([name]) => name),
      ["first", "second", "third"],
    );
    assert.ok(
      ended.every(([, ms]) => ms >= 60),
      JSON.stringify(ended),
    );
  });

  it("lets a task alone that is done, and watches over the next after a while without any", async () => {
    const limit = createTimeLimit(20);
    const ended: string[] = [];

    limit.watch(() => ended.push("done"))();
    await pause(60);
    limit.watch(() => ended.push("late"));
    while (ended.length < 1) await pause(5);

    assert.deepEqual(ended, ["late"]);
  });

  it("has one timer for all, which keeps no process", async () => {
    const limit = createTimeLimit(60_000);

    const timers = await timersOf(async () => {
      for (let i = 0; i < 10; i += 1) limit.watch(() => undefined)();
      limit.watch(() => undefined);
      await Promise.resolve();
    });

    assert.deepEqual(
      timers.map((timer) => timer.hasRef()),
      [false],
    );
  });
});
