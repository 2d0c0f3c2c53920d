import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { systemClock } from "../provider/client/clock";
import {
  IncompleteListError,
  NoQualifyingBackupError,
  RequestError,
  ResponseError,
  WaitTimeoutError,
} from "../provider/errors";
import type { GetBackupArgs } from "../provider/getBackupArgs";
import { refuse } from "../provider/refusal";
import { waitForPending, type Waited } from "../provider/waiting";
import type { Fault, Simulator } from "../simulator";
import { assertFails } from "./support/failures";
import { creating, looks, scene, sent, type Scene, type SceneOptions } from "./support/searching";
import { wordOf } from "./support/situations";

const tenMinutes = { maxAge: "1h", waitTimeout: "10m" };
const failed = { Status: "CreateFailed", StatusDetail: "Disk i-1 backup failed" };

/** Waits as a search does that saw something being made at its first look. */
async function wait({ search }: Scene): Promise<Waited> {
  return waitForPending(search, await search.look(), search.wanted.waitTimeout ?? "");
}

async function waitFor(wanted: GetBackupArgs, options: SceneOptions) {
  const there = await scene(wanted, options);
  const waited = await wait(there);
  return { ...there, waited, words: wordsOf(waited) };
}

/** Each backup of the last look, and what was found of it. */
function wordsOf({ look }: Waited): string[] {
  return look.verdicts.map((verdict) => `${verdict.row.backup.backupId} ${wordOf(verdict)}`);
}

/** What happens at the service when the n-th request has come, counted from 1. */
function at(happenings: Readonly<Record<number, (simulator: Simulator) => unknown>>) {
  return {
    onRequest: (_: unknown, simulator: Simulator) =>
      happenings[simulator.requests.length]?.(simulator),
  };
}

const original = Object.getOwnPropertyDescriptor(AbortSignal, "timeout")!;

afterEach(() => {
  Object.defineProperty(AbortSignal, "timeout", original);
});

