import assert from "node:assert/strict";
import { cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { sampleBackups, startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { cliEnvironment, simulatorConfig, stackFolder, theEngine } from "./support/stacks";

const repository = resolve(__dirname, "..", "..");

/** 2,345 backups of one service instance, times by turns in `Z` and `+08:00`, in no order. */
function manyBackups(): BackupRow[] {
  return Array.from({ length: 2345 }, (_, i) => {
    // A prime step visits every minute of the range once.
    const startedAt = Date.UTC(2026, 0, 1) + ((i * 1009) % 2345) * 60_000;
    const shifted = new Date(startedAt + (i % 2) * 8 * 3_600_000).toISOString().slice(0, 19);
    return {
      BackupId: `backup-${String(i).padStart(20, "0")}`,
      ServiceInstanceId: "si-many",
      Status: "Created",
      StartTime: shifted + (i % 2 === 0 ? "Z" : "+08:00"),
      CreateTime: shifted + (i % 2 === 0 ? "Z" : "+08:00"),
    };
  });
}

/** As after `npm install pulumi-computenest @pulumi/pulumi`, but with the code under test. */
async function install(work: string): Promise<void> {
  const own = join(work, "node_modules");
  const link = (name: string, target: string) => symlink(target, join(own, name), "junction");
  await writeFile(join(work, "package.json"), "{}");
  await mkdir(own);
  await link("pulumi-computenest", repository);
  for (const name of ["@pulumi", "@types", "typescript", "ts-node"]) {
    await link(name, join(repository, "node_modules", name));
  }
}

describe("examples/backup-ids, run by the CLI", function () {
  this.timeout(180_000);
  let folder: string;
  let stack: Stack;
  let simulator: Simulator;

  before(async () => {
    const backups = [...sampleBackups({ now: Date.now() }), ...manyBackups()];
    simulator = await startSimulator({ backups });
    folder = await stackFolder();
    const work = join(folder, "work");
    await cp(join(repository, "examples", "backup-ids"), work, { recursive: true });
    await install(work);
    const { root } = await theEngine();
    stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "test", workDir: work },
      {
        pulumiCommand: await PulumiCommand.get({ root }),
        pulumiHome: join(folder, "home"),
        envVars: {
          ...(await cliEnvironment(folder)),
          // Its types are checked by `npm run typecheck`; here they would cost half of the time.
          PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        },
      },
    );
    await stack.setAllConfig(simulatorConfig(simulator));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await simulator.close();
  });

  it("exports every id once, newest first, whatever the offsets of the times", async () => {
    await stack.setConfig("serviceInstanceId", { value: "si-many" });

    const { outputs } = await stack.up();

    const newestFirst = manyBackups()
      .sort((a, b) => Date.parse(b.StartTime!) - Date.parse(a.StartTime!))
      .map(({ BackupId }) => BackupId);
    assert.deepEqual(outputs["ids"]!.value, newestFirst);
    assert.equal(
      simulator.requests.filter(({ action }) => action === "ListBackups").length % 24,
      0,
      "24 pages a reading",
    );
  });

  it("shows no change while the backups do not change", async () => {
    await stack.preview({ expectNoChanges: true });
    const { stdout } = await stack.preview({ expectNoChanges: true });

    assert.doesNotMatch(stdout, /Outputs:/);
  });

  it("exports the latest restorable backup and the counts of the sample set", async () => {
    const [first] = simulator.backups;
    await stack.setConfig("serviceInstanceId", { value: first!.ServiceInstanceId! });

    const { outputs } = await stack.up();

    const rows = simulator.backups.filter((b) => b.ServiceInstanceId === first!.ServiceInstanceId);
    const created = rows.filter(({ Status }) => Status === "Created");
    const latest = created.map(({ StartTime }) => Date.parse(StartTime!)).sort((a, b) => b - a)[0]!;
    const exported = outputs["latest"]!.value as { startTime: string; status: string };
    assert.equal(exported.status, "Created");
    assert.equal(Date.parse(exported.startTime), Math.floor(latest / 1000) * 1000);
    const counts = outputs["statusCounts"]!.value as Record<string, number>;
    assert.equal(counts["Created"], created.length);
    assert.equal((outputs["ids"]!.value as string[]).length, rows.length);
  });
});
