#!/usr/bin/env node
import { readFileSync } from "node:fs";

import { CommandError, credentialsFrom, parseOptions, usage } from "./commandLine";
import { loadBackups, type RecordedRows } from "./dataFile";
import { sampleBackups } from "./sampleBackups";
import { startSimulator } from "./simulator";

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  if (options.version) {
    process.stdout.write(`${packageVersion()}\n`);
    return;
  }

  const { credentials, exports } = credentialsFrom(process.env);
  const { backups, restoreTasks } = options.data === undefined ? sample() : load(options.data);
  // Before the port is open: a signal has to end it at any time.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
  const { latencyMs, port } = options;
  const simulator = await startSimulator({
    ...credentials,
    backups,
    restoreTasks,
    latencyMs,
    port,
  }).catch((error: unknown) => {
    throw new CommandError(1, cannotListen(port, error));
  });

  const source = options.data === undefined ? "sample set" : options.data;
  const lines = [
    `Compute Nest simulator at ${simulator.url} (Ctrl+C ends it)`,
    `${backups.length} backups and ${restoreTasks.length} restore tasks (${source})`,
    ...instanceLines(backups),
    "",
    "To point pulumi-computenest at it:",
    `export COMPUTENEST_ENDPOINT=${simulator.url}`,
    ...exports,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function sample(): RecordedRows {
  return { backups: sampleBackups({ now: Date.now() }), restoreTasks: [] };
}

function load(file: string): RecordedRows {
  try {
    return loadBackups(file);
  } catch (error) {
    throw new CommandError(1, (error as Error).message);
  }
}

function instanceLines(backups: RecordedRows["backups"]): string[] {
  const counts = new Map<string, number>();
  for (const { ServiceInstanceId: id } of backups) {
    if (typeof id === "string") counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const most = [...counts].sort(([, left], [, right]) => right - left).slice(0, 10);
  return most.map(([id, count]) => `  ${id}: ${count}`);
}

function cannotListen(port: number, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `port ${port} of 127.0.0.1 is in use; choose another --port`;
  return `cannot listen on port ${port} of 127.0.0.1: ${message}`;
}

function packageVersion(): string {
  // By the package's own name: the path to it differs between the source and what is compiled.
  const manifest = readFileSync(require.resolve("pulumi-computenest/package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

main().catch((error: unknown) => {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`computenest-simulator: ${error.message}\n`);
  process.exitCode = error.exitCode;
});
