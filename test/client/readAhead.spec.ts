import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { UnreadPage } from "../../provider/client/page";
import { createReadAhead, type ReadPage } from "../../provider/client/readAhead";

interface Asked {
  readonly token: string | undefined;
  readonly number: number;
  /** Lets an answer come with this text; resolves when it may be read. */
  readonly arrive: (body: string) => Promise<void>;
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
function setUp() {
  const asked: Asked[] = [];
  const readPage: ReadPage<string> = (token, number, _, arrived) =>
    new Promise((resolve) => {
      const arrive = async (body: string) => {
        await arrived(body);
        resolve({ ...page, requestId: `${number}` });
      };
      asked.push({ token, number, arrive });
    });
  const { signal } = new AbortController();
  const pages = createReadAhead(readPage, signal, (body) => (body === "" ? undefined : body));
  const tokens = () => asked.map(({ token }) => token);
  const arrive = async (at: number, body: string) => {
    const one = asked[at];
    assert.ok(one);
    await one.arrive(body);
  };
  return { pages, tokens, arrive };
}

describe("pages, of which one is asked for ahead", () => {
  it("come for their token, each asked for once", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "");
    pages.prepare("t1", 2);
    pages.prepare("t1", 2);
    const second = pages.take("t1", 2);
    await arrive(1, "");

    assert.deepEqual([(await first).requestId, (await second).requestId], ["1", "2"]);
    assert.deepEqual(tokens(), [undefined, "t1"]);
  });

  it("are asked for as soon as the text is there that names them", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    const arrival = arrive(0, "t1");
    const askedAtOnce = tokens();
    await arrival;
    await first;
    pages.prepare("t1", 2);

    assert.deepEqual(askedAtOnce, [undefined, "t1"]);
    assert.deepEqual(tokens(), [undefined, "t1"]);
  });

  it("are asked for anew where the text named another one", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "not the next");
    await first;
    const second = pages.take("t1", 2);
    await arrive(2, "");
    await arrive(1, "");

    assert.equal((await second).requestId, "2");
    assert.deepEqual(tokens(), [undefined, "not the next", "t1"]);
  });

  it("are asked for anew where the text named one, but there is none", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "none");
    await first;
    void pages.take(undefined, 1);

    assert.deepEqual(tokens(), [undefined, "none", undefined]);
  });

  it("are not named by one that nobody waits for yet, or any more", async () => {
    const { pages, tokens, arrive } = setUp();

    const first = pages.take(undefined, 1);
    await arrive(0, "t1");
    await first;
    await arrive(0, "t2");
    await arrive(1, "t2");

    assert.deepEqual(tokens(), [undefined, "t1"]);
  });

  for (const body of ["t1", ""]) {
    it(`are read two turns after they came, so that requests can leave (${body})`, async () => {
      const { pages, arrive } = setUp();
      let isRead = false;

      void pages.take(undefined, 1);
      const arrival = arrive(0, body).then(() => (isRead = true));
      await nextTurn();
      const isReadAfterOne = isRead;
      await nextTurn();
      await nextTurn();

      assert.deepEqual([isReadAfterOne, isRead], [false, true]);
      await arrival;
    });
  }
});
