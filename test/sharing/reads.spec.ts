import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { inspect } from "node:util";
import fc from "fast-check";
import { IncompleteListError, RequestError, ResponseError } from "../../provider";
import { collect } from "../../provider/collect";
import { createBudget } from "../../provider/client/retry";
import { plan } from "../../provider/plan";
import { createReader, scriptSharing, type Reader, type Sharing } from "../../provider/reader";
import { createSearch } from "../../provider/search";
import { withSecretArgs } from "../../provider/secretArgs";
import type { Fault, Simulator } from "../../simulator";
import type { RequestRecord } from "../../simulator/requestLog";
import { wireRow } from "../support/backups";
import { connectionTo, planted } from "../support/connection";
import { backupsOf, instances, requestsCome, valuesAsked } from "../support/fleetOf";
import { place, type Place, type SceneOptions } from "../support/searching";
import { sendJson, serveScript } from "../support/scriptedServer";
import { serve } from "../support/service";

const wholeList = { nextToken: undefined, maxPages: undefined };
const three = instances(3);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const silent = { warn: () => undefined, progress: () => undefined };

/** The ids of the backups of an instance, as one call gets them. */
async function idsOf(reader: Reader, serviceInstanceId: string): Promise<string[]> {
  const { rows } = await collect(reader, plan({ serviceInstanceId }), wholeList);
  return [...rows].map(({ backup }) => backup.backupId);
}

/** The same for each of three instances at the same time; what failed by its error. */
function readThree({ readerWith }: Place): Promise<unknown[]> {
  const reads = three.map((id) => idsOf(readerWith(undefined), id));
  return Promise.all(reads.map((read) => read.catch((error: unknown) => error)));
}

const placeOfThree = (options: SceneOptions = {}) =>
  place({ backups: backupsOf(three), ...options });

/** A fault that strikes each request that asks for an instance. */
function whereverAsked(id: string, fault: Fault) {
  return ({ parameters }: RequestRecord, { faults }: Simulator) => {
    if (Object.values(parameters).includes(id)) faults.add(fault);
  };
}

describe("a caller who gives up", () => {
  it("is told at once; the others get what they asked for", async () => {
    const there = await placeOfThree({ latencyMs: 40 });
    const stop = new AbortController();

    const leaving = idsOf(there.readerWith(stop.signal), "si-1");
    const staying = idsOf(there.readerWith(undefined), "si-2");
    await requestsCome(there.service, 1);
    stop.abort("enough");

    await assert.rejects(leaving, (reason) => reason === "enough");
    assert.equal(there.service.requests[0]?.status, undefined, "told only with the answer");
    assert.deepEqual(await staying, ["a-of-si-2"]);
    assert.equal(there.service.requests.length, 1);
  });

  it("ends the request when it is the last", async () => {
    const there = await placeOfThree({ faults: [{ kind: "neverAnswer", times: 2 }] });
    const stops = three.map(() => new AbortController());

    const reads = three.map((id, i) => idsOf(there.readerWith(stops[i]!.signal), id));
    const outcomes = Promise.allSettled(reads);
    await requestsCome(there.service, 1);
    for (const stop of stops) stop.abort("enough");

    assert.ok((await outcomes).every(({ status }) => status === "rejected"));
    // Its place is free, and whoever comes now begins anew.
    const again = new AbortController();
    const next = idsOf(there.readerWith(again.signal), "si-1");
    await requestsCome(there.service, 2);
    again.abort("enough");
    await assert.rejects(next, (reason) => reason === "enough");
  });

  it("leaves no request behind when none has been sent", async () => {
    const there = await placeOfThree();
    const stop = new AbortController();

    const leaving = idsOf(there.readerWith(stop.signal), "si-1");
    const staying = idsOf(there.readerWith(undefined), "si-2");
    stop.abort("enough");

    await assert.rejects(leaving, (reason) => reason === "enough");
    assert.deepEqual(await staying, ["a-of-si-2"]);
    assert.deepEqual(valuesAsked(there.service), ["si-2"]);
  });

  it("does not take those along who come while it leaves", async () => {
    const there = await placeOfThree();

    for (let hops = 0; hops < 12; hops += 1) {
      const stop = new AbortController();
      const leaving = idsOf(there.readerWith(stop.signal), "si-1");
      const left = assert.rejects(leaving, (reason) => reason === "enough");
      stop.abort("enough");
      for (let i = 0; i < hops; i += 1) await Promise.resolve();

      assert.deepEqual(await idsOf(there.readerWith(undefined), "si-1"), ["a-of-si-1"]);
      await left;
    }
  });

  it("ends the wait for a cool-down", async () => {
    const stop = new AbortController();
    const there = await placeOfThree({
      faults: [{ kind: "throttle", retryAfterMs: 5000 }],
      sleep: (_, signal) =>
        new Promise((__, reject) => {
          signal?.addEventListener("abort", () => {
            reject(signal.reason as Error);
          });
          setImmediate(() => {
            stop.abort("enough");
          });
        }),
    });

    await assert.rejects(idsOf(there.readerWith(stop.signal), "si-1"), (e) => e === "enough");
    assert.equal(there.service.requests.length, 1);
  });
});

