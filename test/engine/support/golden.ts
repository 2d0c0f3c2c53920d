// What a terminal of a hundred columns shows of a run, without what differs from run to run, and the
// files it is compared with.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const folder = join(__dirname, "..", "golden");
const columns = 100;

const volatile: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:\d+/g, "HOST:PORT"],
  [/RequestId [0-9A-F-]{36}/g, "RequestId ID"],
  [/\(\d+(\.\d+)?s\)/g, "(TIME)"],
  [/^Duration: .*$/gm, "Duration: TIME"],
  [/\b([Ww])aited \d+s/g, "$1aited TIME"],
  [/\bCreating, \d+s of/g, "Creating, TIME of"],
];

/** Sorts by a key; what has the same key stays in its order. */
function grouped(lines: readonly string[], keyOf: (line: string) => string): string[] {
  return [...lines].sort((a, b) => Number(keyOf(a) > keyOf(b)) - Number(keyOf(a) < keyOf(b)));
}

/** The engine works on resources in parallel: each one's rows, and the resources in a fixed order. */
function inOrder(terminal: string): string {
  const [head = "", ...parts] = terminal.split(/^(?=Diagnostics:|Resources:)/m);
  const [title = "", ...rows] = head.split("\n").filter((line) => line.trim() !== "");
  const resourceOf = (row: string) => /\S+:\S+:\S+ \S+/.exec(row)?.[0] ?? "";
  const steady = grouped(rows, resourceOf).filter((row, i, all) => row !== all[i - 1]);
  const sections = parts.map((part) => {
    if (!part.startsWith("Diagnostics:")) return part;
    const [heading = "", ...told] = part.trimEnd().split(/\n(?= {2}\S)/);
    const places = grouped(
      told.map((one) => one.trimEnd()),
      (one) => one,
    );
    return `${heading}\n${places.join("\n\n")}\n\n`;
  });
  return `${title}\n\n${steady.join("\n")}\n${sections.join("")}`;
}

/** Folded between words, where a terminal would fold within them: these files are to be read. */
function folded(line: string): string {
  const rows: string[] = [];
  for (const piece of line.trimEnd().split(/(?<=\S) (?=\S)/)) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= columns) {
      rows[rows.length - 1] = `${last} ${piece}`;
    } else rows.push(piece);
  }
  return rows.join("\n");
}

/** What the terminal shows, in a form that can be compared. */
export function steadyTerminal(terminal: string): string {
  const steady = volatile.reduce((text, [what, name]) => text.replace(what, name), terminal);
  const lines = inOrder(steady).trimEnd().split("\n");
  return `${lines.map(folded).join("\n")}\n`;
}

/** Compares with `golden/NAME.txt`; writes it instead when UPDATE_GOLDEN is 1. */
export async function assertGolden(name: string, terminal: string): Promise<void> {
  const file = join(folder, `${name}.txt`);
  const shown = steadyTerminal(terminal);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    await mkdir(folder, { recursive: true });
    await writeFile(file, shown);
  }
  assert.equal(shown, await readFile(file, "utf8"));
}
