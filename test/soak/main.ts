// npm run soak -- --minutes 5 --seed 7

import { parseArgs } from "node:util";
import { soak } from "./soak";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { minutes: { type: "string", default: "5" }, seed: { type: "string" } },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`Soaking for ${values.minutes} min with --seed ${seed}.\n`);
  const report = await soak(Number(values.minutes) * 60_000, seed);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  if (report.wrong.length > 0 || report.left.length > 0) process.exitCode = 1;
  // No process.exit: whatever keeps the process alive shows in that it does not end.
}

void main();