describe("a listing that fails for what one of its callers asked for", () => {
  it("is read for each alone: a refused id is the matter of who named it", async () => {
    const message = "The instance si-2 does not exist.";
    const there = await placeOfThree({
      onRequest: whereverAsked("si-2", {
        kind: "status",
        status: 400,
        code: "InvalidParameter",
        message,
      }),
    });

    const [first, second, third] = await readThree(there);

    assert.deepEqual([first, third], [["a-of-si-1"], ["a-of-si-3"]]);
    assert.ok(second instanceof RequestError);
    assert.match(second.message, /The instance si-2 does not exist\. Asked /);
    assert.deepEqual(valuesAsked(there.service), ["si-1 si-2 si-3", "si-1", "si-2", "si-3"]);
  });

  it("is read for each alone: so is a row that is none", async () => {
    const there = await place({
      backups: [
        ...backupsOf(three),
        { BackupId: "broken", ServiceInstanceId: "si-2", Status: null },
      ],
    });

    const [first, second, third] = await readThree(there);

    assert.deepEqual([first, third], [["a-of-si-1"], ["a-of-si-3"]]);
    assert.ok(second instanceof ResponseError);
    assert.match(second.message, /^Page 1 of ListBackups cannot be used: Backups\[1\]\.Status: /);
  });

  it("is read for each alone: so is a list that is not whole", async () => {
    const there = await placeOfThree({
      onRequest: whereverAsked("si-2", {
        kind: "page",
        patch: (answer) => ({ ...answer, TotalCount: Number(answer["TotalCount"]) + 1 }),
      }),
    });

    const [first, second, third] = await readThree(there);

    assert.deepEqual([first, third], [["a-of-si-1"], ["a-of-si-3"]]);
    assert.ok(second instanceof IncompleteListError);
    assert.deepEqual([second.readCount, second.totalCount], [1, 2]);
    assert.equal(there.service.requests.length, 3 + 1 + 3 + 1);
  });

  it("is not read again for callers who asked for the very same", async () => {
    const there = await placeOfThree({
      onRequest: whereverAsked("si-1", { kind: "status", status: 400, code: "InvalidParameter" }),
    });

    const reads = [1, 2].map(() => idsOf(there.readerWith(undefined), "si-1"));
    const [one, other] = await Promise.all(reads.map((read) => read.catch((e: unknown) => e)));

    assert.equal(there.service.requests.length, 1);
    assert.ok(one instanceof RequestError && other instanceof RequestError);
    assert.equal(one.message, other.message);
    assert.notEqual(one, other);
  });

  it("is not read for who has left by then", async () => {
    const stop = new AbortController();
    const there = await placeOfThree({
      onRequest(record, simulator) {
        if (record.parameters["Filter.1.Value.2"] === undefined) return;
        simulator.faults.add({ kind: "status", status: 400, code: "InvalidParameter" });
        stop.abort(new RequestError("enough", { kind: "rejected", attempts: 0 }));
      },
    });

    const leaving = idsOf(there.readerWith(stop.signal), "si-1");
    const staying = idsOf(there.readerWith(undefined), "si-2");

    await assert.rejects(leaving, (reason) => reason === stop.signal.reason);
    assert.deepEqual(await staying, ["a-of-si-2"]);
    assert.deepEqual(valuesAsked(there.service), ["si-1 si-2", "si-2"]);
  });
});

