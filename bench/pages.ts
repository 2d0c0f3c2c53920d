import { atMost, roundsOf, type Bench, type Figure, type Outcome } from "./experiment";
import { run, startPageServer, startSimulatorProcess } from "./processes";
import { column, inRounds, type Samples } from "./rounds";
import { ratioOf, spreadOf, type Spread } from "./statistics";
import type { PagesResult, Service } from "./task";

type Key = keyof PagesResult;

const labels = { cpuMsPerPage: "CPU per 100 backups", wallMsPerPage: "time per 100 backups" };

/** Each contender's own figures, and the ratios to the first one. */
function compare<Name extends string>(samples: Samples<Name, PagesResult>, names: readonly Name[]) {
  const of = (name: Name, key: Key) => column(samples[name], (sample) => sample[key]);
  const [base] = names as readonly [Name, ...Name[]];
  const ratio = (name: Name, key: Key): Spread => ratioOf(of(name, key), of(base, key));
  const figures = (Object.keys(labels) as Key[]).flatMap((key): Figure[] => [
    ...names.map((name) => ({
      name: `${labels[key]}, ${name}`,
      unit: "ms",
      spread: spreadOf(of(name, key)),
    })),
    ...names.slice(1).map((name) => ({
      name: `${labels[key]}: ${name} / ${base}`,
      unit: "",
      spread: ratio(name, key),
    })),
  ]);
  return { ratio, figures };
}

const subjectOf = {
  "plain loop": "plain",
  control: "plain",
  listBackups: "package",
  "plain loop, pages of 20": "plainPagesOf20",
  "undici alone, unsigned": "floor",
} as const;

type Name = keyof typeof subjectOf;

function measure(
  { subjects }: Bench,
  name: Name,
  service: Service,
  [warmUp, pages]: readonly [number, number],
) {
  const task = { kind: "pages", service, warmUp, pages } as const;
  return run<PagesResult>(subjects, subjectOf[name], task).then(({ value }) => value);
}

/** Cost of a page, against the vendor's client in a plain loop; at no latency, CPU and time alike. */
export async function measurePages(bench: Bench): Promise<Outcome> {
  const { subjects, service, isQuick } = bench;
  const rounds = roundsOf(bench);
  // After 300 pages the compiler is not done yet, and the package, which has more code, a quarter dearer.
  const size = isQuick ? ([50, 50] as const) : ([600, 1200] as const);
  const names = Object.keys(subjectOf) as Name[];
  const floor = await startPageServer(subjects, 2000);
  try {
    const samples = await inRounds(rounds, names, (name) => {
      const where = name === "undici alone, unsigned" ? floor.service : service;
      return measure(bench, name, where, size);
    });
    const { figures, ratio } = compare(samples, names);
    return {
      title: `Pages of 100 (${rounds} rounds of processes, ${size[1]} pages each after ${size[0]})`,
      figures,
      targets: [
        atMost(1, ratio("listBackups", "cpuMsPerPage"), "CPU per page: at most the plain loop's"),
        atMost(
          0.85,
          ratio("listBackups", "wallMsPerPage"),
          "time per page: at most 0.85 of the plain loop's",
        ),
      ],
      samples,
    };
  } finally {
    await floor.end();
  }
}

const latencyMs = 30;

/** The same at the latency of a service far away. */
export async function measureLatency(bench: Bench): Promise<Outcome> {
  const rounds = roundsOf(bench);
  const size = bench.isQuick ? ([10, 10] as const) : ([20, 60] as const);
  const names = ["plain loop", "control", "listBackups"] as const;
  const { service, end } = await startSimulatorProcess(bench.subjects, 20_000, latencyMs);
  try {
    const samples = await inRounds(rounds, names, (name) => measure(bench, name, service, size));
    const { figures, ratio } = compare(samples, names);
    const control = ratio("control", "wallMsPerPage");
    return {
      title: `Pages of 100 at ${latencyMs} ms latency (${rounds} rounds, ${size[1]} pages each)`,
      figures,
      targets: [
        atMost(
          Math.max(1, control.max),
          ratio("listBackups", "wallMsPerPage"),
          "time per page: at most the plain loop's, within the control's spread",
        ),
      ],
      samples,
    };
  } finally {
    await end();
  }
}
