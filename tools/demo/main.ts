// `npm run demo`: a real `pulumi up` of examples/backup-ids against the simulator, on a machine where
// nothing was set up by hand. Asks nothing, keeps nothing but the Pulumi CLI if it had to get one.

import { startSimulator, sampleBackups, type Simulator } from "../../simulator";
import { EngineError, findEngine, getEngine } from "../engine/engine";
import { streamReporter } from "../engine/progress";
import { showBackups } from "./backupTable";
import { cliSession } from "./cliSession";
import { interruption, type Interruption } from "./interruption";
import { showOutputs } from "./outputs";

const color = process.stdout.isTTY ? "always" : "never";

function heading(text: string): void {
  console.log(process.stdout.isTTY ? `\n\u001B[1m${text}\u001B[0m` : `\n${text}`);
}

/** The service instance with the most backups: its list takes three pages. */
function busiestInstance({ backups }: Simulator): string {
  const counts = new Map<string, number>();
  for (const { ServiceInstanceId: id } of backups) {
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}

async function engineFor(simulator: Simulator, serviceInstanceId: string, signal: AbortSignal) {
  const found = await findEngine();
  if (found !== undefined) return found;
  heading("The list, from plain TypeScript, while there is no Pulumi CLI here");
  await showBackups(simulator, serviceInstanceId);
  heading("Getting a Pulumi CLI, once");
  return getEngine({ ...streamReporter(process.stderr), signal });
}

async function run(simulator: Simulator, { signal }: Interruption): Promise<void> {
  const serviceInstanceId = busiestInstance(simulator);
  console.log(`A simulated Compute Nest listens at ${simulator.url}.`);
  const engine = await engineFor(simulator, serviceInstanceId, signal);
  const session = await cliSession(engine, simulator, signal);
  try {
    await session.quietly("stack", "init", "demo");
    await session.quietly("config", "set", "serviceInstanceId", serviceInstanceId);
    heading("$ pulumi up --yes");
    await session.show("up", "--yes", "--suppress-outputs", "--color", color);
    heading("$ pulumi stack output");
    showOutputs(await session.quietly("stack", "output", "--json"));
    heading("$ pulumi preview   # again: unchanged backups are unchanged outputs");
    await session.show("preview", "--color", color, "--expect-no-changes");
  } finally {
    await session.close();
  }
}

async function main(): Promise<void> {
  const stop = interruption();
  const simulator = await startSimulator({ backups: sampleBackups({ now: Date.now() }) });
  try {
    await run(simulator, stop);
    console.log(
      "\nThe program is examples/backup-ids/index.ts; README.md says how to write yours.",
    );
  } catch (error) {
    if (stop.signal.aborted) {
      console.error("\nStopped.");
      process.exitCode = 130;
    } else {
      console.error(`\n${error instanceof EngineError ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  } finally {
    await simulator.close();
    stop.release();
  }
}

void main();