describe("waitForPending", () => {
  it("asks for the candidates only, and for all when one of them is done", async () => {
    const backups = [
      sent("old", { StartTime: "2026-05-01T00:00:00Z" }),
      creating("backup-9", { afterSeconds: 25, Status: "Created" }),
      creating("backup-8"),
    ];

    const { service, clock, waited, words } = await waitFor(tenMinutes, { backups });

    assert.deepEqual(words, ["backup-8 pending", "backup-9 qualifies", "old refused"]);
    assert.deepEqual([waited.waitedMs, waited.vanished], [undefined, []]);
    assert.deepEqual(looks(service), [
      "all of si-1",
      "backup-8 backup-9",
      "backup-8 backup-9",
      "backup-8 backup-9",
      "all of si-1",
    ]);
    assert.deepEqual(clock.slept, [10_000, 10_000, 10_000]);
  });

  it("asks for a named backup by its id each time", async () => {
    const backups = [creating("backup-9", { afterSeconds: 15, Status: "Created" })];

    const { service, words } = await waitFor({ backupId: "backup-9", ...tenMinutes }, { backups });

    assert.deepEqual(words, ["backup-9 qualifies"]);
    assert.deepEqual(looks(service), ["backup-9", "backup-9", "backup-9", "backup-9"]);
  });

  it("reads everything at the sixth poll, and every sixth after it", async () => {
    const backups = [creating("backup-9", { afterSeconds: 125, ...failed })];

    const { service } = await waitFor(tenMinutes, { backups });

    const five = Array.from({ length: 5 }, () => "backup-9");
    assert.deepEqual(looks(service), [
      "all of si-1",
      ...five,
      "all of si-1",
      ...five,
      "all of si-1",
      "backup-9",
      "all of si-1",
    ]);
  });

  it("counts a newer backup that appears meanwhile", async () => {
    const newer = sent("backup-9", { StartTime: "2026-06-01T12:00:10Z" });
    const there = await scene(tenMinutes, {
      backups: [creating("backup-8")],
      ...at({
        3: (simulator) => {
          simulator.setBackups([...simulator.backups, newer]);
        },
      }),
    });

    const waited = await wait(there);

    assert.deepEqual(wordsOf(waited), ["backup-9 qualifies", "backup-8 pending"]);
    assert.deepEqual([waited.vanished, there.clock.slept.length], [[], 6]);
  });

  it("waits for one that begins meanwhile as well", async () => {
    const later = creating("backup-9", { afterSeconds: 95, Status: "Created" });
    const there = await scene(tenMinutes, {
      backups: [creating("backup-8", { afterSeconds: 75, ...failed })],
      ...at({
        2: (simulator) => {
          simulator.setBackups([...simulator.backups, later]);
        },
      }),
    });

    const waited = await wait(there);

    assert.deepEqual(wordsOf(waited), ["backup-8 refused", "backup-9 qualifies"]);
    assert.deepEqual(looks(there.service).slice(6), [
      "all of si-1",
      "backup-8 backup-9",
      "backup-8 backup-9",
      "all of si-1",
      "backup-9",
      "backup-9",
      "all of si-1",
    ]);
  });

  it("ends at once when all candidates failed, with the service's reason", async () => {
    const backups = [
      creating("backup-8", { afterSeconds: 5, ...failed }),
      creating("backup-9", { afterSeconds: 15, ...failed }),
    ];

    const { clock, waited, search, asked } = await waitFor(tenMinutes, { backups });

    assert.equal(waited.waitedMs, undefined);
    assert.deepEqual(clock.slept, [10_000, 10_000]);
    const error = await refuse([{ search, ...waited }]);
    assert.ok(error instanceof NoQualifyingBackupError);
    assert.equal(
      error.message,
      "No backup of si-1 qualifies (Created, started within 1h). Seen 2: backup-8 CreateFailed, " +
        "50s old: Disk i-1 backup failed; backup-9 CreateFailed, 50s old: Disk i-1 backup " +
        `failed. ${asked}`,
    );
  });

  it("ends at once when a candidate grows too old", async () => {
    const { clock, words, waited } = await waitFor(
      { maxAge: "1m", waitTimeout: "10m" },
      { backups: [creating("backup-9")] },
    );

    assert.deepEqual([words, waited.waitedMs], [["backup-9 refused"], undefined]);
    assert.equal(clock.slept.length, 4);
  });

  it("names a candidate that vanishes, and does not wait for it", async () => {
    const there = await scene(tenMinutes, {
      backups: [creating("backup-9"), sent("old", { Status: "Deleted" })],
      ...at({
        3: (simulator) => {
          simulator.setBackups(simulator.backups.slice(1));
        },
      }),
    });

    const waited = await wait(there);

    assert.deepEqual(wordsOf(waited), ["old refused"]);
    assert.deepEqual([waited.vanished, waited.waitedMs], [["backup-9"], undefined]);
    assert.deepEqual(there.clock.slept, [10_000, 10_000]);
  });

  it("names one that came and went within the wait", async () => {
    const there = await scene(tenMinutes, {
      backups: [creating("backup-8", { afterSeconds: 95, Status: "Created" })],
      ...at({
        2: (simulator) => {
          simulator.setBackups([...simulator.backups, creating("backup-9")]);
        },
        8: (simulator) => {
          simulator.setBackups(simulator.backups.slice(0, 1));
        },
      }),
    });

    const waited = await wait(there);

    assert.deepEqual([wordsOf(waited), waited.vanished], [["backup-8 qualifies"], ["backup-9"]]);
  });

  it("needs no look when the first one decides", async () => {
    const { service, waited, words, told } = await waitFor(tenMinutes, {
      backups: [sent("backup-1", { StartTime: "2026-06-01T11:30:00Z" }), creating("backup-9")],
    });

    assert.deepEqual(words, ["backup-9 pending", "backup-1 qualifies"]);
    assert.deepEqual([waited.waitedMs, told], [undefined, []]);
    assert.equal(service.requests.length, 1);
  });

  it("tells of its progress at each poll", async () => {
    const { told } = await waitFor(tenMinutes, {
      backups: [
        creating("backup-7", { afterSeconds: 75, Status: "Created" }),
        creating("backup-8", { afterSeconds: 15, ...failed }),
        creating("backup-9", { afterSeconds: 25, ...failed }),
      ],
    });

    assert.deepEqual(told, [
      "progress: backup-7 and 2 more Creating, 0s of 10m",
      "progress: backup-7 and 2 more Creating, 10s of 10m",
      "progress: backup-7 and 1 more Creating, 20s of 10m",
      "progress: backup-7 Creating, 30s of 10m",
      "progress: backup-7 Creating, 40s of 10m",
      "progress: backup-7 Creating, 50s of 10m",
      "progress: backup-7 Creating, 1m of 10m",
      "progress: backup-7 Creating, 1m10s of 10m",
    ]);
  });
});

describe("the progress of a wait", () => {
  it("has nothing in it that a terminal obeys", async () => {
    const { told } = await waitFor(tenMinutes, {
      backups: [creating("\u001b[2Jbackup-9", { afterSeconds: 5, Status: "Created" })],
    });

    assert.deepEqual(told, ["progress: [2Jbackup-9 Creating, 0s of 10m"]);
  });
});

