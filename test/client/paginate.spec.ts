import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { backupList, type BackupRow } from "../../provider/backup";
import type { Page, UnreadPage } from "../../provider/client/page";
import { paginate, type Pace, type PageRange } from "../../provider/client/paginate";
import type { ReadPage } from "../../provider/client/readAhead";
import { RequestError, ResponseError } from "../../provider/errors";
import { row } from "../support/backups";

const whole: PageRange = { nextToken: undefined, maxPages: undefined };

/** The next page is always asked for ahead. */
const pace: Pace = { signal: undefined, aheadFrom: 1 };

function page(
  ids: readonly string[],
  nextToken?: string,
  fields: Partial<Page<BackupRow>> = {},
): Page<BackupRow> {
  return {
    rows: ids.map((BackupId) => row({ BackupId })),
    nextToken,
    totalCount: undefined,
    serviceTime: undefined,
    requestId: "R-1",
    ...fields,
  };
}

function unread(read: Page<BackupRow>): UnreadPage<BackupRow> {
  const { rows, ...frame } = read;
  return { ...frame, rowCount: rows.length, read: () => read };
}

/** Answers from a list of pages, in turn, and writes down what was asked. */
function reader(...answers: (Page<BackupRow> | Error)[]) {
  const asked: [string | undefined, number][] = [];
  const read: ReadPage<BackupRow> = async (token, number) => {
    asked.push([token, number]);
    const answer = answers[asked.length - 1];
    assert.ok(answer, "asked for more pages than there are");
    if (answer instanceof Error) throw answer;
    return Promise.resolve(unread(answer));
  };
  return { asked, read };
}

/** Everything that comes, and what is known at the end. */
async function collect(read: ReadPage<BackupRow>, range = whole) {
  const ids: string[] = [];
  const passes: number[] = [];
  const fresh: string[] = [];
  const reading = paginate(backupList, read, range, pace);
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) {
    ids.push(...next.value.page.rows.map(({ backup }: BackupRow) => backup.backupId));
    fresh.push(...next.value.fresh.map(({ backup }: BackupRow) => backup.backupId));
    passes.push(next.value.pass);
  }
  return { ids, fresh, passes, listing: next.value };
}

const rejected = (serviceCode = "InvalidParameter.NextToken", httpStatus = 400) =>
  new RequestError("rejected", { kind: "rejected", serviceCode, httpStatus, attempts: 1 });

/** What a refused token looks like, to go by its fields. */
const alike = { kind: "rejected", serviceCode: "InvalidParameter.NextToken", httpStatus: 400 };

const keyRefused = new RequestError("no", {
  kind: "denied",
  serviceCode: "InvalidAccessKeyId.NotFound",
  httpStatus: 400,
  attempts: 1,
});

const brokenAt = (number: number, reason: string) => (error: unknown) =>
  error instanceof ResponseError &&
  error.page === number &&
  error.message ===
    `ListBackups does not come to an end: ${reason} (page ${number}). ` +
      "No part of the list is returned in its place. RequestId R-1.";

