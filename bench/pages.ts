import type { Bench, Figure, Outcome } from "./experiment";
import { run } from "./processes";
import { column, inRounds } from "./rounds";
import { ratioOf, spreadOf } from "./statistics";
import type { PagesResult } from "./task";

const maxCpuRatio = 1.15;

/** Cost of a page, against the vendor's client in a plain loop. */
export async function measurePages({ subjects, service, isQuick }: Bench): Promise<Outcome> {
  const rounds = isQuick ? 2 : 16;
  const [warmUp, pages] = isQuick ? [50, 50] : [300, 500];
  const samples = await inRounds(rounds, ["plain loop", "listBackups", "control"], async (name) => {
    const subject = name === "listBackups" ? "package" : "plain";
    const task = { kind: "pages", service, warmUp, pages } as const;
    return (await run<PagesResult>(subjects, subject, task)).value;
  });
  const of = (name: keyof typeof samples, key: keyof PagesResult) =>
    column(samples[name], (sample) => sample[key]);
  const ratios = (key: keyof PagesResult, label: string): Figure[] => [
    {
      name: `${label}: listBackups / plain loop`,
      unit: "",
      spread: ratioOf(of("listBackups", key), of("plain loop", key)),
    },
    {
      name: `${label}: plain loop / plain loop (control)`,
      unit: "",
      spread: ratioOf(of("control", key), of("plain loop", key)),
    },
  ];
  const cpuRatios = ratios("cpuMsPerPage", "CPU");
  const cpuRatio = cpuRatios[0]?.spread.median ?? NaN;
  const names = ["plain loop", "listBackups"] as const;
  const perSecond = (name: keyof typeof samples) =>
    of(name, "wallMsPerPage").map((milliseconds) => 1000 / milliseconds);
  return {
    title: `Pages of 100 (${rounds} pairs of processes, ${pages} pages each after ${warmUp})`,
    figures: [
      ...names.map((name) => ({
        name: `pages per second, ${name}`,
        unit: "/s",
        spread: spreadOf(perSecond(name)),
      })),
      ...names.map((name) => ({
        name: `CPU per page, ${name}`,
        unit: "ms",
        spread: spreadOf(of(name, "cpuMsPerPage")),
      })),
      ...cpuRatios,
      ...ratios("wallMsPerPage", "time"),
    ],
    target: {
      text: `CPU per page at most ${maxCpuRatio} times the plain loop's`,
      isMet: cpuRatio <= maxCpuRatio,
    },
    samples,
  };
}
