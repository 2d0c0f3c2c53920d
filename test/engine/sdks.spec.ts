// schema.json as the official code generators understand it: SDKs that compile, and programs on them.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startSimulator, type Simulator } from "../../simulator";
import { findOnPath } from "../../tools/engine/searchPath";
import { wireRow } from "../support/backups";
import { ago } from "../support/gateTimes";
import { leaveOut } from "./support/leaveOut";
import { installPackage, projectFolder, type Project } from "./support/projects";
import { pythonFor, runPython } from "./support/pythonPrograms";
import { goProgram, projectFile, pythonProgram, typeScriptProgram } from "./support/sdkPrograms";
import * as sdks from "./support/sdks";

const repository = resolve(__dirname, "..", "..");

const days = (count: number, since: string) =>
  new Date(Date.parse(since) + count * 86_400_000).toISOString().replace(".000", "");

const times = { StartTime: ago(3), EndTime: ago(2), CreateTime: ago(3), ModifiedTime: ago(2) };
const failed = { Status: "CreateFailed", StatusDetail: "no disk", StartTime: ago(1) };
const rows = [
  wireRow({ ...times, RetentionDays: 7 }),
  wireRow({ ...times, ...failed, BackupId: "backup-2" }),
  wireRow({ ...times, BackupId: "backup-3", ServiceInstanceId: "si-2" }),
];

const own = { serviceInstanceId: "si-1", backupMode: "Manual" };
const common = { ...own, endTime: times.EndTime, modifiedTime: times.ModifiedTime };
/** The backup of si-1 that is good, and the one that is not, as a program has them. */
const good = {
  ...common,
  backupId: "backup-1",
  status: "Created",
  startTime: times.StartTime,
  createTime: times.CreateTime,
  retentionDays: 7,
  expireTime: days(7, times.StartTime),
};
const bad = {
  ...common,
  backupId: "backup-2",
  status: "CreateFailed",
  statusDetail: "no disk",
  startTime: failed.StartTime,
  createTime: times.CreateTime,
};
const none = { CreateFailed: 0, Creating: 0, Deleted: 0, DeleteFailed: 0, Deleting: 0 };

/** What the program exports, in whatever language it is written, but for the time of its run. */
const exported = {
  backups: [bad],
  latestByServiceInstance: { "si-1": good },
  statusCounts: { ...none, Created: 1, CreateFailed: 1 },
  retentionDays: 7,
  failure: "no disk",
  gated: good,
  triggers: { release: "one" },
  qualifies: true,
};

const settingsOf = ({ url, accessKeyId, accessKeySecret }: Simulator) => ({
  endpoint: url,
  accessKey: accessKeyId,
  secretKey: accessKeySecret,
});

function assertExported(outputs: unknown): void {
  const { passedAt, ...rest } = outputs as { passedAt: string };
  assert.deepEqual(rest, exported);
  assert.ok(Math.abs(Date.parse(passedAt) - Date.now()) < 120_000, passedAt);
}

describe("SDKs generated from schema.json", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let workshop: Project;
  let folders: sdks.Sdks;
  let version: string;

  before(async () => {
    simulator = await startSimulator({ backups: rows });
    workshop = await projectFolder();
    folders = await sdks.generateSdks(workshop);
    ({ version } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {
      version: string;
    });
  });
  after(async () => {
    await simulator.close();
    await workshop[Symbol.asyncDispose]();
  });

  async function projectIn(runtime: string, file: string, program: string): Promise<Project> {
    const project = await projectFolder();
    await installPackage(project);
    await writeFile(join(project.folder, "Pulumi.yaml"), projectFile(runtime));
    await writeFile(join(project.folder, file), program);
    // The program names it as well; without its provider it must not ask the real service.
    project.env["COMPUTENEST_ENDPOINT"] = simulator.url;
    return project;
  }

  /** What has become of the provider's arguments: texts all of them, and no secret among those shown. */
  async function assertProviderSaved(project: Project): Promise<void> {
    const isSecret = (value: unknown) =>
      typeof value === "object" && value !== null && "ciphertext" in value;
    const [inputs] = await project.inputsOf("pulumi:providers:computenest");
    const shown = Object.entries(inputs as object)
      .filter(([name]) => name !== "__internal")
      .map(([name, value]: [string, unknown]) => [name, isSecret(value) ? "(secret)" : value]);
    assert.deepEqual(Object.fromEntries(shown), {
      accessKey: "(secret)",
      clientReadTimeout: "20000",
      endpoint: simulator.url,
      region: "cn-hangzhou",
      secretKey: "(secret)",
      version,
    });
  }

  it("Node: the SDK compiles, and so does a program on it, which runs", async () => {
    const published = await sdks.compileNodeSdk(workshop, folders.nodejs);
    await using project = await projectIn("nodejs", "index.ts", typeScriptProgram);
    await sdks.installNodeSdk(project, published);
    const compilerOptions = { strict: true, module: "node20", target: "es2023", types: ["node"] };
    const tsconfig = JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true } });
    await writeFile(join(project.folder, "tsconfig.json"), tsconfig);
    await writeFile(join(project.folder, "package.json"), "{}");
    project.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
    const config = Object.entries(settingsOf(simulator)).flatMap(([name, value]) => [
      "--config",
      `${name}=${value}`,
    ]);

    sdks.assertQuiet(await sdks.typeScript(project.run, "--project", "."));
    await project.pulumi("stack", "init", "test");
    const { code, stdout } = await project.pulumi("up", "-yf", ...config);
    const outputs = await project.pulumi("stack", "output", "--json");

    assert.equal(code, 0, stdout);
    assertExported(JSON.parse(outputs.stdout));
    await assertProviderSaved(project);
  });

  describe("Python", function () {
    let python = "";

    before(async function () {
      this.timeout(600_000);
      const requirements = await sdks.pythonRequirements(folders.python);
      python = await pythonFor(this, "the SDK for Python", requirements);
    });

    it("the SDK installs and compiles, and a program on it runs", async () => {
      await using project = await projectIn("python", "__main__.py", pythonProgram);

      const installed = await sdks.installPythonSdk(project, python, folders.python);
      sdks.assertQuiet(await project.run(python, ["-m", "compileall", "-q", installed]));
      const outputs = await runPython(python, project, settingsOf(simulator));

      assertExported(outputs);
      await assertProviderSaved(project);
    });
  });

  describe("Go", function () {
    before(async function () {
      const [go] = await findOnPath("go", process.env);
      if (go === undefined) leaveOut(this, "the SDK for Go", "there is no go on PATH");
    });

    it("the SDK compiles, and so does a program on it", async function () {
      this.timeout(600_000);
      await mkdir(join(folders.go, "program"));
      await writeFile(join(folders.go, "program", "main.go"), goProgram);

      const { code, stdout, stderr } = await sdks.buildGoSdk(workshop, folders.go);

      assert.equal(code, 0, stdout + stderr);
    });
  });
});
