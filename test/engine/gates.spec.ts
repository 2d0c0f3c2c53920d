// What each kind of gate stops, on the real engine: every cell of support/whatStopsWhat.ts.

import assert from "node:assert/strict";
import {
  asAtFirst,
  gatedStack,
  goodBackups,
  hookOf,
  instanceOf,
  nameOf,
  other,
  subjects,
  wishedInput,
  type GatedRun,
  type GatedStack,
  type Subject,
  type Wish,
} from "./support/gatedStack";
import { urnOf, type Command } from "./support/runs";
import {
  gateKinds,
  whatStopsWhat,
  type GateKind,
  type OperationName,
  type Verdict,
} from "./support/whatStopsWhat";

const up: Command = (stack, display) => stack.up({ ...display, continueOnError: true });
const upOnly =
  (...names: string[]): Command =>
  (stack, display) =>
    stack.up({ ...display, continueOnError: true, target: names.map(urnOf) });
const preview: Command = (stack, display) => stack.preview(display);
const previewOfNothing: Command = (stack, display) =>
  stack.preview({ ...display, expectNoChanges: true });
const refresh: Command = (stack, display) => stack.refresh(display);
const destroy: Command = (stack, display) => stack.destroy(display);
const destroyRunProgram: Command = (stack, display) =>
  stack.destroy({ ...display, continueOnError: true, runProgram: true });

/** What became of one resource in one run. */
interface Cell {
  readonly kind: GateKind;
  readonly name: string;
  readonly run: GatedRun;
  /** What would be in the state if there were no gate. */
  readonly ungated: readonly string[] | undefined;
  /** Who was asked. */
  readonly host: string;
}

/** A run while all is well, and what it was to bring about. */
interface GoodRun {
  readonly run: GatedRun;
  readonly wish: Wish;
}

type Cells = ReadonlyMap<string, readonly Cell[]>;

interface Story {
  readonly good: Readonly<Record<"creates" | "changes" | "nothingLeft" | "changesBack", GoodRun>>;
  /** What was blocked, tried once more with good backups. */
  readonly opened: GoodRun;
  readonly cells: Cells;
}

const everything = (input: string): Wish => ({ changing: () => true, input });

function inputsOf(name: string, wish: Wish): readonly string[] | undefined {
  const input = wishedInput(name, wish);
  return input === undefined ? undefined : [input];
}

async function tellWhileGood({ run }: GatedStack): Promise<Story["good"]> {
  const wish = everything("passed");
  return {
    creates: { wish: asAtFirst, run: await run(asAtFirst, up) },
    changes: { wish, run: await run(wish, up) },
    nothingLeft: { wish, run: await run(wish, previewOfNothing) },
    changesBack: { wish: asAtFirst, run: await run(asAtFirst, up) },
  };
}

/** The same program tries everything while there is no backup. */
async function tellWhileBad(
  { run, simulator }: GatedStack,
  kinds: readonly GateKind[],
): Promise<Pick<Story, "opened" | "cells">> {
  const cells = new Map<string, Cell[]>();
  const wish = everything("blocked");
  const each = (subject: Subject) => kinds.map((kind) => ({ kind, name: nameOf(kind, subject) }));

  function tell(
    operation: OperationName,
    { kind, name }: Pick<Cell, "kind" | "name">,
    result: GatedRun,
    wished = wish,
  ): void {
    // Of a run that does much at once, the requests of this gate; of the ungated resource, all.
    const own = instanceOf(kind, name);
    const asked = name === other ? result.asked : result.asked.filter((id) => id === own);
    const cell: Cell = {
      kind,
      name,
      run: { ...result, asked },
      ungated: inputsOf(name, wished),
      host: simulator.host,
    };
    const key = `${kind} ${operation}`;
    cells.set(key, [...(cells.get(key) ?? []), cell]);
  }

  simulator.setBackups([]);
  const unchanged = await run(asAtFirst, up);
  for (const one of each("unchanged")) tell("unchanged", one, unchanged, asAtFirst);
  const refreshed = await run(asAtFirst, refresh);
  for (const one of each("update")) tell("refresh", one, refreshed, asAtFirst);

  // The engine ends a preview at the first failure, so each resource has its own; gates of the other
  // kinds are all one to it.
  for (const subject of subjects) {
    for (const one of each(subject)) {
      if (whatStopsWhat[subject].verdicts[one.kind] === "does not stop") continue;
      if (one.kind !== "backupGate" && subject !== "update") continue;
      const changing = (name: string) => name === one.name;
      tell("preview", one, await run({ ...wish, changing }, preview));
    }
  }

  const targeted = everything("targeted");
  const onlyOther = await run(targeted, upOnly(other));
  for (const kind of kinds) tell("targetOther", { kind, name: other }, onlyOther, targeted);
  const updated = each("update");
  const only = await run(targeted, upOnly(...updated.map(({ name }) => name)));
  for (const one of updated) tell("target", one, only, targeted);

  const all = await run(wish, up);
  for (const subject of subjects) {
    if (subject === "unchanged") continue;
    for (const one of each(subject)) tell(subject, one, all);
  }

  simulator.setBackups(goodBackups());
  const opened = { wish, run: await run(wish, up) };

  simulator.setBackups([]);
  const gone: Wish = { changing: () => true, input: undefined };
  const destroyedByProgram = await run(wish, destroyRunProgram);
  for (const one of updated) tell("destroyRunProgram", one, destroyedByProgram, gone);
  const destroyed = await run(wish, destroy);
  for (const one of updated) tell("destroy", one, destroyed, gone);
  return { opened, cells };
}

