// One line on standard error that tells what is being done, where that is a terminal.

import { subscribe } from "node:diagnostics_channel";
import { formatDuration } from "../provider/durations";

/** Before that, nobody wonders what takes so long. */
const patienceMs = 700;
const everyMs = 200;

let isShown = false;

/** Takes the line away. */
export function clearProgress(): void {
  if (isShown) process.stderr.write("\r\x1b[K");
  isShown = false;
}

/** Shows how a piece of work goes on until it ends. */
export async function withProgress<T>(work: () => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work();
  const startedAt = Date.now();
  let rows = 0;
  let last = "";
  subscribe("pulumi-computenest:page", (page) => {
    rows += (page as { rows: number }).rows;
    last = `${rows.toLocaleString("en")} rows read`;
  });
  subscribe("pulumi-computenest:progress", (message) => (last = String(message)));
  const timer = setInterval(() => {
    const elapsed = Date.now() - startedAt;
    if (elapsed < patienceMs) return;
    const line = `${last || "asking the service"} (${formatDuration(elapsed)})`;
    // A line that is wider than the terminal could not be taken back.
    process.stderr.write(`\r${line.slice(0, (process.stderr.columns || 80) - 1)}\x1b[K`);
    isShown = true;
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    clearProgress();
  }
}
