// What each kind of gate stops when there is no backup to rely on. gates.spec.ts holds the engine to
// it, cell by cell, and README shows it.

/** The kinds of gates; `getBackup` is awaited at the top of the program. */
export const gateKinds = ["getBackup", "backupGate", "backupGateTransform"] as const;

/** One kind of gate. */
export type GateKind = (typeof gateKinds)[number];

/** What becomes of an operation at a gate that is closed. */
export type Verdict =
  | "stops"
  | "does not stop"
  | "keeps the old one; the new one is made"
  | "fails: asks for `--run-program`";

/** An operation of the engine, and what each kind of gate does to it. */
export interface Operation {
  readonly title: string;
  readonly verdicts: Readonly<Record<GateKind, Verdict>>;
}

function all(getBackup: Verdict, hooks: Verdict): Operation["verdicts"] {
  return { getBackup, backupGate: hooks, backupGateTransform: hooks };
}

/** The table: gates with the default `on` unless the title says otherwise. */
export const whatStopsWhat = {
  preview: {
    title: "`preview` of what `up` would stop",
    verdicts: all("stops", "stops"),
  },
  unchanged: {
    title: "`up`, nothing to change",
    verdicts: all("stops", "does not stop"),
  },
  create: {
    title: "`up` creates the resource",
    verdicts: all("stops", "does not stop"),
  },
  createStrict: {
    title: "the same, `on` with `create`",
    verdicts: all("stops", "stops"),
  },
  update: {
    title: "`up` updates it",
    verdicts: all("stops", "stops"),
  },
  replace: {
    title: "`up` replaces it",
    verdicts: all("stops", "keeps the old one; the new one is made"),
  },
  replaceStrict: {
    title: "the same, `on` with `create`",
    verdicts: all("stops", "stops"),
  },
  remove: {
    title: "`up` deletes it: it was removed from the program",
    verdicts: all("stops", "stops"),
  },
  target: {
    title: "`up --target`, the resource named",
    verdicts: all("stops", "stops"),
  },
  targetOther: {
    title: "`up --target`, another one named",
    verdicts: all("stops", "does not stop"),
  },
  refresh: {
    title: "`refresh`",
    verdicts: all("does not stop", "does not stop"),
  },
  destroy: {
    title: "`destroy`",
    verdicts: all("does not stop", "fails: asks for `--run-program`"),
  },
  destroyRunProgram: {
    title: "`destroy --run-program`",
    verdicts: all("stops", "stops"),
  },
} as const satisfies Readonly<Record<string, Operation>>;

/** The name of one of the operations. */
export type OperationName = keyof typeof whatStopsWhat;
