// The programs that schema.json and the pages of the Pulumi Registry show: they run, or compile.

import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startSimulator, type Simulator } from "../../simulator";
import { documented, programOf, type Documented } from "../../tools/docs/programs";
import { findOnPath } from "../../tools/engine/searchPath";
import { wireRow } from "../support/backups";
import { ago } from "../support/gateTimes";
import { leaveOut } from "./support/leaveOut";
import { installPackage, projectFolder, type Project } from "./support/projects";
import { pythonFor, runPython } from "./support/pythonPrograms";
import { projectFile } from "./support/sdkPrograms";
import * as sdks from "./support/sdks";

const modules = resolve(__dirname, "..", "..", "node_modules");
const names = Object.keys(documented) as Documented[];

const times = { StartTime: ago(3), EndTime: ago(2), CreateTime: ago(3), ModifiedTime: ago(2) };
const rows = [
  wireRow({ ...times, RetentionDays: 7 }),
  wireRow({ ...times, BackupId: "backup-2", Status: "CreateFailed" }),
  wireRow({ ...times, BackupId: "backup-3", ServiceInstanceId: "si-2" }),
];

/** Each program exports the id of the one good backup of si-1, in its own way. */
function assertExported(name: Documented, outputs: unknown): void {
  if (name !== "getBackups") {
    assert.deepEqual(outputs, { backupId: "backup-1" });
    return;
  }
  const { ids, latest } = outputs as { ids: string[]; latest: Record<string, unknown> };
  assert.deepEqual(ids, ["backup-1"]);
  assert.equal(latest["backupId"] ?? latest["backup_id"], "backup-1");
}

describe("programs in documents", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let workshop: Project;
  let folders: sdks.Sdks;

  before(async () => {
    simulator = await startSimulator({ backups: rows });
    workshop = await projectFolder();
    folders = await sdks.generateSdks(workshop);
  });
  after(async () => {
    await simulator.close();
    await workshop[Symbol.asyncDispose]();
  });

  async function projectOf(runtime: string, file: string, program: string): Promise<Project> {
    const project = await projectFolder();
    await installPackage(project);
    const isYaml = runtime === "yaml";
    const rest = isYaml ? program : "";
    await writeFile(join(project.folder, "Pulumi.yaml"), `${projectFile(runtime)}${rest}\n`);
    if (!isYaml) await writeFile(join(project.folder, file), program);
    Object.assign(project.env, {
      COMPUTENEST_ENDPOINT: simulator.url,
      ALICLOUD_REGION: "cn-hangzhou",
      ALIBABA_CLOUD_ACCESS_KEY_ID: simulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: simulator.accessKeySecret,
    });
    return project;
  }

  async function outputsOf(project: Project): Promise<unknown> {
    await project.pulumi("stack", "init", "test");
    const { code, stdout } = await project.pulumi("up", "-yf", "-c", "serviceInstanceId=si-1");
    assert.equal(code, 0, stdout);
    return JSON.parse((await project.pulumi("stack", "output", "--json")).stdout);
  }

  for (const name of names) {
    it(`${name} in YAML`, async () => {
      await using project = await projectOf("yaml", "", programOf(name, "yaml"));

      assertExported(name, await outputsOf(project));
    });

    // Its types are checked by `npm run typecheck`.
    it(`${name} in TypeScript`, async () => {
      await using project = await projectOf("nodejs", "index.ts", programOf(name, "typescript"));
      for (const needed of ["@pulumi", "@types", "typescript", "ts-node"]) {
        const installed = join(project.folder, "node_modules", needed);
        await symlink(join(modules, needed), installed, "junction");
      }
      await writeFile(join(project.folder, "package.json"), "{}");
      project.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";

      assertExported(name, await outputsOf(project));
    });
  }

  describe("in Python", function () {
    let python = "";

    before(async function () {
      this.timeout(600_000);
      const requirements = await sdks.pythonRequirements(folders.python);
      python = await pythonFor(this, "documents' programs in Python", requirements);
    });

    for (const name of names) {
      it(name, async () => {
        await using project = await projectOf("python", "__main__.py", programOf(name, "python"));
        await sdks.installPythonSdk(project, python, folders.python);

        assertExported(name, await runPython(python, project, { serviceInstanceId: "si-1" }));
      });
    }
  });

  describe("in Go", function () {
    before(async function () {
      const [go] = await findOnPath("go", process.env);
      if (go === undefined) leaveOut(this, "documents' programs in Go", "there is no go on PATH");
    });

    it("compile", async function () {
      this.timeout(600_000);
      for (const name of names) {
        await mkdir(join(folders.go, name));
        await writeFile(join(folders.go, name, "main.go"), programOf(name, "go"));
      }

      const { code, stdout, stderr } = await sdks.buildGoSdk(workshop, folders.go);

      assert.equal(code, 0, stdout + stderr);
    });
  });
});
