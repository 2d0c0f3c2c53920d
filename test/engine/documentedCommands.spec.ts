// Commands that README and the gallery of examples tell to type, typed: in a folder of their own, with
// the package as npm would publish it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { packPlugin } from "../../tools/pack/main";
import { findOnPath } from "../../tools/engine/searchPath";
import { blocksOf, read } from "../docs/markdown";
import { leaveOut } from "./support/leaveOut";
import { projectFolder, type Ended, type Project } from "./support/projects";

const repository = resolve(__dirname, "..", "..");

/** The one command of README's that has this in it. */
function commandWith(words: string): string {
  const [block, ...others] = blocksOf("README.md").filter(
    ({ language, text }) => language === "sh" && text.includes(words),
  );
  assert.deepEqual(others, []);
  return block?.text.trim() ?? assert.fail(`README tells nobody to ${words}`);
}

/** The command that the gallery has for an example. */
function galleryCommand(example: string): string {
  const row = read("examples/README.md")
    .split("\n")
    .find((line) => line.startsWith(`| [${example}]`));
  return /`([^`]+)` *\|$/.exec(row ?? "")?.[1] ?? assert.fail(`no command for ${example}`);
}

function backup(hours: number): BackupRow {
  const StartTime = new Date(Date.now() - hours * 3_600_000).toISOString();
  const ServiceInstanceId = "si-7b6138dfce1e4c41ab71";
  return { BackupId: "backup-1", ServiceInstanceId, Status: "Created", StartTime };
}

describe("documented commands, typed", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let project: Project;
  let shell: (command: string) => Promise<Ended>;

  before(async () => {
    simulator = await startSimulator();
    project = await projectFolder();
    Object.assign(project.env, {
      COMPUTENEST_ENDPOINT: simulator.url,
      ALICLOUD_REGION: "cn-hangzhou",
      ALIBABA_CLOUD_ACCESS_KEY_ID: simulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: simulator.accessKeySecret,
      NO_COLOR: "1",
    });
    shell = (command) => project.run("sh", ["-c", command]);

    const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", project.folder];
    const packed = await project.run("npm", [...pack, repository]);
    assert.equal(packed.code, 0, packed.stderr);
    const published = `./${packed.stdout.trim()} --no-audit --no-fund --prefer-offline`;
    const install = commandWith("npm init -y").replace(/pulumi-computenest$/, published);
    const installed = await shell(install);
    assert.equal(installed.code, 0, installed.stderr);
  });
  after(async () => {
    await project[Symbol.asyncDispose]();
    await simulator.close();
  });

  it("pulumi do … && ./deploy.sh deploys behind an open gate only", async () => {
    const deploy = "#!/bin/sh\necho deployed\n";
    await writeFile(join(project.folder, "deploy.sh"), deploy, { mode: 0o755 });
    const command = commandWith("./deploy.sh");

    simulator.setBackups([backup(2)]);
    const open = await shell(command);
    simulator.setBackups([backup(31)]);
    const closed = await shell(command);

    assert.equal(open.code, 0, open.stderr);
    assert.match(open.stdout, /"backupId": "backup-1"[^]*\ndeployed\n$/);
    assert.equal(closed.code, 1);
    assert.equal(closed.stdout, "");
    assert.match(closed.stderr, /^error: No backup of si-7b6138dfce1e4c41ab71 qualifies /);
  });

  it("pulumi plugin install … installs what npm run pack:plugin makes", async () => {
    await packPlugin(project.folder);

    const { code, stderr } = await shell(commandWith("pulumi plugin install"));

    assert.equal(code, 0, stderr);
    const listed = await project.pulumi("plugin", "ls", "--json");
    assert.match(listed.stdout, /"name": "computenest"/);
  });

  it("npx computenest-simulator … serves a recorded answer", async () => {
    const { folder: cwd, env } = project;
    await writeFile(join(cwd, "recorded.json"), JSON.stringify({ Backups: [backup(2)] }));
    const command = commandWith("npx computenest-simulator").replace("--port 8080", "--port 0");

    const child = spawn("sh", ["-c", `exec ${command}`], { cwd, env, detached: true });
    const ended = once(child, "close");
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    while (!printed.includes("export COMPUTENEST_ENDPOINT=") && child.exitCode === null) {
      await Promise.race([once(child.stdout, "data"), ended]);
    }
    // npx as well as what it started.
    process.kill(-(child.pid ?? assert.fail()), "SIGTERM");
    await ended;

    assert.match(printed, /\n1 backups and 0 restore tasks \(recorded\.json\)\n/);
  });

  /** The example in the project's folder, where its modules are those of the project and these. */
  async function typed(example: string, ...modules: string[]): Promise<Ended> {
    const folder = join(project.folder, example);
    const installed = join(project.folder, "node_modules");
    await cp(join(repository, "examples", example), folder, { recursive: true });
    for (const name of modules) {
      const link = join(installed, name);
      if (existsSync(link)) continue;
      await mkdir(dirname(link), { recursive: true });
      await symlink(join(repository, "node_modules", name), link);
    }
    await symlink(installed, join(folder, "node_modules"), "junction");
    await writeFile(join(folder, "package.json"), "{}");
    return project.run("sh", ["-c", `cd ${example} && ${galleryCommand(example)}`]);
  }

  it("examples/testing-mocha passes", async () => {
    const modules = ["mocha", "ts-node", "typescript", "@types/mocha", "@types/node", ".bin/mocha"];
    const { code, stdout, stderr } = await typed("testing-mocha", ...modules);

    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /\b4 passing\b/);
  });

  it("examples/testing-vitest passes", async () => {
    const { code, stdout, stderr } = await typed("testing-vitest", "vitest", ".bin/vitest");

    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /Tests +4 passed \(4\)/);
  });

  it("examples/testing-python passes", async function () {
    const [python] = await findOnPath("python3", process.env);
    if (python === undefined) leaveOut(this, "examples/testing-python", "there is no python3");

    const { code, stderr } = await typed("testing-python");

    assert.equal(code, 0, stderr);
    assert.match(stderr, /^Ran 4 tests in .*\n\nOK$/m);
  });
});
