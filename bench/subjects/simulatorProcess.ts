// The simulator in a process of its own, so that its work does not count. Prints where it listens
// and the key it accepts; ends with its standard input, so that it never outlives the benchmark.

import { sampleBackups, startSimulator } from "pulumi-computenest/simulator";
import type { Service } from "../task";

/** Sets of this size span some months each, as an account's backups do; one set would span decades. */
const setSize = 1000;

function manyBackups(count: number) {
  const now = Date.now();
  return Array.from({ length: count / setSize }, (_, i) =>
    sampleBackups({ now, seed: i + 1, count: setSize }),
  ).flat();
}

async function main(): Promise<void> {
  const backups = manyBackups(Number(process.argv[2]));
  const { host, accessKeyId, accessKeySecret } = await startSimulator({
    backups,
    keepRequests: 0,
    latencyMs: Number(process.argv[3]),
  });
  const service: Service = { host, accessKeyId, accessKeySecret };
  process.stdout.write(`${JSON.stringify(service)}\n`);
  process.stdin.on("end", () => process.exit()).resume();
}

void main();
