import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { OneByOne } from "../provider/oneByOne";

/** Groups, and whether who gave them was told that no more are wanted. */
function given(groups: readonly (readonly string[] | Error)[]) {
  const state = { asked: 0, isReturned: false };
  async function* generate() {
    try {
      for (const group of groups) {
        state.asked += 1;
        await Promise.resolve();
        if (group instanceof Error) throw group;
        yield group;
      }
    } finally {
      state.isReturned = true;
    }
  }
  return { state, members: new OneByOne(generate()) };
}

async function all(members: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const member of members) found.push(member);
  return found;
}

/** What the process hears of that nobody waited for, in the turns to come. */
async function unheardErrors(): Promise<string[]> {
  const listeners = process.rawListeners("unhandledRejection") as ((error: unknown) => void)[];
  const heard: string[] = [];
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error) => heard.push((error as Error).message));
  try {
    await sleep(10);
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return heard;
}

const done = { done: true, value: undefined };
const member = (value: string) => ({ done: false, value });

describe("OneByOne", () => {
  it("gives the members of all groups in order, empty ones too", async () => {
    const { members } = given([[], ["a", "b"], [], [], ["c"], []]);

    assert.deepEqual(await all(members), ["a", "b", "c"]);
  });

  it("asks for a group when the one before has been taken", async () => {
    const { state, members } = given([["a", "b"], ["c"]]);

    await members.next();
    await members.next();
    const before = state.asked;
    await members.next();

    assert.deepEqual([before, state.asked], [1, 2]);
  });

  it("answers calls that come at once one after another", async () => {
    const { members } = given([["a", "b"], ["c"]]);

    const answers = await Promise.all(Array.from({ length: 5 }, () => members.next()));

    assert.deepEqual(answers, [member("a"), member("b"), member("c"), done, done]);
  });

  it("ends the groups when the loop is left", async () => {
    const { state, members } = given([["a", "b"], ["c"]]);

    for await (const one of members) {
      assert.equal(one, "a");
      break;
    }

    assert.deepEqual(state, { asked: 1, isReturned: true });
    assert.deepEqual(await members.next(), done);
  });

  it("lets a return wait for the calls before it, and gives nothing after it", async () => {
    const { members } = given([["a", "b"], ["c"]]);

    const answers = await Promise.all([members.next(), members.return(), members.next()]);

    assert.deepEqual(answers, [member("a"), done, done]);
  });

  it("gives no members that are left to who asks after a return", async () => {
    const { members } = given([["a", "b", "c"]]);
    await members.next();

    assert.deepEqual(await Promise.all([members.return(), members.next()]), [done, done]);
  });

  it("lets the process hear of an error that nobody waits for", async () => {
    const { members } = given([new Error("broken")]);
    const unheard = unheardErrors();

    void members.next();

    assert.deepEqual(await members.next(), done);
    assert.deepEqual(await unheard, ["broken"]);
  });

  it("throws what a group throws, where it comes, and is done then", async () => {
    const broken = new Error("broken");
    const { members } = given([["a"], broken, ["b"]]);

    await members.next();
    await assert.rejects(members.next(), broken);

    assert.deepEqual(await members.next(), done);
  });
});
