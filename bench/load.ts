import { atMost, roundsOf, type Bench, type Outcome } from "./experiment";
import { run } from "./processes";
import { column, inRounds } from "./rounds";
import { spreadOf } from "./statistics";
import type { OnceResult } from "./task";

const maxMs = 15;

const subjectOf = {
  "@alicloud/openapi-client": "loadPlain",
  "pulumi-computenest": "loadPackage",
} as const;

type Name = keyof typeof subjectOf;

/** What the import costs on top of the SDK's: every run of every program pays it. */
export async function measureLoad(bench: Bench): Promise<Outcome> {
  const rounds = roundsOf(bench);
  const names = Object.keys(subjectOf) as Name[];
  const once = async (name: Name) =>
    (await run<OnceResult>(bench.subjects, subjectOf[name], { kind: "load" })).value;
  // Unmeasured: the first one also reads the files from disk.
  await inRounds(1, names, once);
  const samples = await inRounds(rounds, names, once);
  const of = (name: Name, key: keyof OnceResult) =>
    spreadOf(column(samples[name], (sample) => sample[key]));
  const labels = { wallMs: "time", cpuMs: "CPU" } as const;
  return {
    title: `Import beyond @pulumi/pulumi (${rounds} rounds)`,
    figures: (["wallMs", "cpuMs"] as const).flatMap((key) =>
      names.map((name) => ({ name: `${labels[key]}, ${name}`, unit: "ms", spread: of(name, key) })),
    ),
    targets: [
      atMost(maxMs, of("pulumi-computenest", "wallMs"), `at most ${maxMs} ms for the package`),
    ],
    samples,
  };
}
