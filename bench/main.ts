// npm run bench: what the package costs, against what one would write otherwise, side by side in one
// run. Contacts nothing but servers on 127.0.0.1. The figures vary with the machine; compare ratios,
// and those with the control beside them. A missed target is reported, it is no failure.

import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { build, cacheFolder } from "./build";
import type { Bench, Outcome } from "./experiment";
import { writeDoc } from "./doc";
import { measureLoad } from "./load";
import { measureLookups } from "./lookups";
import { measureList, measureStream } from "./memory";
import { measureLatency, measurePages } from "./pages";
import { measurePlugin } from "./plugin";
import { measurePreview } from "./preview";
import { startSimulatorProcess } from "./processes";
import { measurePython } from "./python";
import { tableOf, writeJson } from "./report";
import { measureStart } from "./start";

const experiments = {
  pages: measurePages,
  latency: measureLatency,
  python: measurePython,
  lookups: measureLookups,
  list: measureList,
  stream: measureStream,
  load: measureLoad,
  start: measureStart,
  plugin: measurePlugin,
  preview: measurePreview,
} as const;

const usage = `Usage: npm run bench -- [--quick] [--only NAME] [--json FILE] [--doc]

  --quick      fewer and shorter rounds, to see whether it works
  --only NAME  this experiment only: ${Object.keys(experiments).join(", ")}
  --json FILE  write all samples there, beside those of other experiments that are in it
               (default: in node_modules/.cache)
  --doc        write the figures in that file to docs/performance.md
`;

type Name = keyof typeof experiments;

function namesOf(only: string | undefined): Name[] {
  const names = Object.keys(experiments) as Name[];
  if (only === undefined) return names;
  const found = names.filter((name) => name === only);
  if (found.length === 0) throw new Error(`--only is one of ${names.join(", ")}, not "${only}"`);
  return found;
}

async function perform(names: readonly Name[], bench: Bench): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const name of names) {
    const outcome = await experiments[name](bench);
    process.stdout.write(`${tableOf(outcome)}\n`);
    outcomes[name] = outcome;
  }
  return outcomes;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      json: { type: "string", default: join(cacheFolder, "results.json") },
      doc: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const names = namesOf(values.only);
  const { folder, subjects } = await build();
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  // Without these a signal would end the process with no exit event; the children end with it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const { service, end } = await startSimulatorProcess(subjects, values.quick ? 20_000 : 200_000);
  try {
    const outcomes = await perform(names, { subjects, service, isQuick: values.quick });
    const results = writeJson(values.json, outcomes);
    if (values.doc) await writeDoc(results);
  } finally {
    await end();
  }
  process.stdout.write(`All samples: ${relative("", values.json)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${(error as Error).message}\n`);
  process.exitCode = 1;
});
