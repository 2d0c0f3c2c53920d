import { atMost, roundsOf, type Bench, type Outcome } from "./experiment";
import { run, startPageServer } from "./processes";
import { column, inRounds } from "./rounds";
import { differenceOf, ratioOf, spreadOf } from "./statistics";
import type { ListResult, MemoryResult } from "./task";

const subjectOf = {
  "plain loop": "plain",
  "plain loop + set of ids": "plainWithIds",
  listBackups: "package",
} as const;

type Name = keyof typeof subjectOf;

/** In MiB, for a million ids. */
const maxGrowth = 80;

function growthOf({ reachable }: MemoryResult): number {
  return (reachable.at(-1) ?? NaN) - (reachable[0] ?? NaN);
}

/** Memory while a long list is streamed: it must not grow but by the ids that were seen. */
export async function measureStream({ subjects, isQuick }: Bench): Promise<Outcome> {
  const rounds = isQuick ? 1 : 3;
  const looks = isQuick ? [10, 200] : [10, 10_000];
  const names = Object.keys(subjectOf) as Name[];
  const { service, end } = await startPageServer(subjects, looks.at(-1) ?? 0);
  try {
    const samples = await inRounds(rounds, names, async (name) => {
      const task = { kind: "memory", service, looks } as const;
      return (await run<MemoryResult>(subjects, subjectOf[name], task, ["--expose-gc"])).value;
    });
    const growth = (name: Name) => column(samples[name], growthOf);
    const own = spreadOf(growth("listBackups"));
    return {
      title: `Memory of a stream of ${looks.at(-1) ?? 0} pages of 100 (${rounds} rounds)`,
      figures: [
        ...names.map((name) => ({
          name: `growth beyond page ${looks[0] ?? 0}, ${name}`,
          unit: "MiB",
          spread: spreadOf(growth(name)),
        })),
        {
          name: "growth beyond a set of ids, listBackups",
          unit: "MiB",
          spread: differenceOf(growth("listBackups"), growth("plain loop + set of ids")),
        },
        ...names.map((name) => ({
          name: `peak RSS, ${name}`,
          unit: "MiB",
          spread: spreadOf(column(samples[name], ({ peak }) => peak)),
        })),
      ],
      targets: [atMost(maxGrowth, own, `grows by at most ${maxGrowth} MiB, all of it ids`)],
      samples,
    };
  } finally {
    await end();
  }
}

const maxHeldRatio = 1.1;

/** Memory of a list that is held, against the parsed JSON alone. */
export async function measureList(bench: Bench): Promise<Outcome> {
  const rounds = roundsOf(bench);
  const pages = bench.isQuick ? 50 : 1000;
  const names = ["parsed JSON", "control", "getBackups"] as const;
  const { service, end } = await startPageServer(bench.subjects, pages);
  try {
    const samples = await inRounds(rounds, names, async (name) => {
      const subject = name === "getBackups" ? "heldPackage" : "heldJson";
      const task = { kind: "list", service } as const;
      return (await run<ListResult>(bench.subjects, subject, task, ["--expose-gc"])).value;
    });
    const of = (name: (typeof names)[number], key: keyof ListResult) =>
      column(samples[name], (sample) => sample[key]);
    const ratio = (name: "control" | "getBackups") =>
      ratioOf(of(name, "held"), of("parsed JSON", "held"));
    return {
      title: `Memory of a list of ${pages * 100} (${rounds} rounds)`,
      figures: [
        ...(["parsed JSON", "getBackups"] as const).flatMap((name) => [
          { name: `held, ${name}`, unit: "MiB", spread: spreadOf(of(name, "held")) },
          { name: `peak RSS, ${name}`, unit: "MiB", spread: spreadOf(of(name, "peak")) },
        ]),
        ...(["control", "getBackups"] as const).map((name) => ({
          name: `held: ${name} / parsed JSON`,
          unit: "",
          spread: ratio(name),
        })),
      ],
      targets: [
        atMost(maxHeldRatio, ratio("getBackups"), `at most ${maxHeldRatio} times the parsed JSON`),
      ],
      samples,
    };
  } finally {
    await end();
  }
}