describe("paginate", () => {
  it("reads page after page until one names no next", async () => {
    const { asked, read } = reader(page(["a", "b"], "t1"), page([], "t2"), page(["c"]));

    const { ids } = await collect(read);

    assert.deepEqual(ids, ["a", "b", "c"]);
    assert.deepEqual(asked, [
      [undefined, 1],
      ["t1", 2],
      ["t2", 3],
    ]);
  });

  it("knows at the end what was read and what the service said", async () => {
    const count = { totalCount: 3 };
    const { read } = reader(page(["a", "b"], "t1", count), page(["c"], undefined, count));

    const { listing } = await collect(read);

    assert.deepEqual(listing, {
      readCount: 3,
      totalCount: 3,
      totalIsSteady: true,
      hasRepeats: false,
      nextToken: undefined,
    });
  });

  it("counts a backup that came twice once, and says so", async () => {
    const { read } = reader(page(["a", "a"], "t1"), page(["b", "a"]));

    const { listing } = await collect(read);

    assert.deepEqual([listing.readCount, listing.hasRepeats], [2, true]);
  });

  const counts: [string, (number | undefined)[], number | undefined, boolean][] = [
    ["steady", [3, 3, 3], 3, true],
    ["steady where some pages say nothing", [undefined, 3, undefined], 3, true],
    ["unsteady when a page says otherwise", [3, 4, 3], 3, false],
    ["unknown when no page says", [undefined, undefined], undefined, true],
  ];
  for (const [what, totals, last, steady] of counts) {
    it(`finds TotalCount ${what}`, async () => {
      const pages = totals.map((totalCount, i) =>
        page([`b-${i}`], i === totals.length - 1 ? undefined : `t${i}`, { totalCount }),
      );

      const { listing } = await collect(reader(...pages).read);

      assert.deepEqual([listing.totalCount, listing.totalIsSteady], [last, steady]);
    });
  }

  it("refuses a token that comes again at once", async () => {
    const { read } = reader(page(["a"], "t1"), page(["b"], "t1"));

    await assert.rejects(collect(read), brokenAt(2, "a NextToken came again"));
  });

  it("refuses a cycle of tokens", async () => {
    const { read } = reader(page(["a"], "t1"), page(["b"], "t2"), page(["c"], "t1"));

    await assert.rejects(collect(read), brokenAt(3, "a NextToken came again"));
  });

  it("refuses a token that leads back to where it was told to start", async () => {
    const { read } = reader(page(["a"], "start"));

    await assert.rejects(
      collect(read, { nextToken: "start", maxPages: undefined }),
      brokenAt(1, "a NextToken came again"),
    );
  });

  it("takes ten empty pages in a row", async () => {
    const empty = Array.from({ length: 10 }, (_, i) => page([], `t${i}`));

    const { ids } = await collect(reader(...empty, page(["a"])).read);

    assert.deepEqual(ids, ["a"]);
  });

  it("refuses an eleventh empty page with a next one", async () => {
    const empty = Array.from({ length: 11 }, (_, i) => page([], `t${i}`));

    await assert.rejects(
      collect(reader(...empty).read),
      brokenAt(11, "11 empty pages in a row, each with a next one"),
    );
  });

  it("takes an eleventh empty page if it is the last", async () => {
    const empty = Array.from({ length: 10 }, (_, i) => page([], `t${i}`));

    const { ids } = await collect(reader(...empty, page([])).read);

    assert.deepEqual(ids, []);
  });

  it("tells the rows that were not there before, on earlier pages or in an earlier pass", async () => {
    const { read } = reader(
      page(["a", "b", "a"], "t1"),
      page(["b", "c"], "t2"),
      rejected(),
      page(["d", "a", "d"], "u1"),
      page(["c", "e"]),
    );

    const { fresh } = await collect(read);

    assert.deepEqual(fresh, ["a", "b", "c", "d", "e"]);
  });

  it("counts empty pages anew after one with rows", async () => {
    const empty = (from: number) => Array.from({ length: 8 }, (_, i) => page([], `t${from + i}`));

    const { ids } = await collect(
      reader(...empty(0), page(["a"], "t20"), ...empty(30), page(["b"])).read,
    );

    assert.deepEqual(ids, ["a", "b"]);
  });

  it("does not speak of a RequestId where there is none", async () => {
    const nameless = { requestId: undefined };
    const { read } = reader(page(["a"], "t", nameless), page(["b"], "t", nameless));

    await assert.rejects(collect(read), {
      message:
        "ListBackups does not come to an end: a NextToken came again (page 2). " +
        "No part of the list is returned in its place.",
    });
  });

  it("begins anew once when a token is rejected half-way", async () => {
    const { asked, read } = reader(
      page(["a"], "t1"),
      rejected(),
      page(["a"], "u1"),
      page(["b"], undefined),
    );

    const { passes, listing } = await collect(read);

    assert.deepEqual(passes, [1, 2, 2]);
    assert.deepEqual([listing.readCount, listing.hasRepeats], [2, false]);
    assert.deepEqual(asked.at(-1), ["u1", 2]);
  });

  it("gives up when a token is rejected again", async () => {
    const again = rejected();
    const { read } = reader(page(["a"], "t1"), rejected(), page(["a"], "u1"), again);

    await assert.rejects(collect(read), (error) => error === again);
  });

  const final: [string, Error][] = [
    ["a wrong clock", rejected("InvalidTimeStamp.Expired")],
    ["another status", rejected("InvalidParameter", 404)],
    ["a missing parameter", rejected("MissingParameter")],
    ["no code", new RequestError("no", { kind: "rejected", httpStatus: 400, attempts: 1 })],
    ["a denial", new RequestError("no", { kind: "denied", httpStatus: 400, attempts: 1 })],
    ["an invalid key", keyRefused],
    ["a code that has Invalid within", rejected("Odd.InvalidParameter")],
    ["a broken page", new ResponseError("broken")],
    ["an error of somebody else's", Object.assign(new Error("no"), alike)],
  ];
  for (const [what, error] of final) {
    it(`does not take ${what} for a rejected token`, async () => {
      const { read } = reader(page(["a"], "t1"), error);

      await assert.rejects(collect(read), (thrown) => thrown === error);
    });
  }

  it("does not begin anew when the very first page is rejected", async () => {
    const error = rejected();

    await assert.rejects(collect(reader(error).read), (thrown) => thrown === error);
  });

  it("starts and stops where it is told", async () => {
    const { asked, read } = reader(page(["a"], "t1"), page(["b"], "t2"));

    const { listing } = await collect(read, { nextToken: "start", maxPages: 2 });

    assert.deepEqual(asked, [
      ["start", 1],
      ["t1", 2],
    ]);
    assert.equal(listing.nextToken, "t2");
  });

  it("names no next page when the list ends with the last one allowed", async () => {
    const { listing } = await collect(reader(page(["a"])).read, { ...whole, maxPages: 1 });

    assert.equal(listing.nextToken, undefined);
  });

  it("gives every row once and in order, however the list is split into pages", async () => {
    const lists = fc.array(fc.array(fc.constant("row"), { maxLength: 4 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lists, async (sizes) => {
        let count = 0;
        const pages = sizes.map((rows, i) => {
          const ids = rows.map(() => `b-${(count += 1)}`);
          const isLast = i === sizes.length - 1;
          return page(
            ids.length === 0 && !isLast ? [`b-${(count += 1)}`] : ids,
            isLast ? undefined : `t${i}`,
          );
        });

        const { ids, listing } = await collect(reader(...pages).read);

        assert.deepEqual(
          ids,
          Array.from({ length: count }, (_, i) => `b-${i + 1}`),
        );
        assert.equal(listing.readCount, count);
      }),
    );
  });
});

/** Whether a promise has settled by the next turns of the event loop. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await nextTurn();
  await nextTurn();
  return settled;
}

/** Pages that come when a test says so, and the signals they were asked with. */
function held(...answers: (Page<BackupRow> | Error)[]) {
  const asked: { readonly signal: AbortSignal; readonly answer: () => void }[] = [];
  const read: ReadPage<BackupRow> = (_, number, signal) =>
    new Promise((resolve, reject) => {
      const given = answers[number - 1];
      assert.ok(given, "asked for more pages than there are");
      signal.addEventListener("abort", () => {
        reject(signal.reason as Error);
      });
      const answer = () => {
        if (given instanceof Error) reject(given);
        else resolve(unread(given));
      };
      asked.push({ signal, answer });
    });
  return { asked, read };
}

const startAll = ({ asked }: ReturnType<typeof held>, from = 0) => {
  for (const { answer } of asked.slice(from)) answer();
};

describe("paginate, ahead", () => {
  it("asks for the next page before it looks at the rows of the present one", async () => {
    const events: string[] = [];
    const first = page(["a"], "t1");
    const read: ReadPage<BackupRow> = (token) => {
      events.push(`ask ${token ?? "first"}`);
      const rows = () => {
        events.push("rows");
        return first;
      };
      return Promise.resolve(
        token === undefined ? { ...unread(first), read: rows } : unread(page(["b"])),
      );
    };

    await paginate(backupList, read, whole, pace).next();

    assert.deepEqual(events, ["ask first", "ask t1", "rows"]);
  });

  it("is at most one page ahead of who takes them, however long that takes", async () => {
    const { asked, read } = reader(page(["a"], "t1"), page(["b"], "t2"), page(["c"]));
    const reading = paginate(backupList, read, whole, pace);

    await reading.next();
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    const ahead = asked.length;
    await reading.next();

    assert.deepEqual([ahead, asked.length], [2, 3]);
    await reading.return(undefined as never);
  });

  it("asks for nothing ahead before the page it is told", async () => {
    const { asked, read } = reader(page(["a"], "t1"), page(["b"], "t2"), page(["c"]));
    const reading = paginate(backupList, read, whole, { ...pace, aheadFrom: 2 });
    const counts: number[] = [];

    for (let next = await reading.next(); !next.done; next = await reading.next()) {
      await nextTurn();
      counts.push(asked.length);
    }

    assert.deepEqual(counts, [1, 3, 3]);
  });

  it("asks for nothing beyond maxPages", async () => {
    const { asked, read } = reader(page(["a"], "t1"), page(["b"], "t2"));

    await collect(read, { ...whole, maxPages: 2 });
    await nextTurn();

    assert.equal(asked.length, 2);
  });

  it("asks for nothing after a token that came again, or too many empty pages", async () => {
    const again = reader(page(["a"], "t1"), page(["b"], "t1"));
    const empty = reader(...Array.from({ length: 11 }, (_, i) => page([], `t${i}`)));

    await assert.rejects(collect(again.read), ResponseError);
    await assert.rejects(collect(empty.read), ResponseError);

    assert.deepEqual([again.asked.length, empty.asked.length], [2, 11]);
  });

  it("cancels what it asked for ahead when the loop is left", async () => {
    const pages = held(page(["a"], "t1"), page(["b"]));
    const reading = paginate(backupList, pages.read, whole, pace);
    const first = reading.next();
    startAll(pages);
    await first;

    await reading.return(undefined as never);

    assert.deepEqual([pages.asked.length, pages.asked[1]?.signal.aborted], [2, true]);
  });

  it("cancels it when the rows of the present page cannot be used", async () => {
    const broken = new ResponseError("broken");
    const pages = held(page(["a"], "t1"), page(["b"]));
    const read: ReadPage<BackupRow> = async (...asked) => ({
      ...(await pages.read(...asked)),
      read: () => {
        throw broken;
      },
    });

    const first = paginate(backupList, read, whole, pace).next();
    startAll(pages);

    await assert.rejects(first, (error) => error === broken);
    assert.equal(pages.asked[1]?.signal.aborted, true);
  });

  it("tells of a failure only after the page before was handed out", async () => {
    const failure = new RequestError("down", { kind: "unavailable", attempts: 1 });
    const { read } = reader(page(["a"], "t1"), failure);
    const reading = paginate(backupList, read, whole, pace);

    const first = await reading.next();
    await nextTurn();

    assert.equal(first.done, false);
    await assert.rejects(reading.next(), (error) => error === failure);
  });

  it("begins anew when the token of a page that was asked for ahead is rejected", async () => {
    const { read } = reader(page(["a"], "t1"), rejected(), page(["a"], "u1"), page(["b"]));

    assert.deepEqual((await collect(read)).passes, [1, 2, 2]);
  });

  it("ends with the signal's reason, though the page asked for ahead has come", async () => {
    const controller = new AbortController();
    const { read } = reader(page(["a"], "t1"), page(["b"]));
    const reading = paginate(backupList, read, whole, { ...pace, signal: controller.signal });

    await reading.next();
    await nextTurn();
    controller.abort("enough");

    await assert.rejects(reading.next(), (error) => error === "enough");
  });

  it("ends with the signal's reason while it waits", async () => {
    const controller = new AbortController();
    const pages = held(page(["a"], "t1"), page(["b"]));
    const reading = paginate(backupList, pages.read, whole, { ...pace, signal: controller.signal });
    const first = reading.next();
    startAll(pages);
    await first;

    const second = reading.next();
    const isEarly = await isSettled(second);
    controller.abort("enough");

    await assert.rejects(second, (error) => error === "enough");
    assert.equal(isEarly, false);
  });
});

/** Reads a list of pages to its end, each of which comes as a text first; and what was asked for. */
async function readTexts(
  texts: readonly string[],
  answers: readonly Page<BackupRow>[],
  { range = whole, aheadFrom = 1 } = {},
) {
  const events: string[] = [];
  const signals: AbortSignal[] = [];
  const read: ReadPage<BackupRow> = async (token, number, signal, arrived) => {
    events.push(`ask ${token ?? "first"}`);
    signals.push(signal);
    if (token === "wrong") return new Promise(() => undefined);
    // Longer than it takes to read a page: by then somebody waits for this one.
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    await arrived(texts[number - 1] ?? "");
    events.push(`read ${token ?? "first"}`);
    const answer = answers[number - 1];
    assert.ok(answer, "asked for more pages than there are");
    return unread(answer);
  };
  const reading = paginate(backupList, read, range, { signal: undefined, aheadFrom });
  const ids: string[] = [];
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) {
    ids.push(...next.value.page.rows.map(({ backup }: BackupRow) => backup.backupId));
  }
  return { ids, events, signals, listing: next.value };
}

