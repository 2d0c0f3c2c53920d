#!/usr/bin/env node
// The command as a process: signals, closed pipes, warnings, and the exit code.

import { inspect } from "node:util";
import { exitCodes } from "./endings";
import { run } from "./commands";
import { clearProgress } from "./progressLine";
import { say } from "./screen";

process.on("SIGINT", () => {
  clearProgress();
  process.exit(exitCodes.interrupted);
});

/** Ends the command for what nobody foresaw: 1, which Node would end with, is a verdict of `check`. */
function fail(message: string): never {
  clearProgress();
  say(message);
  process.exit(exitCodes.unanswered);
}

process.on("uncaughtException", (error) => fail(inspect(error)));

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever read has seen enough.
    if (error.code === "EPIPE") process.exit(exitCodes.unread);
    fail(`what there is to say cannot be written: ${error.message}.`);
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
