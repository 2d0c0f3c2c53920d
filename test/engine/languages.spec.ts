// The ways in for programs that are not written in TypeScript.

import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { packPlugin } from "../../tools/pack/main";
import { installPackage, projectFolder, type Ended, type Project } from "./support/projects";
import { pythonFor, runPython } from "./support/pythonPrograms";
import { theEngine } from "./support/stacks";

const repository = resolve(__dirname, "..", "..");

/** A backup of a service instance `si-NAME`. */
function backup(name: string, hoursAgo: number): BackupRow {
  const time = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  const own = { BackupId: `backup-${name}`, ServiceInstanceId: `si-${name}`, Status: "Created" };
  return { ...own, StartTime: time, EndTime: time };
}

const backups = [backup("fresh", 2), backup("stale", 31)];

/** The beginning of what is said when the backup of `si-NAME` is 31 hours old. */
function refusal(name: string): string {
  const seen = `Seen 1: backup-${name} Created, 31h old: 7h too old.`;
  return `No backup of si-${name} qualifies (Created, started within 24h). ${seen}`;
}

/** Options of `pulumi up` that set stack config. */
function config(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ["--config", `${name}=${value}`]);
}

const instance = (name: string) => config({ serviceInstanceId: `si-${name}` });

/** Whether an error under Diagnostics begins like this. */
function tells({ stdout }: Ended, message: string): boolean {
  return stdout.includes(`\n    error: ${message}`);
}

/** Begun in their order, a few at a time: one by one they would take a minute. */
const atATime = 3;
const begin: (() => Promise<void>)[] = [];

/** An `it` whose body runs beside those of others. */
function sideBySide(title: string, body: () => Promise<void>): void {
  const outcome = new Promise<void>((pass, fail) => {
    begin.push(() => body().then(pass, fail));
  });
  // It may fail long before mocha asks for it.
  outcome.catch(() => undefined);
  it(title, () => outcome);
}

function beginAll(): void {
  const rest = begin.values();
  const next = async () => {
    for (const run of rest) await run();
  };
  for (let i = 0; i < atATime; i++) void next();
}

