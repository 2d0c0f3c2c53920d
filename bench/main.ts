// npm run bench: what listBackups costs, against the vendor's client in a plain loop, and how soon
// the plugin is there, against Node alone. Contacts nothing but a simulator on 127.0.0.1. The figures vary with the machine; compare ratios, and
// those with the control beside them. A missed target is reported, it is no failure.

import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { build, cacheFolder } from "./build";
import type { Bench, Outcome } from "./experiment";
import { measureMemory } from "./memory";
import { measurePages } from "./pages";
import { startSimulatorProcess } from "./processes";
import { tableOf, writeJson } from "./report";
import { measurePlugin } from "./plugin";
import { measureStart } from "./start";

const experiments = {
  pages: measurePages,
  start: measureStart,
  plugin: measurePlugin,
  memory: measureMemory,
} as const;

const usage = `Usage: npm run bench -- [--quick] [--only pages|start|plugin|memory] [--json FILE]

  --quick      fewer and shorter rounds, to see whether it works
  --only NAME  this experiment only
  --json FILE  write all samples there (default: in node_modules/.cache)
`;

type Name = keyof typeof experiments;

function namesOf(only: string | undefined): Name[] {
  const names = Object.keys(experiments) as Name[];
  if (only === undefined) return names;
  const found = names.filter((name) => name === only);
  if (found.length === 0) throw new Error(`--only is one of ${names.join(", ")}, not "${only}"`);
  return found;
}

async function perform(names: readonly Name[], bench: Bench): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const outcome = await experiments[name](bench);
    process.stdout.write(`${tableOf(outcome)}\n`);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      json: { type: "string", default: join(cacheFolder, "results.json") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const names = namesOf(values.only);
  const { folder, subjects } = build();
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  // Without these a signal would end the process with no exit event; the children end with it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const { service, end } = await startSimulatorProcess(subjects, values.quick ? 20_000 : 200_000);
  try {
    writeJson(values.json, await perform(names, { subjects, service, isQuick: values.quick }));
  } finally {
    await end();
  }
  process.stdout.write(`All samples: ${relative("", values.json)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${(error as Error).message}\n`);
  process.exitCode = 1;
});