describe("the end of a wait", () => {
  it("comes when the time is over, after a last look at everything", async () => {
    const { service, clock, waited, search, asked } = await waitFor(
      { maxAge: "1h", waitTimeout: "35s" },
      { backups: [creating("backup-9"), sent("backup-8", { Status: "Deleted" })] },
    );

    assert.equal(waited.waitedMs, 35_000);
    assert.deepEqual(clock.slept, [10_000, 10_000, 10_000, 5000]);
    assert.deepEqual(looks(service), [
      "all of si-1",
      "backup-9",
      "backup-9",
      "all of si-1",
      "all of si-1",
    ]);
    const error = await refuse([{ search, ...waited }]);
    assert.ok(error instanceof WaitTimeoutError);
    assert.equal(
      error.message,
      "No backup of si-1 qualifies (Created, started within 1h). Waited 35s (waitTimeout is " +
        "35s); seen 2: backup-9 Creating, 1m5s old; backup-8 Deleted, 2h old. " +
        asked,
    );
  });

  it("counts what the last look finds", async () => {
    const { words, waited } = await waitFor(
      { waitTimeout: "30s" },
      { backups: [creating("backup-9", { afterSeconds: 30, Status: "Created" })] },
    );

    assert.deepEqual([words, waited.waitedMs], [["backup-9 qualifies"], undefined]);
  });

  it("counts a new backup that only the last look finds", async () => {
    const { words, service } = await waitFor(
      { waitTimeout: "30s" },
      {
        backups: [creating("backup-9")],
        ...at({
          4: (simulator) => {
            simulator.setBackups([...simulator.backups, sent("backup-8")]);
          },
        }),
      },
    );

    assert.deepEqual(words, ["backup-9 pending", "backup-8 qualifies"]);
    assert.deepEqual(looks(service), ["all of si-1", "backup-9", "backup-9", "all of si-1"]);
  });

  it("comes after one look when waitTimeout is shorter than pollInterval", async () => {
    const { clock, service, waited } = await waitFor(
      { waitTimeout: "5s", pollInterval: "1h" },
      { backups: [creating("backup-9")] },
    );

    assert.deepEqual([clock.slept, waited.waitedMs], [[5000], 5000]);
    assert.deepEqual(looks(service), ["all of si-1", "all of si-1"]);
  });

  it("comes at once without a waitTimeout, though nobody waits without one", async () => {
    const { clock, service, waited } = await waitFor({}, { backups: [creating("backup-9")] });

    assert.deepEqual([clock.slept, waited.waitedMs], [[], 0]);
    assert.deepEqual(looks(service), ["all of si-1"]);
  });

  it("comes when a look takes too long, with what was seen before", async () => {
    const limit = new AbortController();
    const limits: number[] = [];
    AbortSignal.timeout = (ms) => {
      limits.push(ms);
      return limit.signal;
    };
    const there = await scene(tenMinutes, {
      backups: [creating("backup-9")],
      faults: [{ kind: "neverAnswer", on: { request: 3 } }],
      ...at({
        3: () =>
          setImmediate(() => {
            limit.abort(new DOMException("The operation timed out", "TimeoutError"));
          }),
      }),
    });

    const waited = await wait(there);

    assert.deepEqual(limits, [610_000]);
    assert.deepEqual([wordsOf(waited), waited.waitedMs], [["backup-9 pending"], 20_000]);
  });

  it("comes at once with the signal, in the middle of a pause", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const there = await scene(tenMinutes, {
      backups: [creating("backup-9")],
      signal: stop.signal,
      sleep: (ms, signal) => systemClock.sleep(ms, signal),
      reporter: {
        progress: () =>
          void turn().then(() => {
            stop.abort(reason);
          }),
      },
    });

    await assert.rejects(wait(there), (error) => error === reason);
    assert.equal(there.service.requests.length, 1);
  });

  it("comes at once with the signal, in the middle of a look", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const there = await scene(tenMinutes, {
      backups: [creating("backup-9")],
      signal: stop.signal,
      faults: [{ kind: "neverAnswer", on: { request: 2 } }],
      ...at({
        2: () =>
          setImmediate(() => {
            stop.abort(reason);
          }),
      }),
    });

    await assert.rejects(wait(there), (error) => error === reason);
    assert.equal(there.service.requests.length, 2);
  });

  it("comes with the signal's reason where the look takes too long as well", async () => {
    const [stop, limit] = [new AbortController(), new AbortController()];
    const reason = new Error("enough");
    AbortSignal.timeout = () => limit.signal;
    const there = await scene(tenMinutes, {
      backups: [creating("backup-9")],
      signal: stop.signal,
      faults: [{ kind: "neverAnswer", on: { request: 2 } }],
      ...at({
        2: () =>
          setImmediate(() => {
            limit.abort(new DOMException("The operation timed out", "TimeoutError"));
            stop.abort(reason);
          }),
      }),
    });

    await assert.rejects(wait(there), (error) => error === reason);
  });
});

