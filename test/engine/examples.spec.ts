// The examples, run by the CLI as a user runs them: a copy of the folder, the packages installed in it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  startSimulator,
  type BackupRow,
  type Simulator,
  type TimelineEntry,
} from "../../simulator";
import { cliEnvironment, stackFolder } from "./support/stacks";

const repository = resolve(__dirname, "..", "..");
const execute = promisify(execFile);

function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

/** A backup of si-1 to rely on. */
function backup(fields: Partial<BackupRow> = {}): BackupRow {
  const own = { BackupId: "backup-1", ServiceInstanceId: "si-1", Status: "Created" };
  return { ...own, StartTime: hoursAgo(2), EndTime: hoursAgo(1), ...fields };
}

/** A backup that was good until seven hours ago, for those who ask for one of the last day. */
const staleBackup = () => backup({ StartTime: hoursAgo(31), EndTime: hoursAgo(30) });
const staleReason = "backup-1 Created, 31h old: 7h too old.";

/** A command that ended. */
interface Run {
  readonly failed: boolean;
  readonly stdout: string;
  /** The errors under Diagnostics, or of a command that did not come to that. */
  readonly errors: ReadonlySet<string>;
}

/** What is left of a run. */
interface State {
  readonly outputs: unknown;
  /** The stand-ins for databases. */
  readonly stashes: readonly { readonly id: string; readonly input: unknown }[];
}

