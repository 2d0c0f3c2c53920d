import type { Bench, Outcome } from "./experiment";
import { run } from "./processes";
import { column, inRounds, type Samples } from "./rounds";
import { spreadOf } from "./statistics";
import type { MemoryResult } from "./task";

const subjectOf = {
  "plain loop": "plain",
  "plain loop + set of ids": "plainWithIds",
  listBackups: "package",
} as const;

type Name = keyof typeof subjectOf;

const names = Object.keys(subjectOf) as Name[];

/** More than this, in MiB, is not noise: 2,000 tokens and what code was compiled meanwhile stay. */
const maxGrowth = 2;

function growthOf({ heap }: MemoryResult): number {
  return (heap.at(-1) ?? NaN) - (heap[0] ?? NaN);
}

/** Round by round. */
function difference(values: readonly number[], less: readonly number[]): number[] {
  return values.map((value, round) => value - (less[round] ?? NaN));
}

function figuresOf(samples: Samples<Name, MemoryResult>, looks: readonly number[]) {
  const spread = (name: Name, pick: (sample: MemoryResult) => number) =>
    spreadOf(column(samples[name], pick));
  return names.flatMap((name) => [
    ...looks.map((page, look) => ({
      name: `heap at page ${page}, ${name}`,
      unit: "MiB",
      spread: spread(name, ({ heap }) => heap[look] ?? NaN),
    })),
    { name: `heap growth, ${name}`, unit: "MiB", spread: spread(name, growthOf) },
    { name: `peak RSS, ${name}`, unit: "MiB", spread: spread(name, ({ peak }) => peak) },
  ]);
}

/** Memory while a long list is streamed: it must not grow but by the ids that were seen. */
export async function measureMemory({ subjects, service, isQuick }: Bench): Promise<Outcome> {
  const rounds = isQuick ? 1 : 3;
  const looks = isQuick ? [20, 200] : [200, 2000];
  const samples = await inRounds(rounds, names, async (name) => {
    const task = { kind: "memory", service, looks } as const;
    return (await run<MemoryResult>(subjects, subjectOf[name], task, ["--expose-gc"])).value;
  });
  const growth = (name: Name) => column(samples[name], growthOf);
  const setOfIds = difference(growth("plain loop + set of ids"), growth("plain loop"));
  const excess = spreadOf(difference(growth("listBackups"), setOfIds));
  return {
    title: `Memory of a stream of ${looks.at(-1) ?? 0} pages (${rounds} rounds)`,
    figures: [
      ...figuresOf(samples, looks),
      { name: "heap growth, set of ids alone", unit: "MiB", spread: spreadOf(setOfIds) },
      { name: "heap growth, listBackups less set of ids", unit: "MiB", spread: excess },
    ],
    target: {
      text: `heap grows by at most ${maxGrowth} MiB more than a set of the ids does`,
      isMet: excess.median <= maxGrowth,
    },
    samples,
  };
}
