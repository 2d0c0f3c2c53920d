// No peer decides how much memory this package takes: each program here is a process of its own.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Fault } from "../../simulator";
import { serve } from "../support/service";
import { backups } from "./world";

const program = resolve(__dirname, "memoryProcess.ts");

interface Case {
  readonly what: string;
  readonly fault: Fault;
  readonly outcome: RegExp;
  readonly mostMiB: number;
}

const tooLarge = /^ListBackups got no answer: the answer is larger than 64 MiB\. /;

const cases: readonly Case[] = [
  {
    what: "an answer of 60 MB, which is read",
    fault: { kind: "hugeBody", bytes: 60_000_000 },
    outcome: /^3 backups$/,
    mostMiB: 300,
  },
  {
    what: "an answer of 200 MB, which is cut off",
    fault: { kind: "hugeBody", bytes: 200_000_000 },
    outcome: tooLarge,
    mostMiB: 160,
  },
  {
    what: "an answer that unpacks to 300 MB, which is cut off",
    fault: { kind: "gzipBomb", bytes: 300_000_000 },
    outcome: tooLarge,
    mostMiB: 160,
  },
];

describe("the memory it takes", function () {
  this.timeout(60_000);

  for (const { what, fault, outcome, mostMiB } of cases) {
    it(`is at most ${mostMiB} MiB for ${what}`, async () => {
      const on = { request: 2 };
      const { settings } = await serve({ backups: backups(3), faults: [{ ...fault, on }] });

      const { stdout } = await promisify(execFile)(process.execPath, [
        ...["--require", "ts-node/register/transpile-only", program],
        JSON.stringify({ ...settings, maxRetryTimeout: 1 }),
      ]);

      const told = JSON.parse(stdout) as { outcome: string; grownMiB: number };
      assert.match(told.outcome, outcome);
      assert.ok(told.grownMiB < mostMiB, `${told.grownMiB} MiB`);
    });
  }
});
