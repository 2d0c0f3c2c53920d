// Ctrl-C while the plugin waits for a backup, and the plugin's end in ordinary runs.

import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../simulator";
import { wireRow } from "../support/backups";
import { ago } from "../support/gateTimes";
import {
  during,
  isAlive,
  pluginProject,
  type PluginProject,
  type Running,
} from "./support/pluginProjects";
import { diagnosticsOf } from "./support/runs";
import { theEngine } from "./support/stacks";

const good = wireRow({ StartTime: ago(2), EndTime: ago(1) });
const creating = wireRow({ Status: "Creating", StartTime: ago(0.01), EndTime: null });
const waiting = {
  serviceInstanceId: "si-1",
  maxAge: "24h",
  waitTimeout: "10m",
  pollInterval: "1s",
};

const token = "computenest:index:getBackup";
const programs = {
  BackupGate: {
    resources: { gate: { type: "computenest:index:BackupGate", properties: waiting } },
  },
  getBackup: {
    outputs: {
      id: { "fn::invoke": { function: token, arguments: waiting, return: "backupId" } },
    },
  },
};

/** Ctrl-C of a terminal reaches the whole group; a supervisor may end the CLI alone. */
const targets = [
  ["the CLI's process group", (pid: number) => -pid],
  ["the CLI alone", (pid: number) => pid],
] as const;

const cancelled = "The call was cancelled.";
const errorsOfTheEnd = new Set([
  "error: update canceled",
  "error: update failed",
  `error: ${cancelled}`,
  `error: rpc error: code = Unknown desc = invocation of ${token} returned an error: ${cancelled}`,
  "error: Error registering output [id]: no diagnostics",
]);

/** Longer than any machine takes, shorter than the engine waits for a plugin that does not end. */
const soonMs = 4000;

/** Ends a run and checks how: soon, calmly, and with nothing left over. */
async function interrupt(
  project: PluginProject,
  run: Running,
  targetOf: (pid: number) => number,
): Promise<string> {
  const startedAt = Date.now();
  process.kill(targetOf(run.pid), "SIGINT");
  const { code, shown } = await run.ended;
  const took = Date.now() - startedAt;

  assert.notEqual(code, 0, shown);
  assert.ok(took < soonMs, `${took} ms\n${shown}`);
  assert.doesNotMatch(shown, /prematurely|panic|goroutine|a bug in|^\s+at /m);
  await assertNothingLeft(project, run);
  return shown;
}

async function assertNothingLeft(project: PluginProject, { pid }: Running): Promise<void> {
  const plugins = await project.plugins();
  assert.notDeepEqual(plugins, []);
  assert.deepEqual([-pid, ...plugins].filter(isAlive), []);
  assert.deepEqual((await project.state()).pending, []);
}

describe("Ctrl-C", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let lastRequestAt = 0;

  before(async () => {
    await theEngine();
    simulator = await startSimulator({
      onRequest: () => {
        lastRequestAt = Date.now();
      },
    });
  });
  after(() => simulator.close());

  beforeEach(() => {
    simulator.setBackups([creating]);
    simulator.clearRequests();
  });

  /** A wait polls the backups it waits for; nothing else asks for one by its id. */
  const hasPolled = () =>
    simulator.requests.some(({ parameters }) => parameters["Filter.1.Name"] === "BackupId");

  for (const [what, program] of Object.entries(programs)) {
    for (const [whom, targetOf] of targets) {
      it(`to ${whom} ends the wait of a ${what}, and leaves the stack to the next run`, async () => {
        await using project = await pluginProject(simulator);
        await project.write(program);
        const run = project.start("up", "--yes", "--skip-preview", "--stack", "test");
        await during(run, hasPolled);

        const shown = await interrupt(project, run, targetOf);

        const errors = Object.values(diagnosticsOf(shown)).flat();
        const told = errors.filter((line) => line.startsWith("error: "));
        assert.deepEqual(
          told.filter((line) => !errorsOfTheEnd.has(line)),
          [],
        );
        assert.ok(
          told.some((line) => line.endsWith(cancelled)),
          shown,
        );
        assert.ok(!(await project.state()).names.includes("gate"));

        simulator.setBackups([good]);
        const next = await project.start("up", "--yes", "--skip-preview", "--stack", "test").ended;
        assert.equal(next.code, 0, next.shown);
      });
    }
  }

  it("ends a run whose plugin has only just been started", async () => {
    await using project = await pluginProject(simulator);
    await project.write(programs.BackupGate);
    const run = project.start("up", "--yes", "--skip-preview", "--stack", "test");
    await during(run, async () => (await project.plugins()).length > 0);

    const [[, group]] = targets;
    await interrupt(project, run, group);

    assert.deepEqual(simulator.requests, []);
  });

  it("is not needed: no run is held up by the plugin's end", async () => {
    simulator.setBackups([good]);
    await using project = await pluginProject(simulator);
    await project.write(programs.BackupGate);

    // Twice, as the second starts from a state.
    for (const command of ["up", "up", "destroy"]) {
      const run = project.start(command, "--yes", "--skip-preview", "--stack", "test");
      const { code, shown } = await run.ended;
      const endedAt = Date.now();

      assert.equal(code, 0, shown);
      if (command === "up") {
        const took = endedAt - lastRequestAt;
        assert.ok(took < soonMs, `${took} ms`);
      }
      await assertNothingLeft(project, run);
    }
  });
});
