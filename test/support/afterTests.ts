// What the modules of this folder undo after each test. A root hook does it (sanitised.ts): hooks that
// a module registers as it loads are those of one file only where mocha's workers run many.

const undoing: (() => unknown)[] = [];

/** Has something undone after every test, in the order in which it was asked for. */
export function afterTests(undo: () => unknown): void {
  undoing.push(undo);
}

/** Undoes all of it. */
export async function undoAll(): Promise<void> {
  for (const undo of undoing) await undo();
}
