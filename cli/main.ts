#!/usr/bin/env node
// The command as a process: signals, closed pipes, warnings, and the exit code.

import { exitCodes } from "./endings";
import { run } from "./commands";
import { clearProgress } from "./progressLine";
import { say } from "./screen";

process.on("SIGINT", () => {
  clearProgress();
  process.exit(exitCodes.interrupted);
});

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever read has seen enough.
    if (error.code === "EPIPE") process.exit(exitCodes.unread);
    throw error;
  });
}

const usual = process.listeners("warning");
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  clearProgress();
  if (warning.name === "computenest") say(`warning: ${warning.message}`);
  else for (const listener of usual) listener(warning);
});

void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
