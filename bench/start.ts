import { roundsOf, type Bench, type Outcome } from "./experiment";
import { run } from "./processes";
import { column, inRounds } from "./rounds";
import { ratioOf, spreadOf } from "./statistics";
import type { StartResult } from "./task";

const subjectOf = {
  "node alone": "bare",
  "@pulumi/pulumi alone": "pulumiAlone",
  "plain loop": "plain",
  listBackups: "package",
  control: "plain",
} as const;

type Name = keyof typeof subjectOf;

const names = Object.keys(subjectOf) as Name[];

/** From the start of a process to the first backup. */
export async function measureStart(bench: Bench): Promise<Outcome> {
  const { subjects, service } = bench;
  const rounds = roundsOf(bench);
  const once = async (name: Name) => {
    const task = { kind: "start", service } as const;
    const { value, ms } = await run<StartResult>(subjects, subjectOf[name], task);
    return { cpuMs: value.cpuMs, wallMs: ms };
  };
  // Unmeasured: the first one also reads the files from disk.
  await inRounds(1, names, once);
  const samples = await inRounds(rounds, names, once);
  const of = (name: Name, key: "cpuMs" | "wallMs") =>
    column(samples[name], (sample) => sample[key]);
  const shown = names.filter((name) => name !== "control");
  const labels = { wallMs: "time", cpuMs: "CPU" } as const;
  const ratio = (key: "cpuMs" | "wallMs", name: Name, label: string) => ({
    name: `${labels[key]}: ${label}`,
    unit: "",
    spread: ratioOf(of(name, key), of("plain loop", key)),
  });
  return {
    title: `Start of a process to its first backup (${rounds} rounds)`,
    figures: (["wallMs", "cpuMs"] as const).flatMap((key) => [
      ...shown.map((name) => ({
        name: `${labels[key]}, ${name}`,
        unit: "ms",
        spread: spreadOf(of(name, key)),
      })),
      ratio(key, "listBackups", "listBackups / plain loop"),
      ratio(key, "control", "plain loop / plain loop (control)"),
    ]),
    targets: [],
    samples,
  };
}
