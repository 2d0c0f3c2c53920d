import { sampleBackups, startSimulator } from "../simulator";
import { atMost, roundsOf, type Bench, type Outcome } from "./experiment";
import { run } from "./processes";
import { column, inRounds } from "./rounds";
import { ratioOf, spreadOf } from "./statistics";
import type { OnceResult } from "./task";

const subjectOf = {
  "one after another": "lookupsSequential",
  control: "lookupsSequential",
  "Promise.all": "lookupsParallel",
  getBackups: "lookupsPackage",
} as const;

type Name = keyof typeof subjectOf;

const latencyMs = 30;
const count = 200;

/** Each in a call of its own, as programs do it that deploy many service instances. */
export async function measureLookups(bench: Bench): Promise<Outcome> {
  const rounds = roundsOf(bench);
  const instances = Array.from({ length: count }, (_, i) => `si-${i}`);
  const samplesOf = sampleBackups({ now: Date.now(), count: 1000 });
  const backups = samplesOf.map((row, i) => ({ ...row, ServiceInstanceId: `si-${i % count}` }));
  const simulator = await startSimulator({ backups, latencyMs });
  const { host, accessKeyId, accessKeySecret } = simulator;
  const service = { host, accessKeyId, accessKeySecret };
  const names = Object.keys(subjectOf) as Name[];
  try {
    const samples = await inRounds(rounds, names, async (name) => {
      simulator.clearRequests();
      const task = { kind: "lookups", service, instances } as const;
      const { value } = await run<OnceResult>(bench.subjects, subjectOf[name], task);
      // Less the one that opens the connection.
      return { ...value, requests: simulator.requests.length - 1 };
    });
    const of = (name: Name, key: keyof OnceResult | "requests") =>
      column(samples[name], (sample) => sample[key]);
    const shown = names.filter((name) => name !== "control");
    const ratio = (name: Name) => ratioOf(of(name, "wallMs"), of("one after another", "wallMs"));
    const requests = spreadOf(of("getBackups", "requests"));
    return {
      title: `${count} lookups of one instance each at ${latencyMs} ms latency (${rounds} rounds)`,
      figures: [
        ...shown.map((name) => ({
          name: `requests, ${name}`,
          unit: "requests",
          spread: spreadOf(of(name, "requests")),
        })),
        ...shown.map((name) => ({
          name: `time, ${name}`,
          unit: "ms",
          spread: spreadOf(of(name, "wallMs")),
        })),
        ...(["control", "Promise.all", "getBackups"] as const).map((name) => ({
          name: `time: ${name} / one after another`,
          unit: "",
          spread: ratio(name),
        })),
        {
          name: "time: getBackups / Promise.all",
          unit: "",
          spread: ratioOf(of("getBackups", "wallMs"), of("Promise.all", "wallMs")),
        },
      ],
      targets: [
        atMost(20, requests, "20 requests for 200 instances"),
        atMost(1 / 30, ratio("getBackups"), "time: at most 1/30 of one after another"),
      ],
      samples,
    };
  } finally {
    await simulator.close();
  }
}