describe("a listing that fails for what is the same for all", () => {
  const cases: [string, Fault, RequestError["kind"], number][] = [
    ["a throttle", { kind: "throttle", times: Infinity }, "throttled", 8],
    ["a 503", { kind: "status", status: 503, times: Infinity }, "unavailable", 8],
    ["a broken connection", { kind: "resetBeforeHeaders", times: Infinity }, "unavailable", 8],
    ["a denial", { kind: "status", status: 403, code: "Forbidden.RAM" }, "denied", 1],
    [
      "a bad key",
      { kind: "status", status: 404, code: "InvalidAccessKeyId.NotFound" },
      "denied",
      1,
    ],
  ];
  for (const [what, fault, kind, requestCount] of cases) {
    it(`is told to all, and not read again: ${what}`, async () => {
      const there = await placeOfThree({ faults: [fault] });

      const errors = (await readThree(there)) as RequestError[];

      assert.ok(errors.every((error) => error instanceof RequestError && error.kind === kind));
      assert.equal(new Set(errors).size, 3, "not one of its own for each");
      assert.equal(new Set(errors.map(({ message }) => message)).size, 1);
      assert.equal(there.service.requests.length, requestCount);
    });
  }

  it("is asked for once more, after a pause that all keep", async () => {
    const ids = instances(60);
    const there = await place({
      backups: backupsOf(ids),
      // The clock of the tests moves on with each pause, so that they count one after another.
      connection: { retryBudgetMs: 60_000 },
      faults: [{ kind: "throttle", retryAfterMs: 3000, times: 4 }],
    });

    await Promise.all(ids.map((id) => idsOf(there.readerWith(undefined), id)));

    const [throttled, ...others] = there.service.requests.map(({ atMs }) => atMs);
    assert.equal(others.length, 4 + 6 - 1);
    assert.ok(others.slice(3).every((atMs) => atMs - throttled! >= 3000));
  });

  it("has one budget of its own, whatever its callers have spent", async () => {
    const there = await placeOfThree({
      connection: { retryBudgetMs: 150 },
      faults: [{ kind: "throttle" }],
    });
    const spent = () => {
      const reader = there.readerWith(undefined);
      const budget = { ...createBudget(150), spentMs: 150 };
      return { ...reader, context: { ...reader.context, budget } };
    };

    const together = await Promise.all(three.map((id) => idsOf(spent(), id)));
    there.service.faults.add({ kind: "throttle" });

    assert.deepEqual(together, [["a-of-si-1"], ["a-of-si-2"], ["a-of-si-3"]]);
    await assert.rejects(idsOf(spent(), "si-1"), /Given up after 1 attempt and /);
  });
});

describe("the lists of one call", () => {
  it("are read side by side: time that overlaps is spent once", async () => {
    const ids = instances(410);
    let slept = 0;
    const there = await place({
      backups: backupsOf(ids),
      connection: { retryBudgetMs: 10_000 },
      faults: [{ kind: "status", status: 503, times: 41 * 4 }],
      // The lists wait side by side: what one sleeps is no time that another's request takes.
      async sleep(ms) {
        slept += ms;
        await turn();
      },
    });
    const reader = there.readerWith(undefined);

    const { rows } = await collect(reader, plan({ serviceInstanceIds: ids }), wholeList);

    assert.equal([...rows].length, 410);
    assert.ok(slept > 30_000, `${slept} ms`);
    const { spentMs } = reader.context.budget;
    assert.ok(spentMs > 0 && spentMs <= 10_000, `${spentMs} ms`);
  });
});

describe("a caller who comes when a read has spent of its budget", () => {
  it("has one of its own", async () => {
    let pauses = 0;
    let late: Promise<unknown> = Promise.resolve();
    const there: Place = await placeOfThree({
      faults: [{ kind: "status", status: 503, times: 2 }],
      async sleep() {
        pauses += 1;
        if (pauses === 1) return;
        late = idsOf(there.readerWith(undefined), "si-1");
        await Promise.race([late, pause(300)]);
        assert.equal(there.service.requests.length, 3, "waits with the others");
      },
    });

    assert.deepEqual(await idsOf(there.readerWith(undefined), "si-1"), ["a-of-si-1"]);
    assert.deepEqual(await late, ["a-of-si-1"]);
    assert.equal(there.service.requests.length, 4);
  });
});