describe("in other languages", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let settings: Readonly<Record<string, string>>;

  before(async () => {
    simulator = await startSimulator({ backups });
    settings = {
      COMPUTENEST_ENDPOINT: simulator.url,
      ALICLOUD_REGION: "cn-hangzhou",
      ALIBABA_CLOUD_ACCESS_KEY_ID: simulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: simulator.accessKeySecret,
    };
    // Got once, not by all at a time.
    await theEngine();
    beginAll();
  });
  after(() => simulator.close());

  /** A project whose commands ask the simulator. */
  async function projectOf(example?: string): Promise<Project> {
    const project = await projectFolder(example);
    Object.assign(project.env, settings);
    return project;
  }

  async function outputsOf(project: Project): Promise<unknown> {
    const { stdout } = await project.pulumi("stack", "output", "--json");
    return JSON.parse(stdout);
  }

  sideBySide("examples/yaml-backup-ids exports ids, with settings from stack config", async () => {
    await using project = await projectFolder("yaml-backup-ids");
    await installPackage(project);
    await project.pulumi("stack", "init", "test");
    const own = config({
      "computenest:region": "cn-hangzhou",
      "computenest:endpoint": simulator.url,
      "computenest:accessKey": simulator.accessKeyId,
      "computenest:secretKey": simulator.accessKeySecret,
    });

    const { code, stdout } = await project.pulumi("up", "-yf", ...own, ...instance("fresh"));

    assert.equal(code, 0, stdout);
    assert.doesNotMatch(stdout, /warning/i);
    const { ids, latest, statusCounts } = (await outputsOf(project)) as Record<string, object>;
    assert.deepEqual(ids, ["backup-fresh"]);
    assert.equal((latest as { backupId: string }).backupId, "backup-fresh");
    assert.equal((statusCounts as { Created: number }).Created, 1);
  });

  sideBySide("examples/yaml-gate changes nothing behind a closed gate", async () => {
    await using project = await projectOf("yaml-gate");
    await installPackage(project);
    await project.pulumi("stack", "init", "test");
    const databases = () => project.inputsOf("pulumi:index:Stash");
    const haveBackup = (hoursAgo: number) => {
      simulator.setBackups([...backups, backup("changing", hoursAgo)]);
    };

    haveBackup(2);
    const created = await project.pulumi("up", "-yf", ...instance("changing"));
    assert.equal(created.code, 0, created.stdout);
    assert.deepEqual(await databases(), [{ input: "small" }]);

    haveBackup(31);
    const preview = await project.pulumi("preview", ...config({ size: "large" }));
    const stopped = await project.pulumi("up", "-yf", ...config({ size: "large" }));
    assert.notEqual(preview.code, 0);
    assert.ok(tells(preview, `Preview failed: ${refusal("changing")}`), preview.stdout);
    assert.notEqual(stopped.code, 0);
    assert.ok(tells(stopped, refusal("changing")), stopped.stdout);
    assert.deepEqual(await databases(), [{ input: "small" }]);

    haveBackup(2);
    const opened = await project.pulumi("up", "-yf", ...config({ size: "large" }));
    assert.equal(opened.code, 0, opened.stdout);
    assert.deepEqual(await databases(), [{ input: "large" }]);
  });

  sideBySide(
    "examples/shell-gate prints the backup, or says on stderr why there is none",
    async () => {
      await using project = await projectOf("shell-gate");
      await installPackage(project);

      const open = await project.run("./gate.sh", ["si-fresh"]);
      const closed = await project.run("./gate.sh", ["si-stale"]);

      assert.equal(open.code, 0, open.stderr);
      const { backupId, qualifies } = JSON.parse(open.stdout) as Record<string, unknown>;
      assert.deepEqual({ backupId, qualifies }, { backupId: "backup-fresh", qualifies: true });
      assert.equal(closed.code, 1);
      assert.equal(closed.stdout, "");
      assert.ok(closed.stderr.startsWith(`error: ${refusal("stale")}`), closed.stderr);
    },
  );

  /** A program that exports the id of a backup, and does not say where the plugin is. */
  async function writeProgram(project: Project): Promise<void> {
    const program = [
      "name: bare",
      "runtime: yaml",
      "outputs:",
      "  backupId:",
      "    fn::invoke:",
      "      function: computenest:index:getBackup",
      "      arguments: { serviceInstanceId: si-fresh, maxAge: 24h }",
      "      return: backupId",
    ];
    await writeFile(join(project.folder, "Pulumi.yaml"), `${program.join("\n")}\n`);
    await project.pulumi("stack", "init", "test");
  }

  sideBySide(
    "`pulumi package add` finds the folder, for programs and `pulumi do` alike",
    async () => {
      await using project = await projectOf();
      await installPackage(project);
      await writeProgram(project);

      const path = "./node_modules/pulumi-computenest/plugin";
      const added = await project.pulumi("package", "add", path);
      assert.equal(added.code, 0, added.stderr);
      const recorded = await readFile(join(project.folder, "Pulumi.yaml"), "utf8");
      assert.ok(recorded.includes(`\npackages:\n  computenest: ${path}\n`), recorded);
      const up = await project.pulumi("up", "-yf");
      const list = ["computenest:index:getBackups", "--service-instance-id", "si-fresh"];
      const shell = await project.pulumi("do", ...list);
      const folder = "node_modules/pulumi-computenest/plugin";
      const schema = await project.pulumi("package", "get-schema", `./${folder}`);

      assert.equal(up.code, 0, up.stdout);
      assert.deepEqual(await outputsOf(project), { backupId: "backup-fresh" });
      assert.deepEqual((JSON.parse(shell.stdout) as { ids: string[] }).ids, ["backup-fresh"]);
      const written = await readFile(join(repository, "schema.json"), "utf8");
      assert.deepEqual(JSON.parse(schema.stdout), JSON.parse(written));
    },
  );

  sideBySide("the plugin is found on PATH, of which the engine warns", async () => {
    await using project = await projectOf();
    await writeProgram(project);
    const PATH = [join(repository, "plugin"), project.env["PATH"]].join(delimiter);

    const up = await project.run("pulumi", ["--non-interactive", "up", "-yf"], { PATH });

    assert.equal(up.code, 0, up.stdout);
    assert.match(up.stdout, /warning: using pulumi-resource-computenest from \$PATH at /);
    assert.deepEqual(await outputsOf(project), { backupId: "backup-fresh" });
  });

  sideBySide("the packed plugin is installed by the CLI, and needs no npm package", async () => {
    await using project = await projectOf("yaml-gate");
    const tarball = await packPlugin(project.folder);
    const file = join(project.folder, "Pulumi.yaml");
    const program = await readFile(file, "utf8");
    await writeFile(file, program.replace(/^plugins:\n( .*\n)+/m, ""));
    const { version } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {
      version: string;
    };

    const args = ["resource", "computenest", version, "--file", tarball];
    const installed = await project.pulumi("plugin", "install", ...args);
    await rm(tarball);
    await project.pulumi("stack", "init", "test");
    const up = await project.pulumi("up", "-yf", ...instance("fresh"));
    const call = ["computenest:index:getBackup", "--service-instance-id", "si-stale"];
    const shell = await project.pulumi("do", ...call, "--max-age", "24h");

    assert.equal(installed.code, 0, installed.stderr);
    assert.equal(up.code, 0, up.stdout);
    assert.deepEqual(await outputsOf(project), { backupId: "backup-fresh" });
    assert.equal(shell.code, 1);
    assert.ok(shell.stderr.startsWith(`error: ${refusal("stale")}`), shell.stderr);
  });

  sideBySide("README quotes what the terminal shows where the plugin is not found", async () => {
    await using project = await projectOf("yaml-gate");
    await project.pulumi("stack", "init", "test");
    const file = join(project.folder, "Pulumi.yaml");
    const program = await readFile(file, "utf8");
    await writeFile(file, program.replace(/^plugins:\n( .*\n)+/m, ""));
    const readme = await readFile(join(repository, "README.md"), "utf8");

    const { code, stdout } = await project.pulumi("preview", ...instance("fresh"));

    const message = "no resource plugin 'pulumi-resource-computenest' found in the workspace";
    assert.notEqual(code, 0);
    assert.ok(stdout.includes(message), stdout);
    assert.ok(readme.includes(message));
  });

  describe("Python", function () {
    let python = "";

    before(async function () {
      this.timeout(600_000);
      const example = "examples/python-backup-ids";
      python = await pythonFor(this, example, join(repository, example, "requirements.txt"));
    });

    it("examples/python-backup-ids exports ids", async () => {
      await using project = await projectOf("python-backup-ids");
      await installPackage(project);

      const outputs = await runPython(python, project, { serviceInstanceId: "si-fresh" });

      assert.deepEqual(outputs, { ids: ["backup-fresh"] });
    });
  });
});
