// Calls against a service in bad weather, round after round; in the end nothing is left open.

import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../../simulator";
import { createRandom } from "../../simulator/random";
import { anyCall, judge } from "./calls";
import { brewStorm } from "./storm";
import { createTruth } from "./truth";

/** What a soak saw. */
export interface SoakReport {
  readonly seed: number;
  rounds: number;
  requests: number;
  readonly verdicts: { right: number; failed: number; aborted: number };
  /** Everything that should not have been; the soak ends with the first round that has any. */
  wrong: string[];
  /** Sockets and timers that were left when all was over, after the longest keep-alive. */
  left: string[];
}

const callsOfRound = 24;
const isOpen = (name: string) => /TCP|TLS|Timeout|Immediate|GetAddrInfo/.test(name);

/** What keeps, or could keep, the process alive. */
function openResources(): string[] {
  return process.getActiveResourcesInfo().filter(isOpen);
}

/** What is still open when connections that are kept alive have had their time. */
async function leftOpen(): Promise<string[]> {
  for (let waits = 0; waits < 60 && openResources().length > 0; waits += 1) {
    // Not itself a resource by the time it looks.
    await sleep(100);
    await new Promise(setImmediate);
  }
  return openResources();
}

/** Soaks for so long; `seed` decides everything but time. */
export async function soak(ms: number, seed: number): Promise<SoakReport> {
  const random = createRandom(seed);
  const report: SoakReport = {
    ...{ seed, rounds: 0, requests: 0, wrong: [], left: [] },
    verdicts: { right: 0, failed: 0, aborted: 0 },
  };
  const service = await startSimulator({
    keepRequests: 0,
    onRequest: () => (report.requests += 1),
  });
  const settings = {
    region: "cn-hangzhou",
    endpoint: service.url,
    accessKey: service.accessKeyId,
    secretKey: service.accessKeySecret,
    clientReadTimeout: 700,
    maxRetryTimeout: 600,
  };
  const until = Date.now() + ms;
  while (Date.now() < until && report.wrong.length === 0) {
    report.rounds += 1;
    const truth = createTruth(random, Date.now());
    service.setBackups(truth.rows);
    const isDisaster = random.next() < 0.4;
    service.faults.add(...brewStorm(random, isDisaster));
    const verdicts = await Promise.all(
      Array.from({ length: callsOfRound }, () => {
        const isHasty = random.next() < 0.1;
        const signal = isHasty ? AbortSignal.timeout(random.between(1, 100)) : undefined;
        return judge(anyCall(random, settings, truth), isDisaster, signal);
      }),
    );
    service.faults.clear();
    for (const verdict of verdicts) {
      if (typeof verdict === "string") report.verdicts[verdict] += 1;
      else report.wrong.push(verdict.wrong);
    }
  }
  await service.close();
  report.left = await leftOpen();
  return report;
}
