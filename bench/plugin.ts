import { mkdirSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { packPlugin } from "../tools/pack/main";
import { atMost, roundsOf, type Bench, type Outcome } from "./experiment";
import { runPlugin, type PluginTimes } from "./pluginProcess";
import { withFewBackups } from "./processes";
import { column, inRounds } from "./rounds";
import { differenceOf, spreadOf } from "./statistics";
import type { Service } from "./task";

/** In ms: to the port beyond Node alone, and from the port to the first answer. */
const maxMore = 50;
const maxAnswer = 150;

type Plugin = "compiled files" | "bundled";

const names = ["node alone", "compiled files", "bundled"] as const;

/** The bundled plugin, as it is packed; the compiled files stand beside it for scale. */
async function unpacked(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const tarball = await packPlugin(folder);
  const { status, stderr } = spawnSync("tar", ["-xzf", tarball, "-C", folder]);
  if (status !== 0) throw new Error(`The packed plugin cannot be unpacked: ${stderr.toString()}`);
  return join(folder, "main.js");
}

/** From the start of the plugin's process to its port, and from there to the first answer. */
export function measurePlugin(bench: Bench): Promise<Outcome> {
  return withFewBackups(bench.subjects, (service) => measureWith(service, bench));
}

async function measureWith(service: Service, bench: Bench): Promise<Outcome> {
  const { subjects } = bench;
  const rounds = roundsOf(bench);
  const installed = join(subjects, "..", "node_modules", "pulumi-computenest");
  const mains: Readonly<Record<(typeof names)[number], string | undefined>> = {
    "node alone": undefined,
    "compiled files": join(installed, "bin", "provider", "plugin", "main.js"),
    bundled: await unpacked(join(subjects, "..", "packed")),
  };
  const once = (name: (typeof names)[number]) => runPlugin(mains[name], service);
  // Unmeasured: the first one also reads the files from disk.
  await inRounds(1, names, once);
  const samples = await inRounds(rounds, names, once);
  const of = (name: (typeof names)[number], key: keyof PluginTimes) =>
    column(samples[name], (sample) => sample[key]);
  const more = (name: Plugin) => differenceOf(of(name, "portMs"), of("node alone", "portMs"));
  const plugins = ["compiled files", "bundled"] as const;
  return {
    title: `Start of the plugin to its port (${rounds} rounds)`,
    figures: [
      ...names.map((name) => ({
        name: `to the port, ${name}`,
        unit: "ms",
        spread: spreadOf(of(name, "portMs")),
      })),
      ...plugins.map((name) => ({
        name: `more than node alone, ${name}`,
        unit: "ms",
        spread: more(name),
      })),
      ...plugins.map((name) => ({
        name: `from the port to the first list, ${name}`,
        unit: "ms",
        spread: spreadOf(of(name, "answerMs")),
      })),
    ],
    targets: [
      atMost(maxMore, more("bundled"), `at most ${maxMore} ms more than \`node -e 0\` to the port`),
      atMost(
        maxAnswer,
        spreadOf(of("bundled", "answerMs")),
        `at most ${maxAnswer} ms from the port to the first answer`,
      ),
    ],
    samples,
  };
}