describe("what a shared read tells", () => {
  const storage = new AsyncLocalStorage<string>();

  /** A caller who notes what it is told, and in which context. */
  function listener(there: Place, context: string, told: string[], sharing?: Sharing): Reader {
    const note = (message: string) =>
      void told.push(`${context} in ${storage.getStore()}: ${message.replace(/[\d.]+ s/, "n s")}`);
    return createReader(
      there.reader.connection,
      undefined,
      { warn: note, progress: note },
      there.clock,
      sharing,
    );
  }

  it("is told to each caller in its own asynchronous context, once", async () => {
    const told: string[] = [];
    const there = await placeOfThree({
      connection: { completeness: "tokens" },
      faults: [{ kind: "throttle" }, { kind: "page", patch: { TotalCount: 9 } }],
    });

    await Promise.all(
      ["a", "b"].map((context, i) =>
        storage.run(context, async () => {
          const reader = listener(there, context, told);
          await Promise.all([idsOf(reader, "si-1"), idsOf(reader, `si-${i + 2}`)]);
        }),
      ),
    );

    const asking =
      "ListBackups was throttled (Throttling.User, HTTP 400): Request was denied due to user flow " +
      "control. Asking again in n s.";
    const counting =
      "ListBackups: 3 backups were read but TotalCount is 9; taken as complete because of the " +
      'setting completeness "tokens".';
    assert.deepEqual(told, [
      `a in a: ${asking}`,
      `b in b: ${asking}`,
      `a in a: ${counting}`,
      `b in b: ${counting}`,
    ]);
  });

  it("shows nobody the secret arguments of another", async () => {
    const told: string[] = [];
    const secrets = ["si-planted-1", "si-planted-2"];
    const message = "Unknown: si-planted-1, si-planted-2, si-open.";
    const there = await place({
      faults: [{ kind: "status", status: 503, message, times: Infinity }],
    });
    const discreet = secrets.map((serviceInstanceId) =>
      idsOf(
        withSecretArgs(listener(there, "secret", told), { serviceInstanceId }, true),
        serviceInstanceId,
      ),
    );
    const open = idsOf(listener(there, "open", told), "si-open");

    const errors = await Promise.all(
      [...discreet, open].map((read) => read.catch((error: unknown) => error as RequestError)),
    );

    const words = errors.map((error) => inspect(error, { depth: 9, showHidden: true }));
    assert.ok(words.slice(0, 2).every((text) => text.includes("Unknown: ***, ***, si-open.")));
    assert.deepEqual(
      new Set(valuesAsked(there.service)),
      new Set(["si-planted-1 si-planted-2", "si-open"]),
    );
    assert.ok(words.slice(0, 2).every((text) => !text.includes("planted")));
    const progress = told.filter((line) => line.startsWith("secret"));
    assert.ok(progress.length > 4, `told ${progress.length} times`);
    assert.ok(progress.every((line) => !line.includes("planted")));
  });

  it("shows nobody the secret arguments of one who has left", async () => {
    const told: string[] = [];
    const stop = new AbortController();
    const message = "Unknown: si-planted-1.";
    const there = await place({
      faults: [{ kind: "status", status: 503, message, times: 3 }],
      onRequest: (_, { requests }) => {
        if (requests.length === 2) stop.abort("enough");
      },
    });
    const secret = (reader: Reader, serviceInstanceId: string) =>
      idsOf(withSecretArgs(reader, { serviceInstanceId }, true), serviceInstanceId);
    const leaving = secret(there.readerWith(stop.signal), "si-planted-1");
    const staying = secret(listener(there, "other", told), "si-planted-2");

    await assert.rejects(leaving, (reason) => reason === "enough");
    assert.deepEqual(await staying, []);
    assert.equal(told.length, 3);
    assert.ok(
      told.every((line) => line.includes("Unknown: ***.")),
      told.join("\n"),
    );
  });

  it("shows nobody what only others asked for, be it marked secret or not", async () => {
    const told: string[] = [];
    const ids = ["si-1", "si-12", "si-1 2", "other-si-1"];
    const message = "Unknown: si-1, si-12, si-1 2, si-1%202, other-si-1, si-3.";
    const there = await place({
      connection: { retryBudgetMs: 150 },
      faults: [{ kind: "status", status: 503, message, times: Infinity }],
    });

    const errors = await Promise.all(
      ids.map((id) =>
        idsOf(listener(there, id, told), id).catch((error: unknown) =>
          inspect(error, { depth: 9, showHidden: true }),
        ),
      ),
    );

    const shown = [
      "Unknown: si-1, ***, ***, ***, ***, si-3.",
      "Unknown: ***, si-12, ***, ***, ***, si-3.",
      "Unknown: ***, ***, si-1 2, si-1%202, ***, si-3.",
      "Unknown: ***, ***, ***, ***, other-si-1, si-3.",
    ];
    assert.equal(there.service.requests[0]?.parameters["Filter.1.Value.4"], "other-si-1");
    assert.deepEqual(
      errors.map((text) => new Set(String(text).match(/Unknown: [^.]*\./g))),
      shown.map((text) => new Set([text])),
    );
    for (const [i, id] of ids.entries()) {
      const lines = told.filter((line) => line.startsWith(`${id} in `));
      assert.ok(lines.length > 0 && lines.every((line) => line.includes(shown[i]!)), id);
    }
  });

  it("shows who waits for several things all of them, once", async () => {
    const told: string[] = [];
    const message = "Unknown: si-1, si-2, si-3.";
    const there = await place({ faults: [{ kind: "status", status: 503, message }] });
    const several = listener(there, "several", told);

    await Promise.all([
      idsOf(several, "si-1"),
      idsOf(several, "si-2"),
      idsOf(there.readerWith(undefined), "si-3"),
    ]);

    assert.equal(told.length, 1);
    assert.match(told[0]!, /Unknown: si-1, si-2, \*\*\*\. /);
  });

  it("is no matter of another deployment, with equal settings", async () => {
    const there = await placeOfThree();
    const [one, other] = [1, 2].map(() => ({ ...scriptSharing, scope: {} }));

    await Promise.all([
      idsOf(listener(there, "a", [], one), "si-1"),
      idsOf(listener(there, "b", [], other), "si-1"),
      idsOf(listener(there, "b", [], other), "si-2"),
    ]);

    assert.deepEqual(valuesAsked(there.service), ["si-1", "si-1 si-2"]);
  });
});

