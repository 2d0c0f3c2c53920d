import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { engineEnvironment, getEngine } from "../tools/engine/engine";
import { streamReporter } from "../tools/engine/progress";
import { atMost, roundsOf, type Bench, type Outcome } from "./experiment";
import { withFewBackups } from "./processes";
import { inRounds } from "./rounds";
import { differenceOf, ratioOf, spreadOf } from "./statistics";
import type { Service } from "./task";

const execute = promisify(execFile);

/** In ms: what one getBackups may add to a preview. */
const maxMore = 150;

/** The same program, with and without a call; as many ids to show are in both. */
const programs = {
  without: `
const pulumi = require("@pulumi/pulumi");
exports.ids = pulumi.output(Array.from({ length: 100 }, (_, i) => "backup-" + i));
`,
  with: `
const { getBackupsOutput } = require("pulumi-computenest");
exports.ids = getBackupsOutput({ maxPages: 1 }).ids;
`,
} as const;

type Program = keyof typeof programs;

/** A project for each program, beside the package under test. */
function makeProjects(folder: string): void {
  for (const name of ["home", "state"]) mkdirSync(join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries(programs)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    writeFileSync(join(folder, name, "package.json"), JSON.stringify({ main: "index.js" }));
    writeFileSync(join(folder, name, "index.js"), text);
  }
}

/** Nothing of the user's account, stacks and settings takes part. */
function environmentOf(folder: string, { host, accessKeyId, accessKeySecret }: Service) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ALICLOUD_|ALIBABA_?CLOUD_|COMPUTENEST_|PULUMI_|NODE_OPTIONS$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    COMPUTENEST_ENDPOINT: `http://${host}`,
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
  };
}

/** `pulumi preview` on the real engine, with one getBackups and without. */
export function measurePreview(bench: Bench): Promise<Outcome> {
  return withFewBackups(bench.subjects, (service) => measureWith(service, bench));
}

async function measureWith(service: Service, bench: Bench): Promise<Outcome> {
  const engine = await getEngine(streamReporter(process.stderr));
  const folder = join(bench.subjects, "..", "preview");
  makeProjects(folder);
  const env = { ...environmentOf(folder, service), ...engineEnvironment(engine) };
  const pulumi = (program: Program, ...args: string[]) =>
    execute("pulumi", ["--non-interactive", ...args], { cwd: join(folder, program), env });
  for (const program of ["without", "with"] as const) {
    await pulumi(program, "stack", "init", "bench");
  }
  const rounds = roundsOf(bench);
  const names = ["without", "control", "with"] as const;
  const once = async (name: (typeof names)[number]) => {
    const startedAt = performance.now();
    await pulumi(name === "control" ? "without" : name, "preview", "--stack", "bench");
    return performance.now() - startedAt;
  };
  // Unmeasured: the first one also reads the files from disk.
  await inRounds(1, names, once);
  const samples = await inRounds(rounds, names, once);
  const more = differenceOf(samples.with, samples.without);
  return {
    title: `pulumi preview with one getBackups of one page (${rounds} rounds)`,
    figures: [
      { name: "time, without", unit: "ms", spread: spreadOf(samples.without) },
      { name: "time, with", unit: "ms", spread: spreadOf(samples.with) },
      { name: "more than without", unit: "ms", spread: more },
      {
        name: "more than without, control",
        unit: "ms",
        spread: differenceOf(samples.control, samples.without),
      },
      {
        name: "time: control / without",
        unit: "",
        spread: ratioOf(samples.control, samples.without),
      },
    ],
    targets: [atMost(maxMore, more, `at most ${maxMore} ms more`)],
    samples,
  };
}
