// One plugin, started by hand as for a debugger, that run after run attaches to.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { wireRow } from "../support/backups";
import { ago } from "../support/gateTimes";
import { during, pluginProject, type PluginProject } from "./support/pluginProjects";
import { diagnosticsOf } from "./support/runs";
import { theEngine } from "./support/stacks";

const launcher = resolve(__dirname, "..", "..", "plugin", "pulumi-resource-computenest");
const backup = (fields: Parameters<typeof wireRow>[0]): BackupRow =>
  wireRow({ StartTime: ago(2), EndTime: ago(1), CreateTime: ago(2), ...fields });
const good = backup({});
const bad = backup({ Status: "CreateFailed", StatusDetail: "no disk" });
const creating = backup({ Status: "Creating", StartTime: ago(0.01), EndTime: null });

const gate = {
  serviceInstanceId: "si-1",
  maxAge: "24h",
  waitTimeout: "10m",
  pollInterval: "1s",
};

/** A gate with a trigger, and a list. */
const program = (release: string) => ({
  variables: {
    backups: { "fn::invoke": { function: "computenest:index:getBackups", arguments: {} } },
  },
  resources: {
    gate: {
      type: "computenest:index:BackupGate",
      properties: { ...gate, triggers: { release } },
    },
  },
  outputs: { ids: "${backups.ids}" },
});

interface Attached {
  readonly project: PluginProject;
  /** Runs a command on the stack. */
  readonly run: (...args: string[]) => Promise<{ readonly code: number | null; shown: string }>;
  /** Whether the plugin that was started by hand still runs, and is the only one there ever was. */
  readonly isAlone: () => Promise<boolean>;
}

describe("an attached plugin", function () {
  this.timeout(120_000);
  let simulator: Simulator;

  before(async () => {
    await theEngine();
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  beforeEach(() => {
    simulator.setBackups([good]);
    simulator.faults.clear();
    simulator.clearRequests();
  });

  /** A project whose runs attach to a plugin that ends with the test. */
  async function attached(test: (attached: Attached) => Promise<void>): Promise<void> {
    await using project = await pluginProject(simulator);
    const plugin = spawn(launcher, { env: project.env, stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(plugin, "close");
    try {
      const [port] = (await once(plugin.stdout, "data")) as [Buffer];
      project.env["PULUMI_DEBUG_PROVIDERS"] = `computenest:${port.toString().trim()}`;
      await test({
        project,
        run: (...args) => project.start(...args, "--stack", "test").ended,
        isAlone: async () => plugin.exitCode === null && (await project.plugins()).length === 0,
      });
    } finally {
      plugin.kill("SIGINT");
      await ended;
    }
  }

  const closed = () =>
    "No backup of si-1 qualifies (Created, started within 24h). Seen 1: backup-1 CreateFailed, " +
    `2h old: no disk. Asked ${simulator.host} as LTAI…Key (the provider's configuration).`;

  it("serves the run after a run, and after one that Ctrl-C has ended", async () => {
    await attached(async ({ project, run, isAlone }) => {
      await project.write(program("one"));
      const first = await run("up", "--yes", "--skip-preview");
      assert.equal(first.code, 0, first.shown);
      assert.match(first.shown, /\nOutputs:\n +ids: \[\n +\[0\]: "backup-1"\n +\]\n/);

      simulator.setBackups([creating]);
      simulator.clearRequests();
      await project.write(program("two"));
      const waiting = project.start("up", "--yes", "--skip-preview", "--stack", "test");
      await during(waiting, () => simulator.requests.length > 3);
      process.kill(-waiting.pid, "SIGINT");
      const second = await waiting.ended;
      assert.notEqual(second.code, 0);
      assert.deepEqual(diagnosticsOf(second.shown)["gate"], ["error: The call was cancelled."]);
      assert.doesNotMatch(second.shown, /prematurely/);
      assert.ok(await isAlone());

      simulator.setBackups([bad]);
      const third = await run("up", "--yes", "--skip-preview");
      assert.notEqual(third.code, 0);
      assert.deepEqual(diagnosticsOf(third.shown)["gate"], [`error: ${closed()}`]);

      simulator.setBackups([good]);
      const fourth = await run("up", "--yes", "--skip-preview");
      assert.equal(fourth.code, 0, fourth.shown);
      assert.match(fourth.shown, /\nResources:\n +~ 1 updated\n +1 unchanged\n/);
      assert.ok(await isAlone());
    });
  });

  it("tells each run of its own waits and failed requests, and no other", async () => {
    await attached(async ({ project, isAlone }) => {
      for (const release of ["one", "two"]) {
        simulator.setBackups([{ ...creating, BackupId: `backup-${release}` }]);
        simulator.clearRequests();
        await project.write(program(release));
        const running = project.start("up", "--yes", "--skip-preview", "--stack", "test");
        await during(running, () => simulator.requests.length > 3);
        simulator.setBackups([{ ...good, BackupId: `backup-${release}` }]);
        const { code, shown } = await running.ended;

        assert.equal(code, 0, shown);
        const told = shown.match(/backup-\w+ Creating, 0s of 10m/g) ?? [];
        assert.deepEqual(new Set(told), new Set([`backup-${release} Creating, 0s of 10m`]));
      }
      assert.ok(await isAlone());
    });
  });

  it("keeps no verdict of a run for the next", async () => {
    await attached(async ({ project, run }) => {
      await project.write(program("one"));
      const created = await run("up", "--yes", "--skip-preview");
      assert.equal(created.code, 0, created.shown);

      simulator.setBackups([bad]);
      const preview = await run("preview");
      assert.deepEqual(diagnosticsOf(preview.shown)["gate"], [
        `error: Preview failed: ${closed()}`,
      ]);

      // A refresh asks nobody: a verdict that it found would be that of the preview.
      simulator.clearRequests();
      const refresh = await run("refresh", "--yes", "--skip-preview", "--expect-no-changes");
      assert.equal(refresh.code, 0, refresh.shown);
      assert.match(refresh.shown, /\nResources:\n +2 unchanged\n/);
      assert.deepEqual(simulator.requests, []);

      simulator.setBackups([good]);
      const open = await run("preview", "--expect-no-changes");
      assert.equal(open.code, 0, open.shown);
    });
  });
});
