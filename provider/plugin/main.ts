#!/usr/bin/env node
// The plugin pulumi-resource-computenest: prints the port it listens at, and nothing else, and
// serves until the engine ends it.

import { parseArgs } from "node:util";
import { listen } from "./server";

async function main(): Promise<void> {
  // The engine passes its address and options of its own (--logtostderr, -v=9, --tracing URL).
  const { positionals } = parseArgs({
    options: { tracing: { type: "string" } },
    strict: false,
    allowPositionals: true,
  });
  // At the end of every run, too: each second it took would be one more for the user.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
  const { port } = await listen(positionals[0]);
  process.stdout.write(`${port}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`pulumi-resource-computenest: ${(error as Error).message}\n`);
  process.exitCode = 1;
});
