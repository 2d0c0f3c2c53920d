import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { UnreadPage } from "../../provider/client/page";
import { createReadAhead, type ReadPage } from "../../provider/client/readAhead";

interface Asked {
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  /** Whether it was cancelled before it came. */
  readonly isCancelled: () => boolean;
  /** Lets an answer come with this text; resolves when it may be read. */
  readonly arrive: (body: string) => Promise<void>;
  readonly fail: (error: Error) => void;
}

const page: UnreadPage<string> = {
  nextToken: undefined,
  totalCount: undefined,
  serviceTime: undefined,
  requestId: undefined,
  rowCount: 0,
  read: () => assert.fail("nobody reads it here"),
};

/** Pages that come as their text does, which is the token of the next one or empty. */
function setUp(signal?: AbortSignal) {
  const asked: Asked[] = [];
  const readPage: ReadPage<string> = (token, number, stop, arrived) =>
    new Promise((resolve, reject) => {
      let hasCome = false;
      let isCancelled = stop.aborted;
      stop.addEventListener("abort", () => {
        isCancelled = !hasCome;
      });
      const arrive = async (body: string) => {
        hasCome = true;
        await arrived(body);
        resolve({ ...page, requestId: `${number} ${token ?? "first"}` });
      };
      asked.push({ token, signal: stop, isCancelled: () => isCancelled, arrive, fail: reject });
    });
  const pages = createReadAhead(readPage, signal, (body) => (body === "" ? undefined : body));
  const one = (at: number) => {
    const found = asked[at];
    assert.ok(found);
    return found;
  };
  return {
    pages,
    tokens: () => asked.map(({ token }) => token),
    cancelled: () => asked.map((each) => each.isCancelled()),
    arrive: (at: number, body: string) => one(at).arrive(body),
    one,
  };
}

/** How many turns of the event loop something takes, up to four. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  const done: unknown[] = [];
  void work.then((value) => done.push(value));
  for (let count = 0; count < 4; count += 1) {
    // What has been settled by now is told first.
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    if (done.length > 0) return count;
    await nextTurn();
  }
  return 4;
}

describe("pages, of which one is asked for ahead", () => {
  it("come for their token, each asked for once", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "");
    await pages.prepare("t1", 2);
    await pages.prepare("t1", 2);
    const second = pages.take("t1", 2);
    await arrive(1, "");

    assert.deepEqual([(await first).requestId, (await second).requestId], ["1 first", "2 t1"]);
    assert.deepEqual(tokens(), [undefined, "t1"]);
  });

  it("are asked for as soon as the text is there that names them", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    const arrival = arrive(0, "t1");
    const askedAtOnce = tokens();
    await arrival;
    await first;
    await pages.prepare("t1", 2);

    assert.deepEqual(askedAtOnce, [undefined, "t1"]);
    assert.deepEqual(tokens(), [undefined, "t1"]);
  });

  it("are asked for anew where the text named another one, which is cancelled", async () => {
    const { pages, tokens, cancelled, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "wrong");
    await first;
    await pages.prepare("t1", 2);
    const second = pages.take("t1", 2);
    await arrive(2, "");

    assert.equal((await second).requestId, "2 t1");
    assert.deepEqual(tokens(), [undefined, "wrong", "t1"]);
    assert.deepEqual(cancelled(), [false, true, false]);
  });

  it("are asked for anew by who takes another one than was named", async () => {
    const { pages, tokens, cancelled, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "wrong");
    await first;
    void pages.take("t1", 2);

    assert.deepEqual(tokens(), [undefined, "wrong", "t1"]);
    assert.deepEqual(cancelled(), [false, true, false]);
  });

  it("are not named by one that nobody waits for yet", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "t1");
    await first;
    await arrive(1, "t2");

    assert.deepEqual(tokens(), [undefined, "t1"]);
  });

  it("are not named by one that was dropped, while the page in its place is waited for", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "wrong");
    await first;
    void pages.take("t1", 2);
    await arrive(1, "wrong too");

    assert.deepEqual(tokens(), [undefined, "wrong", "t1"]);
  });

  it("are cancelled when they are not wanted any more", async () => {
    const { pages, cancelled, arrive } = setUp();
    const first = pages.take(undefined, 1);
    await arrive(0, "t1");
    await first;

    pages.end();

    assert.deepEqual(cancelled(), [false, true]);
  });

  it("are cancelled by the signal, the one that is waited for and the one ahead", async () => {
    const controller = new AbortController();
    const waiting = setUp(controller.signal);
    const ahead = setUp(controller.signal);
    void waiting.pages.take(undefined, 1);
    const first = ahead.pages.take(undefined, 1);
    await ahead.arrive(0, "t1");
    await first;
    void ahead.pages.take("t1", 2);
    void ahead.arrive(1, "t2");

    controller.abort("enough");

    assert.deepEqual([waiting.cancelled(), ahead.cancelled()], [[true], [false, false, true]]);
    assert.equal(ahead.one(2).signal.reason, "enough");
  });

  it("are not guessed twice: a page that is asked for again may name another one", async () => {
    const { pages, tokens, cancelled, arrive } = setUp();

    const first = pages.take(undefined, 1);
    void arrive(0, "t1");
    await arrive(0, "t2");
    await first;
    const asked = tokens();
    await pages.prepare("t2", 2);

    assert.deepEqual(asked, [undefined, "t1"]);
    assert.deepEqual(tokens(), [undefined, "t1", "t2"]);
    assert.deepEqual(cancelled(), [false, true, false]);
  });

  it("leave nothing at the signal", () => {
    const { signal } = new AbortController();
    const { pages } = setUp(signal);
    const during = getEventListeners(signal, "abort").length;

    pages.end();

    assert.deepEqual([during, getEventListeners(signal, "abort").length], [1, 0]);
  });

  it("tell of a failure only when it is their turn", async () => {
    const { pages, one } = setUp();

    await pages.prepare("t1", 2);
    one(0).fail(new Error("down"));
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();

    await assert.rejects(pages.take("t1", 2), /down/);
  });

  for (const body of ["t1", ""]) {
    it(`are read a turn after they came, so that requests can leave (${body})`, async () => {
      const { pages, arrive } = setUp();

      void pages.take(undefined, 1);

      assert.equal(await turnsOf(arrive(0, body)), 1);
    });
  }

  it("are waited for a turn by who asks ahead, if it had not been done", async () => {
    const { pages } = setUp();

    assert.equal(await turnsOf(pages.prepare("t1", 2)), 1);
    assert.equal(await turnsOf(pages.prepare("t1", 2)), 0);
  });

  it("are read after a request that promises lead to, and undici puts off to the next turn", async () => {
    const events: string[] = [];
    const readPage: ReadPage<string> = async (token, _number, _stop, arrived) => {
      for (let i = 0; i < 20; i += 1) await Promise.resolve();
      setImmediate(() => events.push(`asked for ${token ?? "first"}`));
      if (token === undefined) {
        await arrived("t1");
        events.push("read");
      }
      return page;
    };
    const pages = createReadAhead(readPage, undefined, (body) => body);

    await pages.take(undefined, 1);

    assert.deepEqual(events, ["asked for first", "asked for t1", "read"]);
  });
});
