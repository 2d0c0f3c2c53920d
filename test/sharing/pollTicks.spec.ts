import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { systemClock, type Clock } from "../../provider/client/clock";
import { WaitTimeoutError } from "../../provider/errors";
import { requireBackups } from "../../provider/requireBackups";
import { findQualifying, isFinding } from "../../provider/findQualifying";
import { createSearch } from "../../provider/search";
import { untilNextPoll } from "../../provider/sharing/pollTicks";
import { instances } from "../support/fleetOf";
import { creating, place, type Place } from "../support/searching";

const fifty = instances(50);

/** Backups that are being made, one of each service instance, done after so many seconds. */
const beingMade = (afterSeconds: number) =>
  fifty.map((id) => ({
    ...creating(`of-${id}`, { afterSeconds, Status: "Created" }),
    ServiceInstanceId: id,
  }));

/** How many requests asked by instance, and how many by backup. */
function counts({ service }: Place) {
  const names = service.requests.map(({ parameters }) => parameters["Filter.1.Name"]);
  const count = (name: string) => names.filter((one) => one === name).length;
  return { byInstance: count("ServiceInstanceId"), byBackup: count("BackupId") };
}

/** A place with a clock that moves on when all fifty wait, each having been told as often. */
async function placeOfFifty(afterSeconds: number) {
  const told = new Map(fifty.map((id) => [id, [] as string[]]));
  const slept: number[] = [];
  const there = await place({
    backups: beingMade(afterSeconds),
    async sleep(ms) {
      slept.push(ms);
      const end = there.clock.now() + ms;
      while (new Set([...told.values()].map(({ length }) => length)).size > 1) await turn();
      there.clock.advance(Math.max(0, end - there.clock.now()));
    },
    reporter: {
      progress: (message) => told.get(/of-(si-\d+)/.exec(message)?.[1] ?? "")?.push(message),
    },
  });
  return { ...there, toldOf: told, slept };
}

describe("50 gates that wait", () => {
  it("make one poll of them all, ten ids a request, and hear of their own backup", async () => {
    const there = await placeOfFifty(25);

    const outcomes = await Promise.all(
      fifty.map((serviceInstanceId) => {
        const wanted = { serviceInstanceId, maxAge: "1h", waitTimeout: "10m" };
        return findQualifying(createSearch(there.readerWith(undefined), wanted), false);
      }),
    );

    assert.ok(outcomes.every((outcome) => isFinding(outcome) && outcome.qualifies));
    // A first look, three polls, and a look at everything when all were done.
    assert.deepEqual(counts(there), { byInstance: 5 + 5, byBackup: 3 * 5 });
    assert.deepEqual(there.slept, [10_000, 10_000, 10_000]);
    for (const [id, messages] of there.toldOf) {
      assert.deepEqual(
        messages,
        ["0s", "10s", "20s"].map((elapsed) => `of-${id} Creating, ${elapsed} of 10m`),
      );
    }
  });

  it("do so as one gate of 50 service instances, too", async () => {
    const there = await placeOfFifty(5);
    const args = { serviceInstanceIds: fifty, maxAge: "1h", waitTimeout: "10m" };

    await requireBackups(there.readerWith, args, false);

    assert.deepEqual(counts(there), { byInstance: 5 + 5, byBackup: 5 });
  });

  it("look for the last time together when their time is over", async () => {
    const there = await placeOfFifty(999);
    const args = { serviceInstanceIds: fifty, maxAge: "1h", waitTimeout: "15s" };

    await assert.rejects(requireBackups(there.readerWith, args, false), WaitTimeoutError);

    assert.deepEqual(counts(there), { byInstance: 3 * 5, byBackup: 0 });
  });
});

/** A clock that stands still: sleeps end with their signal, or when told. */
function standing() {
  const sleeps: { readonly ms: number; readonly end: () => void; reason?: unknown }[] = [];
  const clock: Clock = {
    now: () => 0,
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleep: (typeof sleeps)[number] = { ms, end: resolve };
        sleeps.push(sleep);
        signal?.addEventListener("abort", () => {
          sleep.reason = signal.reason;
          reject(signal.reason as Error);
        });
      }),
  };
  return { clock, sleeps };
}

describe("untilNextPoll", () => {
  async function waiter(clock: Clock) {
    const { reader } = await place();
    return (intervalMs: number, mostMs: number, signal?: AbortSignal) =>
      untilNextPoll(
        { ...reader, clock, context: { ...reader.context, signal } },
        intervalMs,
        mostMs,
      );
  }

  it("is one time for all of one interval, also for who comes later", async () => {
    const { clock, sleeps } = standing();
    const wait = await waiter(clock);

    const first = wait(10_000, 60_000);
    await turn();
    const second = wait(10_000, 60_000);
    const other = wait(20_000, 60_000);
    await turn();
    for (const { end } of sleeps) end();

    await Promise.all([first, second, other]);
    assert.deepEqual(
      sleeps.map(({ ms }) => ms),
      [10_000, 20_000],
    );
  });

  it("is no later than one's own end, whether others wait or not", async () => {
    const { clock, sleeps } = standing();
    const wait = await waiter(clock);

    const waits = [wait(10_000, 4000), wait(10_000, 60_000), wait(10_000, 3000)];
    await turn();
    for (const { end } of sleeps) end();

    await Promise.all(waits);
    assert.deepEqual(sleeps.map(({ ms }) => ms).sort(), [10_000, 3000, 4000]);
  });

  it("ends with one's own signal; the others wait on", async () => {
    const { clock, sleeps } = standing();
    const wait = await waiter(clock);
    const stop = new AbortController();

    const leaving = wait(10_000, 60_000, stop.signal);
    const staying = wait(10_000, 60_000);
    await turn();
    stop.abort("enough");

    await assert.rejects(leaving, (reason) => reason === "enough");
    assert.deepEqual([sleeps.length, sleeps[0]?.reason], [1, undefined]);
    sleeps[0]!.end();
    await staying;
  });

  it("leaves no timer behind when nobody waits, and begins anew", async () => {
    const { clock, sleeps } = standing();
    const wait = await waiter(clock);
    const stop = new AbortController();

    const leaving = wait(10_000, 60_000, stop.signal);
    await turn();
    stop.abort("enough");
    await assert.rejects(leaving, (reason) => reason === "enough");
    const next = wait(10_000, 60_000);
    await turn();

    assert.deepEqual([sleeps.length, sleeps[0]?.reason], [2, "enough"]);
    sleeps[1]!.end();
    await next;
  });

  it("is not taken from who came in the meantime by one that ends late", async () => {
    const { clock, sleeps } = standing();
    let isSlow = true;
    const slow: Clock = {
      ...clock,
      sleep: async (ms, signal) => {
        const wasSlow = isSlow;
        isSlow = false;
        await clock.sleep(ms, signal).catch(async (error: unknown) => {
          if (wasSlow) await systemClock.sleep(20);
          throw error;
        });
      },
    };
    const wait = await waiter(slow);
    const stop = new AbortController();

    const leaving = wait(10_000, 60_000, stop.signal);
    await turn();
    stop.abort("enough");
    await assert.rejects(leaving, (reason) => reason === "enough");
    const first = wait(10_000, 60_000);
    await systemClock.sleep(40);
    const second = wait(10_000, 60_000);
    await turn();
    for (const { end } of sleeps) end();
    await Promise.all([first, second]);

    assert.equal(sleeps.length, 2);
  });
});
