// A plain script that reads the long list, once in each way, and then has nothing more to do: whether
// it ends is its test. Run with --expose-gc.

import { getBackups, listBackups } from "../../provider";

/** What the script says of itself. */
export interface ScriptReport {
  readonly streamed: number;
  /** MiB that the heap has grown from the tenth part of the stream to its end. */
  readonly grownMb: number;
  /** How many the list had, if one was read. */
  readonly listed: number | undefined;
  /** When the last call was over: milliseconds since 1970. */
  readonly doneAt: number;
}

const [endpoint = "", count = "0", asList = ""] = process.argv.slice(2);
const settings = { endpoint, region: "cn-hangzhou", accessKey: "LTAI5tOfAScript", secretKey: "s" };

function heapMb(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function main(): Promise<void> {
  const total = Number(count);
  let streamed = 0;
  let before = NaN;
  let after = NaN;
  for await (const backup of listBackups({}, { settings })) {
    if (backup.backupId === "") throw new Error("a backup without an id");
    streamed += 1;
    if (streamed === total / 10) before = heapMb();
    // Within the loop: what the stream holds is not let go yet.
    if (streamed === total) after = heapMb();
  }
  const listed =
    asList === "list" ? new Set((await getBackups({}, { settings })).ids).size : undefined;
  const report: ScriptReport = { streamed, grownMb: after - before, listed, doneAt: Date.now() };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

void main();