describe("calls that share no turn of the event loop", () => {
  /** Calls for one instance after another, in steps of so many milliseconds. */
  async function inSteps(windowMs: number, stepMs: number, count: number) {
    const ids = instances(count);
    const service = await serve({
      backups: backupsOf(ids),
      accessKeyId: planted.accessKey,
      accessKeySecret: planted.secretKey,
    });
    const connection = connectionTo(service.url);
    const sharing = { scope: {}, windowMs, mayJoin: false };
    const reads: Promise<string[]>[] = [];
    for (const id of ids) {
      reads.push(idsOf(createReader(connection, undefined, silent, undefined, sharing), id));
      await pause(stepMs);
    }
    await Promise.all(reads);
    return service.requests.length;
  }

  it("are put together as long as the next comes soon", async () => {
    assert.equal(await inSteps(60, 2, 10), 1);
  });

  it("do not make the first one wait for ever", async () => {
    const requestCount = await inSteps(4, 1, 150);

    assert.ok(requestCount > 15, `${requestCount} requests`);
  });

  it("are put together while no request could be sent anyway", async () => {
    const ids = instances(14);
    let answerAll: () => void = () => undefined;
    const allHaveCome = new Promise<void>((resolve) => (answerAll = resolve));
    const there = await place({ backups: backupsOf(ids), onRequest: () => allHaveCome });
    const apart = ids
      .slice(0, 4)
      .map((id, i) =>
        collect(
          there.readerWith(undefined),
          plan({ serviceInstanceId: id, maxResults: i + 1 }),
          wholeList,
        ),
      );
    await requestsCome(there.service, 4);

    const later: Promise<string[]>[] = [];
    for (const id of ids.slice(4)) {
      later.push(idsOf(there.readerWith(undefined), id));
      await pause(1);
    }
    answerAll();
    await Promise.all([...apart, ...later]);

    assert.equal(there.service.requests.length, 5);
  });
});

