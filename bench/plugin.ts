import { mkdirSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { packPlugin } from "../tools/pack/main";
import type { Bench, Outcome } from "./experiment";
import { runPlugin, type PluginTimes } from "./pluginProcess";
import { column, inRounds } from "./rounds";
import { spreadOf } from "./statistics";

/** More than this, in ms, and the plugin has begun to load what it could load later. */
const maxMore = 110;

const names = ["node alone", "built", "packed"] as const;

/** The packed plugin's code, unpacked. */
async function unpacked(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const tarball = await packPlugin(folder);
  const { status, stderr } = spawnSync("tar", ["-xzf", tarball, "-C", folder]);
  if (status !== 0) throw new Error(`The packed plugin cannot be unpacked: ${stderr.toString()}`);
  return join(folder, "main.js");
}

/** From the start of the plugin's process to its port, and from there to the first answer. */
export async function measurePlugin({ subjects, service, isQuick }: Bench): Promise<Outcome> {
  const rounds = isQuick ? 2 : 24;
  const installed = join(subjects, "..", "node_modules", "pulumi-computenest");
  const mains: Readonly<Record<(typeof names)[number], string | undefined>> = {
    "node alone": undefined,
    built: join(installed, "bin", "provider", "plugin", "main.js"),
    packed: await unpacked(join(subjects, "..", "packed")),
  };
  const once = (name: (typeof names)[number]) => runPlugin(mains[name], service);
  // Unmeasured: the first one also reads the files from disk.
  await inRounds(1, names, once);
  const samples = await inRounds(rounds, names, once);
  const of = (name: (typeof names)[number], key: keyof PluginTimes) =>
    column(samples[name], (sample) => sample[key]);
  const more = (name: "built" | "packed") =>
    spreadOf(
      of(name, "portMs").map((ms, round) => ms - (of("node alone", "portMs")[round] ?? NaN)),
    );
  const plugins = ["built", "packed"] as const;
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
    target: {
      text: `at most ${maxMore} ms more than \`node -e 0\` to the port`,
      isMet: plugins.every((name) => more(name).median <= maxMore),
    },
    samples,
  };
}
