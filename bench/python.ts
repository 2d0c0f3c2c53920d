import { join } from "node:path";
import { pythonWith } from "../test/support/pythonWith";
import { roundsOf, type Bench, type Outcome } from "./experiment";
import { run, runCommand } from "./processes";
import { column, inRounds } from "./rounds";
import { ratioOf, spreadOf } from "./statistics";
import type { PagesResult, Task } from "./task";

const requirements = join(__dirname, "..", "test", "simulator", "python", "requirements.txt");
const script = join(__dirname, "subjects", "read_pages.py");

/** The official Python SDK, where Python is there. */
export async function measurePython(bench: Bench): Promise<Outcome> {
  const { subjects, service, isQuick } = bench;
  const found = await pythonWith(requirements);
  if ("reason" in found) {
    const title = `The official Python SDK: not measured, because ${found.reason}`;
    return { title, figures: [], targets: [], samples: [] };
  }
  const rounds = roundsOf(bench);
  const names = ["listBackups", "Python SDK"] as const;
  const task: Task = {
    kind: "pages",
    service,
    warmUp: isQuick ? 20 : 300,
    pages: isQuick ? 20 : 100,
  };
  const samples = await inRounds(rounds, names, async (name) => {
    const measured =
      name === "Python SDK"
        ? runCommand<PagesResult>([found.python, script, JSON.stringify(task)])
        : run<PagesResult>(subjects, "package", task);
    return (await measured).value;
  });
  const of = (name: (typeof names)[number], key: keyof PagesResult) =>
    column(samples[name], (sample) => sample[key]);
  const labels = { cpuMsPerPage: "CPU per page", wallMsPerPage: "time per page" };
  return {
    title: `The official Python SDK, pages of 100 (${rounds} rounds, ${task.pages} pages each)`,
    figures: (["cpuMsPerPage", "wallMsPerPage"] as const).flatMap((key) => [
      ...names.map((name) => ({
        name: `${labels[key]}, ${name}`,
        unit: "ms",
        spread: spreadOf(of(name, key)),
      })),
      {
        name: `${labels[key]}: listBackups / Python SDK`,
        unit: "",
        spread: ratioOf(of("listBackups", key), of("Python SDK", key)),
      },
    ]),
    targets: [],
    samples,
  };
}
