// `npm run docs:output`: runs what the documents show the output of, on the real engine, and writes
// down what the terminal showed, without what differs from run to run.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";

const repository = resolve(__dirname, "..", "..");

/** Where the recordings are. */
export const recordingsFolder = join(repository, "docs", "output");

/** When recordings play. Backups of the simulator are counted back from the time of the run. */
export const shownNow = Date.parse("2026-01-31T12:00:00Z");

/** A time of the run as the recording has it, to the minute. */
function shifted(time: string, now: number): string {
  const minute = 60_000;
  const shown = Math.round((Date.parse(time) - now + shownNow) / minute) * minute;
  return new Date(shown).toISOString().replace(".000Z", "Z");
}

const volatile: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:\d+/g, "127.0.0.1:54321"],
  [/\(\d+(\.\d+)?s\)/g, "(1s)"],
  [/^( *Duration: ).*$/gm, "$11s"],
  // Progress dots; what is shown next may stand in the same line.
  [/^@ [^.\n]*\.+\n?/gm, ""],
  [/[ \t]+$/gm, ""],
  [/\n{3,}/g, "\n\n"],
];

/** What a terminal showed of a run that began at `now`, as every run shows it. */
export function steady(shown: string, now: number): string {
  const times = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;
  const atShownNow = shown.replace(times, (time) => shifted(time, now));
  const all = volatile.reduce((text, [what, instead]) => text.replace(what, instead), atShownNow);
  return `${all.trim()}\n`;
}

async function record(name: string, script: string): Promise<void> {
  const now = Date.now();
  const child = spawn(process.execPath, [require.resolve("ts-node/dist/bin-transpile"), script], {
    cwd: repository,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const shown = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}:\n${shown}`);
  mkdirSync(recordingsFolder, { recursive: true });
  writeFileSync(join(recordingsFolder, `${name}.txt`), steady(shown, now));
}

if (require.main === module) void record("demo", join("tools", "demo", "main.ts"));
