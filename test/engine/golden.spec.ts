// The whole of what a person sees when a gate stops something: golden/*.txt. UPDATE_GOLDEN=1 rewrites
// the files; read the difference.

import assert from "node:assert/strict";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { backupGate } from "../../provider";
import { startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { assertGolden } from "./support/golden";
import { diagnosticsOf, runsOn, type Command, type Run } from "./support/runs";
import {
  cliEnvironment,
  inlineStack,
  simulatorConfig,
  stackFolder,
  theEngine,
  type TestStack,
} from "./support/stacks";

const repository = resolve(__dirname, "..", "..");

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

function backup(BackupId: string, Status: string, hours: number, more?: object): BackupRow {
  return { BackupId, ServiceInstanceId: "si-7b61", Status, StartTime: hoursAgo(hours), ...more };
}

/** Three backups, none of which can be relied on. */
const badBackups = () => [
  backup("backup-9", "CreateFailed", 2.5, { StatusDetail: "Disk d-bp1 backup failed" }),
  backup("backup-8", "Created", 31.5),
  backup("backup-7", "Deleted", 220),
];

/** The same with one that can be. */
const goodBackups = () => [backup("backup-10", "Created", 1.5), ...badBackups()];

const program = `"use strict";
const { getBackup } = require("pulumi-computenest");
const { Stash } = require("@pulumi/pulumi");

module.exports = async () => {
  await getBackup({ serviceInstanceId: "si-7b61", maxAge: "24h" });
  new Stash("database", { input: "first" });
};
`;

/** A preview of a program on disk, as after `npm install`. */
async function previewOnDisk(simulator: Simulator): Promise<string> {
  const folder = await stackFolder();
  const work = join(folder, "work");
  const modules = join(work, "node_modules");
  await mkdir(modules);
  await symlink(repository, join(modules, "pulumi-computenest"), "junction");
  await symlink(join(repository, "node_modules", "@pulumi"), join(modules, "@pulumi"), "junction");
  await writeFile(join(work, "Pulumi.yaml"), "name: inline\nruntime: nodejs\n");
  await writeFile(join(work, "package.json"), "{}");
  await writeFile(join(work, "index.js"), program);
  const { root } = await theEngine();
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", workDir: work },
    {
      pulumiCommand: await PulumiCommand.get({ root }),
      pulumiHome: join(folder, "home"),
      envVars: await cliEnvironment(folder),
    },
  );
  await stack.setAllConfig(simulatorConfig(simulator));
  let terminal = "";
  const onOutput = (text: string) => {
    terminal += text;
  };
  await assert.rejects(stack.preview({ onOutput, suppressProgress: true }));
  await rm(folder, { recursive: true, force: true });
  return terminal;
}

class Folder extends pulumi.ComponentResource {
  constructor(name: string, input: string, hooks: pulumi.ResourceHookBinding) {
    super("example:index:Folder", name, { input }, { hooks });
    this.registerOutputs();
  }
}

/** What the program is to do. */
interface Wish {
  readonly database?: string;
  readonly patient?: string;
  readonly folder?: string;
}

const atFirst: Wish = { database: "first", patient: "first", folder: "first" };

function declare({ database, patient, folder }: Wish): object {
  const args = { serviceInstanceId: "si-7b61", maxAge: "24h" };
  const hooks = backupGate("database-backup", args);
  if (database !== undefined) new pulumi.Stash("database", { input: database }, { hooks });
  const waiting = { waitTimeout: "1s", pollInterval: "1s" };
  const patientHooks = backupGate("patient-backup", { ...args, ...waiting });
  if (patient !== undefined) {
    new pulumi.Stash("patient", { input: patient }, { hooks: patientHooks });
  }
  if (folder !== undefined) new Folder("folder", folder, hooks);
  return {};
}

const up: Command = (stack, display) => stack.up(display);

describe("what the terminal shows when a gate is closed", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let test: TestStack;
  let run: (wish: Wish) => Promise<Run>;

  before(async () => {
    simulator = await startSimulator({ backups: goodBackups() });
    let wish = atFirst;
    test = await inlineStack(() => declare(wish), simulatorConfig(simulator));
    const command = runsOn(test);
    run = (wished) => {
      wish = wished;
      return command(up);
    };
    const created = await run(atFirst);
    assert.equal(created.failed, false, created.terminal);
  });
  beforeEach(() => {
    simulator.setBackups(badBackups());
    simulator.faults.clear();
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
    await simulator.close();
  });

  /** One message, on the resource it is about, no stack and no secret; and all the rest as before. */
  async function assertShown(name: string, resource: string, terminal: string): Promise<void> {
    const { [resource]: told = [], ...others } = diagnosticsOf(terminal);
    assert.equal(told.length, 1, terminal);
    const summary = { "inline-test": ["error: update failed"] };
    assert.deepEqual(others, resource === "inline-test" ? {} : summary);
    assert.doesNotMatch(terminal, /^\s+at /m, "shows a stack");
    assert.equal(terminal.includes(simulator.accessKeySecret), false, "shows a secret");
    await assertGolden(name, terminal);
  }

  it("getBackup at the top of the program, in a preview", async () => {
    await assertShown("top-of-program", "inline-test", await previewOnDisk(simulator));
  });

  it("a hook, in an update", async () => {
    const { terminal } = await run({ ...atFirst, database: "second" });

    await assertShown("hook-update", "database", terminal);
  });

  it("a hook, in a deletion", async () => {
    const { patient = "", folder = "" } = atFirst;
    const { terminal } = await run({ patient, folder });

    await assertShown("hook-delete", "database", terminal);
  });

  it("a wait that is over", async () => {
    simulator.setBackups([backup("backup-10", "Creating", 1.5), ...badBackups()]);

    const { terminal } = await run({ ...atFirst, patient: "second" });

    await assertShown("wait-timeout", "patient", terminal);
  });

  it("a call that is denied", async () => {
    simulator.faults.add({
      kind: "status",
      status: 403,
      code: "Forbidden.RAM",
      message: "User not authorized to operate on the specified resource.",
    });

    const { terminal } = await run({ ...atFirst, database: "second" });

    await assertShown("denied", "database", terminal);
  });

  it("a gate on a component", async () => {
    const { terminal } = await run({ ...atFirst, folder: "second" });

    await assertShown("component", "folder", terminal);
  });
});