interface SavedResource {
  readonly type: string;
  readonly id: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface SavedStack {
  readonly checkpoint: { readonly latest?: { readonly resources?: readonly SavedResource[] } };
}

/** What all examples have to do. They go side by side: one by one they would take minutes. */
const scripts: (() => Promise<void>)[] = [];
const atATime = 3;

async function followScripts(): Promise<void> {
  const rest = scripts.values();
  const followNext = async () => {
    for (const script of rest) await script();
  };
  await Promise.all(Array.from({ length: atATime }, followNext));
}

/** An example: copied and given a stack before its steps, gone after them. */
function example(name: string) {
  const steps: ((opened: Promise<void>) => Promise<void>)[] = [];
  let folder: string;
  let work: string;
  let simulator: Simulator;
  let env: NodeJS.ProcessEnv;
  let beforeAnswer: (() => void) | undefined;

  async function run(program: string, ...args: string[]): Promise<Run> {
    const ended = await execute(program, args, { cwd: work, env }).then(
      (output) => ({ ...output, failed: false }),
      (error: unknown) => ({ ...(error as { stdout: string; stderr: string }), failed: true }),
    );
    const told = `${ended.stdout}\n${ended.stderr}`.matchAll(/^(?: {4})?error: (.*)$/gm);
    const errors = new Set(Array.from(told, ([, message = ""]) => message));
    return { failed: ended.failed, stdout: ended.stdout, errors };
  }

  async function open(): Promise<void> {
    simulator = await startSimulator({ onRequest: () => beforeAnswer?.() });
    folder = await stackFolder();
    work = join(folder, "work");
    env = {
      ...process.env,
      ...(await cliEnvironment(folder)),
      COMPUTENEST_ENDPOINT: simulator.url,
      ALICLOUD_REGION: "cn-hangzhou",
      ALIBABA_CLOUD_ACCESS_KEY_ID: simulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: simulator.accessKeySecret,
      // Their types are checked by `npm run typecheck`; here they would cost half of the time.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      TS_NODE_TRANSPILE_ONLY: "true",
    };
    await cp(join(repository, "examples", name), work, { recursive: true });
    // As after `npm install`, but with the code under test.
    const modules = join(work, "node_modules");
    await writeFile(join(work, "package.json"), "{}");
    await mkdir(modules);
    await symlink(repository, join(modules, "pulumi-computenest"), "junction");
    for (const needed of ["@pulumi", "@types", "typescript", "ts-node", "mocha"]) {
      await symlink(join(repository, "node_modules", needed), join(modules, needed), "junction");
    }
    await run("pulumi", "stack", "init", "test");
  }

  async function close(): Promise<void> {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }

  scripts.push(async () => {
    const opened = open();
    for (const step of steps) await step(opened);
    await opened.finally(close);
  });

  return {
    /** An `it`: begins when the step before it has ended, whatever mocha is waiting for. */
    step: (title: string, body: () => Promise<void>) => {
      const outcome = new Promise<void>((pass, fail) => {
        steps.push((opened) => opened.then(body).then(pass, fail));
      });
      // It may fail long before mocha asks for it.
      outcome.catch(() => undefined);
      it(title, () => outcome);
    },
    run,
    /** `pulumi COMMAND`, which neither asks nor previews before it changes something. */
    pulumi: (command: "up" | "preview" | "destroy", ...args: string[]): Promise<Run> => {
      const atOnce = command === "preview" ? [] : ["--yes", "--skip-preview"];
      return run("pulumi", "--non-interactive", command, ...atOnce, ...args);
    },
    /** As it is saved: asking the CLI for it would take seconds more in all. */
    state: async (): Promise<State> => {
      const file = join(folder, "state", ".pulumi", "stacks", name, "test.json");
      const { checkpoint } = JSON.parse(await readFile(file, "utf8")) as SavedStack;
      const { resources = [] } = checkpoint.latest ?? {};
      return {
        outputs: resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs,
        stashes: resources
          .filter(({ type }) => type === "pulumi:index:Stash")
          .map(({ id, inputs }) => ({ id, input: inputs?.["input"] })),
      };
    },
    setBackups: (...backups: BackupRow[]) => {
      simulator.setBackups(backups);
    },
    /** So long after it was first asked for, the backup becomes what `later` says. */
    setChangingBackup: (row: BackupRow, afterMs: number, later: Omit<TimelineEntry, "atMs">) => {
      beforeAnswer = () => {
        simulator.setBackups([{ ...row, timeline: [{ ...later, atMs: Date.now() + afterMs }] }]);
        beforeAnswer = undefined;
      };
    },
    requestCount: () => simulator.requests.length,
    /** The end of every refusal. */
    asked: () => `Asked ${simulator.host} as LTAI…Key (environment).`,
  };
}

describe("examples, run by the CLI", function () {
  this.timeout(300_000);
  let following: Promise<void> | undefined;

  before(() => {
    following = followScripts();
  });
  after(() => following);

  describe("stop-everything", () => {
    const { step, pulumi, state, setBackups, asked } = example("stop-everything");

    step("stops before the first resource when the newest backup is too old", async () => {
      setBackups(staleBackup());

      const { failed, errors } = await pulumi("up", "-c", "serviceInstanceId=si-1");

      assert.ok(failed);
      const message = `No backup of si-1 qualifies (Created, started within 24h). Seen 1: ${staleReason} ${asked()}`;
      assert.deepEqual(errors, new Set([message]));
      assert.deepEqual((await state()).stashes, []);
    });

    step("goes on when there is a backup of the last day, and exports its id", async () => {
      setBackups(backup());

      const { failed, stdout } = await pulumi("up");

      assert.ok(!failed, stdout);
      const { outputs, stashes } = await state();
      assert.deepEqual(outputs, { backupId: "backup-1" });
      assert.equal(stashes.length, 1);
    });
  });

  describe("latest-id", () => {
    const { step, pulumi, state, setBackups, asked } = example("latest-id");
    const older = backup({ BackupId: "backup-1", StartTime: hoursAgo(48) });
    const newer = backup({ BackupId: "backup-2", StartTime: hoursAgo(24) });

    step("fails when no backup can be restored", async () => {
      setBackups({ ...older, Status: "CreateFailed", StatusDetail: "Disk d-1 backup failed" });

      const { failed, errors } = await pulumi("preview", "-c", "serviceInstanceId=si-1");

      assert.ok(failed);
      const refusal = `No backup of si-1 qualifies (Created). Seen 1: backup-1 CreateFailed, 48h old: Disk d-1 backup failed. ${asked()}`;
      // The SDK says in which input it was to go; once for every turn it makes on the way.
      const [message = "", ...others] = errors;
      assert.equal(message.replace(/^(error serializing property "input": )+/, ""), refusal);
      assert.deepEqual(others, []);
    });

    step("feeds the id of the newest backup into both resources", async () => {
      setBackups(older);

      const { failed, stdout } = await pulumi("up");

      assert.ok(!failed, stdout);
      assert.deepEqual((await state()).outputs, {
        noted: { backupId: "backup-1" },
        restored: { restoredFrom: "backup-1" },
      });
    });

    step("updates the note for a newer backup, and does not replace the database", async () => {
      setBackups(newer, older);

      const { stdout } = await pulumi("up");

      assert.match(stdout, /^ {4}~ 1 updated\n {4}2 unchanged$/m);
      assert.deepEqual((await state()).outputs, {
        noted: { backupId: "backup-2" },
        restored: { restoredFrom: "backup-1" },
      });
    });
  });

  describe("protect-database", () => {
    const { step, pulumi, state, setBackups, asked } = example("protect-database");
    const urn = "urn:pulumi:test::protect-database::pulumi:index:Stash::database";

    async function assertKept(change: () => Promise<Run>): Promise<void> {
      const { stashes } = await state();
      const { failed, errors } = await change();
      assert.ok(failed);
      const refusal = `No backup of si-1 qualifies (Created, started within 24h). Seen 1: ${staleReason} ${asked()}`;
      const message = `before hook "database-backup" failed: ${refusal}`;
      assert.deepEqual(errors, new Set(["update failed", message]));
      assert.deepEqual((await state()).stashes, stashes);
    }

    step("creates the database whatever backups there are", async () => {
      setBackups(staleBackup());

      const { failed, stdout } = await pulumi("up", "-c", "serviceInstanceId=si-1");

      assert.ok(!failed, stdout);
      assert.deepEqual(
        (await state()).stashes.map(({ input }) => input),
        [{ engineVersion: "8.0" }],
      );
    });

    step("neither updates nor replaces it when the newest backup is too old", async () => {
      await assertKept(() => pulumi("up", "--replace", urn));
      await assertKept(() => pulumi("up", "-c", "engineVersion=8.4"));
    });

    step("does not delete it, either", async () => {
      const { errors } = await pulumi("destroy");
      const hint = "You must run with the `--run-program` flag to use delete hooks during destroy.";
      assert.ok(errors.has(hint), [...errors].join("\n"));

      await assertKept(() => pulumi("destroy", "--run-program"));
    });

    step("deletes it once there is a backup of the last day", async () => {
      setBackups(backup());

      const { failed, stdout } = await pulumi("destroy", "--run-program");

      assert.ok(!failed, stdout);
      assert.deepEqual((await state()).stashes, []);
    });
  });

  describe("wait-for-backup", () => {
    const { step, pulumi, state, setBackups, setChangingBackup, requestCount, asked } =
      example("wait-for-backup");
    const running = () => backup({ Status: "Creating", StartTime: hoursAgo(0.5), EndTime: null });
    const config = ["-c", "serviceInstanceId=si-1", "-c", "pollInterval=1s"];

    step("does not wait in a preview, and says so", async () => {
      setBackups(running());

      const { failed, stdout } = await pulumi("preview", ...config);

      assert.ok(!failed, stdout);
      const warning =
        "No backup qualifies yet: backup-1 is Creating. An update would wait for it, up to 30m.";
      assert.ok(stdout.includes(`    warning: ${warning}\n`), stdout);
      assert.match(stdout, /^ *\+? *backupId: \[unknown\]$/m);
      assert.equal(requestCount(), 1);
    });

    step("fails as soon as the backup has failed", async () => {
      const failure = { Status: "CreateFailed", StatusDetail: "Disk d-1 backup failed" };
      setChangingBackup(running(), 1000, failure);

      const { failed, errors } = await pulumi("up");

      assert.ok(failed);
      const message = `No backup of si-1 qualifies (Created, started within 1h). Seen 1: backup-1 CreateFailed, 30m old: Disk d-1 backup failed. ${asked()}`;
      assert.deepEqual(
        [...errors].map((error) => error.replace(/3\d+m(\d+s)? old/, "30m old")),
        [message],
      );
    });

    step("waits until the backup is done, and exports its id", async () => {
      setChangingBackup(running(), 2000, { Status: "Created", EndTime: hoursAgo(0) });

      const { failed, stdout } = await pulumi("up");

      assert.ok(!failed, stdout);
      assert.deepEqual((await state()).outputs, { backupId: "backup-1" });
      assert.ok(requestCount() > 2);
    });
  });

  describe("fleet", () => {
    const { step, run, pulumi, state, setBackups, asked } = example("fleet");
    const ofFirst = backup();
    const ofSecond = backup({ ServiceInstanceId: "si-2", BackupId: "backup-2" });
    const versions = async () => (await state()).stashes.map(({ input }) => input);

    step("creates a database for each service instance", async () => {
      for (const [index, id] of ["si-1", "si-2"].entries()) {
        await run("pulumi", "config", "set", "--path", `serviceInstanceIds[${index}]`, id);
      }

      const { failed, stdout } = await pulumi("up");

      assert.ok(!failed, stdout);
      assert.deepEqual(await versions(), [{ engineVersion: "8.0" }, { engineVersion: "8.0" }]);
    });

    step("changes none of them while one service instance has no fresh backup", async () => {
      setBackups(ofFirst, { ...ofSecond, StartTime: hoursAgo(31) });

      const { failed, errors } = await pulumi("up", "-c", "engineVersion=8.4");

      assert.ok(failed);
      const refusal = `1 of 2 service instances have no backup that qualifies (Created, started within 24h). si-2: seen 1: backup-2 Created, 31h old: 7h too old. ${asked()}`;
      const message = `before hook "fleet-backups" failed: ${refusal}`;
      assert.deepEqual(errors, new Set(["update failed", message]));
      assert.deepEqual(await versions(), [{ engineVersion: "8.0" }, { engineVersion: "8.0" }]);
    });

    step("changes them all once every service instance has one", async () => {
      setBackups(ofFirst, ofSecond);

      const { failed, stdout } = await pulumi("up");

      assert.ok(!failed, stdout);
      assert.deepEqual(await versions(), [{ engineVersion: "8.4" }, { engineVersion: "8.4" }]);
    });
  });

  describe("unit-test", () => {
    const { step, run, pulumi, state, setBackups } = example("unit-test");

    step("is a program that runs", async () => {
      setBackups(backup());

      const { failed, stdout } = await pulumi("up", "-c", "serviceInstanceId=si-1");

      assert.ok(!failed, stdout);
      assert.deepEqual((await state()).outputs, { backupId: "backup-1", engineVersion: "8.0" });
    });

    step("passes its own tests, under mocks and against a simulator of its own", async () => {
      const mocha = join("node_modules", "mocha", "bin", "mocha.js");
      const args = ["--require", "ts-node/register", "--reporter", "json", "*.spec.ts"];

      const { failed, stdout } = await run(process.execPath, mocha, ...args);

      assert.ok(!failed, stdout);
      const { stats } = JSON.parse(stdout) as { stats: Record<string, unknown> };
      assert.deepEqual([stats["passes"], stats["pending"]], [5, 0]);
    });
  });
});