const textWith = (token: string) => JSON.stringify({ Backups: [], NextToken: token });

describe("paginate, as soon as the text of a page is there", () => {
  const two = [page(["a"], "t1"), page(["b"])];

  it("asks for the page it names", async () => {
    const { ids, events } = await readTexts([textWith("t1"), "{}"], two);

    assert.deepEqual(ids, ["a", "b"]);
    assert.deepEqual(events, ["ask first", "ask t1", "read first", "read t1"]);
  });

  it("goes by what was read where the text seemed to name another one, and cancels that", async () => {
    const { ids, events, signals } = await readTexts([textWith("wrong"), "{}"], two);

    assert.deepEqual(ids, ["a", "b"]);
    assert.deepEqual(events, ["ask first", "ask wrong", "read first", "ask t1", "read t1"]);
    assert.equal(signals[1]?.aborted, true);
  });

  it("goes by what was read where there is no next page after all", async () => {
    const { ids, events, listing } = await readTexts([textWith("wrong")], [page(["a"])]);

    assert.deepEqual(ids, ["a"]);
    assert.deepEqual(events, ["ask first", "ask wrong", "read first"]);
    assert.equal(listing.nextToken, undefined);
  });

  it("asks for nothing more when the signal came while a page was read", async () => {
    const controller = new AbortController();
    const asked: string[] = [];
    const read: ReadPage<BackupRow> = async (token = "first", _, __, arrived) => {
      asked.push(token);
      if (token === "wrong") return new Promise(() => undefined);
      await nextTurn();
      await arrived(textWith("wrong"));
      controller.abort(new Error("enough"));
      return unread(page(["a"], "t1"));
    };
    const { signal } = controller;

    await assert.rejects(paginate(backupList, read, whole, { ...pace, signal }).next(), /enough/);

    assert.deepEqual(asked, ["first", "wrong"]);
  });

  it("cancels what it had asked for before it begins anew", async () => {
    const asked: string[] = [];
    let guess: AbortSignal | undefined;
    const read: ReadPage<BackupRow> = async (token = "first", _, signal, arrived) => {
      asked.push(`${token}, guess ${guess?.aborted === true ? "cancelled" : "open"}`);
      if (token === "wrong") {
        guess = signal;
        return new Promise(() => undefined);
      }
      if (token !== "t1") return unread(asked.length === 1 ? page(["a"], "t1") : page(["a"]));
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      await arrived(textWith("wrong"));
      throw rejected();
    };

    assert.deepEqual((await collect(read)).passes, [1, 2]);
    assert.deepEqual(asked, [
      ...["first, guess open", "t1, guess open", "wrong, guess open"],
      "first, guess cancelled",
    ]);
  });

  it("waits with the page after the first for who streams", async () => {
    const { events } = await readTexts([textWith("t1"), "{}"], two, { aheadFrom: 2 });

    assert.deepEqual(events, ["ask first", "read first", "ask t1", "read t1"]);
  });

  it("asks for nothing beyond maxPages", async () => {
    const range = { ...whole, maxPages: 1 };
    const { events, listing } = await readTexts([textWith("t1")], two, { range });

    assert.deepEqual(events, ["ask first", "read first"]);
    assert.equal(listing.nextToken, "t1");
  });

  it("asks for nothing that it would refuse", async () => {
    const texts = [textWith("t1"), textWith("t1")];
    const again = readTexts(texts, [page(["a"], "t1"), page(["b"])]);
    const empty = Array.from({ length: 10 }, (_, i) => page([], `t${i}`));
    const many = readTexts([...empty.map(() => ""), textWith("t10")], [...empty, page([])]);

    assert.deepEqual((await again).events, ["ask first", "ask t1", "read first", "read t1"]);
    assert.equal((await many).events.includes("ask t10"), false);
  });
});