/** The refusal, whole, as the engine shows it of a gate. */
function refusalAt({ kind, name, run, host }: Cell): string {
  const hook = kind === "getBackup" ? "" : `before hook "${hookOf(kind, name)}" failed: `;
  const isHookInPreview = hook !== "" && run.terminal.startsWith("Previewing");
  return (
    `error: ${isHookInPreview ? "Preview failed: " : ""}${hook}No backup of ` +
    `${instanceOf(kind, name)} qualifies (Created, started within 24h). There is none: none was ` +
    "made yet, or the service's provider has not enabled upgrade/downgrade (变配), which backups " +
    "need, or the id is wrong, or it is on the other site (region ap-southeast-1). Asked " +
    `${host} as LTAI…Key (stack config alicloud:*).`
  );
}

function assertRefused(cell: Cell): void {
  const { kind, name, run } = cell;
  const told = run.diagnostics[kind === "getBackup" ? "inline-test" : name] ?? [];
  assert.equal(run.failed, true, run.terminal);
  // What ends an inline program is told several times by the SDK; programs on disk tell it once.
  assert.deepEqual(kind === "getBackup" ? [...new Set(told)] : told, [refusalAt(cell)]);
  assert.ok(run.asked.length > 0, "nobody was asked");
  assert.doesNotMatch(run.terminal, /^\s+at /m, "shows a stack");
}

const assertions: Readonly<Record<Verdict, (cell: Cell) => void>> = {
  stops(cell) {
    const { name, run } = cell;
    assertRefused(cell);
    assert.deepEqual(run.after[name], run.before[name]);
  },
  "does not stop"({ name, run, ungated }) {
    assert.equal(run.diagnostics[name], undefined, run.terminal);
    assert.deepEqual(run.after[name], ungated);
    assert.deepEqual(run.asked, []);
  },
  "keeps the old one; the new one is made"(cell) {
    const { name, run, ungated } = cell;
    assertRefused(cell);
    const old = run.before[name]!.map((input) => `${input} (to be deleted)`);
    assert.deepEqual(run.after[name], [...ungated!, ...old]);
  },
  "fails: asks for `--run-program`"({ name, run }) {
    assert.equal(run.failed, true);
    assert.match(
      run.terminal,
      /^error: You must run with the `--run-program` flag to use delete hooks during destroy\.$/m,
    );
    assert.deepEqual(run.after[name], run.before[name]);
    assert.deepEqual(run.asked, []);
  },
};

const hookKinds = ["backupGate", "backupGateTransform"] as const;

describe("what stops what", function () {
  this.timeout(300_000);
  const stories = new Map<GateKind, Story>();
  let end: GatedRun;

  before(async () => {
    async function tell(kinds: readonly GateKind[]): Promise<void> {
      await using gated = await gatedStack(kinds);
      const good = await tellWhileGood(gated);
      const story = { good, ...(await tellWhileBad(gated, kinds)) };
      for (const kind of kinds) stories.set(kind, story);
      if (kinds.includes("backupGate")) {
        gated.simulator.setBackups(goodBackups());
        end = await gated.run(everything("blocked"), destroyRunProgram);
      }
    }
    // One after the other: an inline program that is rejected ends others in its process as well.
    await tell(hookKinds);
    await tell(["getBackup"]);
  });

  for (const kind of gateKinds) {
    const assertDone = ({ run, wish }: GoodRun) => {
      assert.equal(run.failed, false, run.terminal);
      for (const subject of subjects) {
        const name = nameOf(kind, subject);
        assert.deepEqual(run.after[name], inputsOf(name, wish), name);
      }
    };

    it(`${kind}: lets everything through while the backups are good`, () => {
      for (const run of Object.values(stories.get(kind)!.good)) assertDone(run);
    });

    it(`${kind}: lets through what it had blocked, once they are good again`, () => {
      assertDone(stories.get(kind)!.opened);
    });
  }

  it("asks at every gate on the way of a change, and at none when nothing is left to do", () => {
    const { changes, nothingLeft } = stories.get("backupGate")!.good;
    const gated = hookKinds.flatMap((kind) =>
      subjects
        .filter((subject) => whatStopsWhat[subject].verdicts[kind] !== "does not stop")
        .map((subject) => instanceOf(kind, nameOf(kind, subject))),
    );

    assert.deepEqual(new Set(changes.run.asked), new Set(gated));
    assert.deepEqual(nothingLeft.run.asked, []);
  });

  for (const [operation, { title, verdicts }] of Object.entries(whatStopsWhat)) {
    for (const kind of gateKinds) {
      it(`${kind}: ${title}: ${verdicts[kind]}`, () => {
        const cells = stories.get(kind)!.cells.get(`${kind} ${operation}`) ?? [];

        assert.notEqual(cells.length, 0);
        for (const cell of cells) assertions[verdicts[kind]](cell);
      });
    }
  }

  it("lets a program be destroyed while the backups are good", () => {
    assert.equal(end.failed, false, end.terminal);
    assert.deepEqual(end.after, {});
    assert.notDeepEqual(end.asked, []);
  });
});