describe("how many the service said there are", () => {
  /** What one is told of si-1, alone and with si-2. */
  async function totals(completeness: "strict" | "tokens", faults: Fault[] = []) {
    const there = await place({
      backups: backupsOf(three, 2),
      connection: { completeness },
      faults,
    });
    const totalOf = async (id: string) =>
      (await collect(there.readerWith(undefined), plan({ serviceInstanceId: id }), wholeList))
        .totalCount;
    const alone = await totalOf("si-1");
    const together = await Promise.all(["si-1", "si-2"].map(totalOf));
    assert.equal(there.service.requests.length, 2);
    return [alone, ...together];
  }

  it("is how many there are of each, where both have to be the same", async () => {
    assert.deepEqual(await totals("strict"), [2, 2, 2]);
  });

  it("is not told where it may differ, read together or not", async () => {
    assert.deepEqual(await totals("tokens"), [undefined, undefined, undefined]);
  });

  it("is not told where it was not said", async () => {
    const unsaid: Fault = { kind: "page", patch: { TotalCount: null }, times: 2 };
    assert.deepEqual(await totals("strict", [unsaid]), [undefined, undefined, undefined]);
  });
});

describe("a list of restores", () => {
  it("is read once for all gates that ask at the same time", async () => {
    const there = await place({
      backups: backupsOf(three).map((row) => ({ ...row, StartTime: "2026-06-01T11:00:00Z" })),
      restoreTasks: three.map((id) => ({
        RestoreTaskId: `restore-${id}`,
        BackupId: `a-of-${id}`,
        Status: "Restored",
        EndTime: "2026-06-01T11:30:00Z",
      })),
    });

    const looks = await Promise.all(
      three.map((serviceInstanceId) =>
        createSearch(there.reader, { serviceInstanceId, restoreTestedWithin: "7d" }).look(),
      ),
    );

    assert.ok(looks.every(({ verdicts }) => verdicts[0]?.qualifies === true));
    assert.deepEqual(
      there.service.requests.map(({ action }) => action),
      ["ListBackups", "ListRestoreTasks"],
    );
  });
});

describe("any reads at the same time", () => {
  it("give what they give alone", async () => {
    let rows: ReturnType<typeof wireRow>[] = [];
    const server = await serveScript(({ query }, response) => {
      const values = (n: number) =>
        Object.entries(query)
          .filter(([name]) => name.startsWith(`Filter.${n}.Value.`))
          .map(([, value]) => value);
      assert.ok(values(1).length <= 10);
      const isMatch = (row: object, n: number) => {
        const field = Object.entries(row).find(([name]) => name === query[`Filter.${n}.Name`]);
        return field === undefined || values(n).includes(String(field[1]));
      };
      const found = rows.filter((row) => [1, 2, 3].every((n) => isMatch(row, n)));
      const size = Number(query["MaxResults"]);
      const start = Number(query["NextToken"] ?? 0);
      const end = start + size;
      sendJson(response, {
        Backups: found.slice(start, end),
        TotalCount: found.length,
        NextToken: end < found.length ? String(end) : "",
      });
    });
    const connection = connectionTo(server.url);
    const read = (args: Parameters<typeof plan>[0], scope: object) =>
      collect(
        createReader(connection, undefined, silent, undefined, { ...scriptSharing, scope }),
        plan(args),
        wholeList,
      );
    const someIds = (prefix: string, most: number) =>
      fc.uniqueArray(
        fc.integer({ min: 0, max: most }).map((n) => `${prefix}-${n}`),
        { minLength: 1, maxLength: 14 },
      );
    const call = fc.record(
      {
        serviceInstanceIds: someIds("si", 15),
        ids: someIds("b", 39),
        status: fc.constantFrom("Created" as const, "Creating" as const),
        maxResults: fc.constantFrom(1, 7),
      },
      { requiredKeys: [] },
    );
    const row = fc.record({
      ServiceInstanceId: fc.integer({ min: 0, max: 15 }).map((n) => `si-${n}`),
      Status: fc.constantFrom("Created", "Creating"),
    });

    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.array(call, { minLength: 1, maxLength: 12 }),
        async (some, calls) => {
          rows = some.map((one, i) => wireRow({ ...one, BackupId: `b-${i}` }));
          const alone: Awaited<ReturnType<typeof read>>[] = [];
          for (const args of calls) alone.push(await read(args, {}));

          const scope = {};
          const together = await Promise.all(calls.map((args) => read(args, scope)));

          together.forEach(({ rows: found, totalCount }, i) => {
            const sorted = (list: Iterable<{ backup: { backupId: string } }>) =>
              [...list].sort((a, b) => (a.backup.backupId < b.backup.backupId ? -1 : 1));
            assert.deepEqual(sorted(found), sorted(alone[i]!.rows));
            assert.equal(totalCount, alone[i]!.totalCount);
          });
        },
      ),
      { numRuns: 25 },
    );
  });
});
