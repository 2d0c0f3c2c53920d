// `npm run docs:output`: runs what the documents show the output of, on the real engine, and writes
// down what the terminal showed, without what differs from run to run.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";

const repository = resolve(__dirname, "..", "..");

/** Where the recordings are. */
export const recordingsFolder = join(repository, "docs", "output");

/** The backups of the demo are counted back from now: two hours before the time shown here. */
const volatile: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:\d+/g, "127.0.0.1:54321"],
  [/\(\d+(\.\d+)?s\)/g, "(1s)"],
  [/^( *Duration: ).*$/gm, "$11s"],
  [/^@ .*\n/gm, ""],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "2026-01-31T10:00:00Z"],
  [/[ \t]+$/gm, ""],
  [/\n{3,}/g, "\n\n"],
];

/** What a terminal showed, as every run shows it. */
export function steady(shown: string): string {
  return `${volatile.reduce((all, [what, instead]) => all.replace(what, instead), shown).trim()}\n`;
}

async function record(name: string, script: string): Promise<void> {
  const child = spawn(process.execPath, [require.resolve("ts-node/dist/bin-transpile"), script], {
    cwd: repository,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const shown = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}:\n${shown}`);
  mkdirSync(recordingsFolder, { recursive: true });
  writeFileSync(join(recordingsFolder, `${name}.txt`), steady(shown));
}

if (require.main === module) void record("demo", join("tools", "demo", "main.ts"));
