// npm run engine: gets a Pulumi CLI, tells about it on stderr and prints its root on stdout.
import { constants } from "node:os";
import { EngineError, getEngine } from "./engine";
import { streamReporter } from "./progress";

const interrupted = new AbortController();

// npm passes Ctrl-C on to a process that the terminal has told already.
const echoMs = 500;

function onSignal(signal: NodeJS.Signals): void {
  process.exitCode = 128 + constants.signals[signal];
  interrupted.abort(new EngineError("Interrupted; nothing half-made was left behind."));
  setTimeout(() => {
    // Who asks again is not kept waiting; the exit takes the children along.
    process.on(signal, () => process.exit());
  }, echoMs).unref();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);

async function main(): Promise<void> {
  const reporter = streamReporter(process.stderr);
  try {
    const engine = await getEngine({ ...reporter, signal: interrupted.signal });
    process.stdout.write(`${engine.root}\n`);
  } catch (error) {
    process.exitCode ??= 1;
    if (!(error instanceof EngineError)) throw error;
    reporter.report(error.message);
  }
}

void main();