describe("the pauses of a wait", () => {
  const backups = [creating("backup-9", { afterSeconds: 1, ...failed })];

  it("are 75 to 125 % of pollInterval, as chance has it", async () => {
    const shares: [number, number][] = [
      [0, 15_000],
      [0.25, 17_500],
      [0.5, 20_000],
      [0.75, 22_500],
    ];

    for (const [random, pause] of shares) {
      const { clock } = await waitFor(
        { waitTimeout: "10m", pollInterval: "20s" },
        { backups, random },
      );

      assert.deepEqual(clock.slept, [pause]);
    }
  });

  it("stay within that, and within the time to wait, whatever chance gives", async () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const there = await scene({}, { backups: [creating("backup-9")] });
    const first = await there.search.look();
    const { search, clock } = there;

    await fc.assert(
      fc.asyncProperty(chance, fc.integer({ min: 1, max: 40 }), async (random, seconds) => {
        clock.slept.length = 0;
        const reader = { ...search.reader, clock: { ...clock, random: () => random } };
        const wanted = { waitTimeout: `${seconds}s`, pollInterval: "10s" };

        const { waitedMs = NaN } = await waitForPending(
          { ...search, reader, wanted },
          first,
          wanted.waitTimeout,
        );

        const last = clock.slept.at(-1) ?? NaN;
        assert.ok(clock.slept.slice(0, -1).every((ms) => ms >= 7500 && ms <= 12_500));
        assert.ok(last > 0 && last <= 12_500);
        assert.ok(Math.abs(waitedMs - seconds * 1000) < 1);
      }),
      { numRuns: 30 },
    );
  });

  it("are ten seconds if nothing else is said", async () => {
    const { clock } = await waitFor(tenMinutes, { backups });

    assert.deepEqual(clock.slept, [10_000]);
  });
});

describe("a poll that fails", () => {
  const requestId = ({ service }: Scene) => service.requests.at(-1)?.requestId ?? "";
  const cases: [string, Fault, new (...args: never[]) => Error, (there: Scene) => string][] = [
    [
      "denied",
      { kind: "status", status: 403, code: "Forbidden.RAM", message: "Not allowed." },
      RequestError,
      (there) =>
        "ListBackups was denied (Forbidden.RAM, HTTP 403): Not allowed. The caller may not call " +
        "computenest:ListBackups. Allow the action computenest:ListBackups on resource * in RAM. " +
        `${there.asked} RequestId ${requestId(there)}.`,
    ],
    [
      "malformed",
      { kind: "page", patch: { Backups: "none" } },
      ResponseError,
      (there) =>
        "Page 1 of ListBackups cannot be used: Backups: invalid input: expected array, received " +
        "string. No part of the list is returned in its place. " +
        `RequestId ${requestId(there)}.`,
    ],
    [
      "incomplete",
      { kind: "page", patch: { TotalCount: 9 }, times: 3 },
      IncompleteListError,
      () =>
        "The list of backups is not complete: 1 different backups were read, but TotalCount is " +
        "9. It was read 3 times; backups may be coming and going. Try again; if it stays so, " +
        'the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) trusts the last page\'s ' +
        "word instead of TotalCount.",
    ],
    [
      "throttled until the budget is spent",
      { kind: "throttle", times: Infinity },
      RequestError,
      (there) =>
        "ListBackups was throttled (Throttling.User, HTTP 400): Request was denied due to user " +
        "flow control. Given up after 8 attempts and 10 s (maxRetryTimeout is 10 s). " +
        `${there.asked} RequestId ${requestId(there)}.`,
    ],
    [
      "without a good answer until the budget is spent",
      { kind: "status", status: 503, times: Infinity },
      RequestError,
      (there) =>
        "ListBackups got no answer (ServiceUnavailable, HTTP 503): The request has failed due to " +
        "a temporary failure of the server. Given up after 8 attempts and 10 s (maxRetryTimeout " +
        `is 10 s). ${there.asked} RequestId ${requestId(there)}.`,
    ],
  ];
  for (const [what, fault, type, message] of cases) {
    for (const request of [2, 7]) {
      it(`is an error of its own: ${what}, at request ${request}`, async () => {
        const there = await scene(tenMinutes, {
          backups: [creating("backup-9")],
          faults: [{ ...fault, on: { request } }],
        });

        await assertFails(wait(there), type, () => message(there));
      });
    }
  }

  it("has a retry budget of its own", async () => {
    const throttle: Fault = { kind: "throttle" };
    const there = await scene(tenMinutes, {
      connection: { retryBudgetMs: 150 },
      backups: [creating("backup-9", { afterSeconds: 55, Status: "Created" })],
      ...at({
        2: ({ faults }) => {
          faults.add(throttle);
        },
        4: ({ faults }) => {
          faults.add(throttle);
        },
        6: ({ faults }) => {
          faults.add(throttle);
        },
      }),
    });

    assert.deepEqual(wordsOf(await wait(there)), ["backup-9 qualifies"]);
  });
});
