// The plugin under the real engine, in programs that are no JavaScript.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile, chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { wireRow } from "../support/backups";
import { planted } from "../support/connection";
import { ago } from "../support/gateTimes";
import { diagnosticsOf } from "./support/runs";
import { cliEnvironment, stackFolder, theEngine } from "./support/stacks";

const root = resolve(__dirname, "..", "..");
const recent = (fields: Parameters<typeof wireRow>[0] = {}) =>
  wireRow({ StartTime: ago(2), EndTime: ago(1), CreateTime: ago(2), ...fields });
const good: BackupRow[] = [recent(), recent({ BackupId: "backup-2", ServiceInstanceId: "si-2" })];
const bad: BackupRow[] = [recent({ Status: "CreateFailed", StatusDetail: "no disk" })];

/** Someone who may ask a simulator. */
const other = {
  accessKeyId: planted.accessKey,
  accessKeySecret: planted.secretKey,
  securityToken: planted.securityToken,
};

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface SavedResource {
  readonly urn: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A program in YAML and its stack. */
class Project implements AsyncDisposable {
  readonly #folder: string;
  readonly #work: string;
  readonly environment: Record<string, string>;
  readonly plugin: string;

  private constructor(folder: string, environment: Record<string, string>) {
    this.#folder = folder;
    this.#work = join(folder, "work");
    this.environment = environment;
    this.plugin = join(folder, "plugin", "pulumi-resource-computenest");
  }

  static async create(config: Readonly<Record<string, string>> = {}): Promise<Project> {
    const folder = await stackFolder();
    const project = new Project(folder, await cliEnvironment(folder));
    await mkdir(join(folder, "plugin"));
    const main = join(root, "bin", "provider", "plugin", "main.js");
    await writeFile(project.plugin, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
    await chmod(project.plugin, 0o755);
    await project.write({});
    const init = await project.run("stack", "init", "test");
    assert.equal(init.code, 0, init.stderr);
    const lines = Object.entries(config).map(([key, value]) => `  ${key}: ${value}\n`);
    await appendFile(join(project.#work, "Pulumi.test.yaml"), `config:\n${lines.join("")}`);
    return project;
  }

  /** Writes the program; JSON is YAML. */
  async write(program: object): Promise<void> {
    const path = join(this.#folder, "plugin");
    const plugins = { providers: [{ name: "computenest", path }] };
    const text = JSON.stringify({ name: "gate", runtime: "yaml", plugins, ...program });
    await writeFile(join(this.#work, "Pulumi.yaml"), text);
  }

  async run(...args: string[]): Promise<Run> {
    const command = join((await theEngine()).root, "bin", "pulumi");
    const env = { ...process.env, ...this.environment };
    return new Promise((done) => {
      const options = { cwd: this.#work, env, maxBuffer: 1 << 28 };
      execFile(command, [...args, "--non-interactive"], options, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  }

  up(...args: string[]): Promise<Run> {
    return this.run("up", "--yes", "--skip-preview", "--stack", "test", ...args);
  }

  stateText(): Promise<string> {
    return readFile(join(this.#folder, "state", ".pulumi", "stacks", "gate", "test.json"), "utf8");
  }

  /** What the state has of the resources, by their names. */
  async state(): Promise<Record<string, SavedResource>> {
    const saved = JSON.parse(await this.stateText()) as {
      checkpoint: { latest?: { resources?: SavedResource[] } };
    };
    const resources = saved.checkpoint.latest?.resources ?? [];
    const named = resources.map((one) => [one.urn.split("::").at(-1) ?? "", one] as const);
    return Object.fromEntries(named);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

const configFor = ({ url, accessKeyId, accessKeySecret }: Simulator) => ({
  "computenest:endpoint": url,
  "computenest:accessKey": accessKeyId,
  "computenest:secretKey": accessKeySecret,
});

const list = { "fn::invoke": { function: "computenest:index:getBackups", arguments: {} } };

const gateOf = (properties: object = {}, options: object = {}) => ({
  type: "computenest:index:BackupGate",
  properties: { serviceInstanceId: "si-1", maxAge: "24h", ...properties },
  options,
});

const stash = (input: string) => ({
  type: "pulumi:index:Stash",
  properties: { input },
  options: { dependsOn: ["${gate}"] },
});

const closed = ({ host }: Simulator, key = "LTAI…Key") =>
  "No backup of si-1 qualifies (Created, started within 24h). Seen 1: backup-1 CreateFailed, 2h " +
  `old: no disk. Asked ${host} as ${key} (the provider's configuration).`;

const show = ({ code, stdout, stderr }: Run) => `exit code ${code}\n${stdout}\n${stderr}`;

describe("the plugin on the real engine", function () {
  this.timeout(180_000);
  let simulator: Simulator;

  before(async () => {
    await theEngine();
    simulator = await startSimulator({ backups: good });
  });

  after(() => simulator.close());

  beforeEach(() => {
    simulator.setBackups(good);
    simulator.clearRequests();
  });

  it("lists, and gates until the world turns bad; goes without a request", async () => {
    await using project = await Project.create(configFor(simulator));
    const program = (input: string) => ({
      variables: { backups: list },
      resources: { gate: gateOf(), thing: stash(input) },
      outputs: { ids: "${backups.ids}", backupId: "${gate.backupId}" },
    });
    await project.write(program("first"));

    const first = await project.up();
    assert.equal(first.code, 0, show(first));
    const { gate, "gate-test": stack } = await project.state();
    assert.deepEqual(stack?.outputs, { ids: ["backup-1", "backup-2"], backupId: "backup-1" });
    assert.equal((gate?.outputs?.["backup"] as { status: string }).status, "Created");

    const second = await project.run("preview", "--expect-no-changes");
    assert.equal(second.code, 0, show(second));

    simulator.setBackups(bad);
    await project.write(program("second"));
    for (const [prefix, run] of [
      ["Preview failed: ", () => project.run("preview")],
      ["", () => project.up()],
    ] as const) {
      const refused = await run();
      assert.notEqual(refused.code, 0);
      const told = show(refused);
      const why = [`error: ${prefix}${closed(simulator)}`];
      assert.deepEqual(diagnosticsOf(refused.stdout)["gate"], why, told);
      assert.equal((await project.state())["thing"]?.inputs?.["input"], "first");
    }

    simulator.clearRequests();
    for (const command of ["refresh", "destroy"]) {
      const run = await project.run(command, "--yes", "--skip-preview");
      assert.equal(run.code, 0, show(run));
    }
    assert.deepEqual(simulator.requests, []);
    assert.deepEqual(await project.state(), {});
  });

  it("asks on triggers only, if told to", async () => {
    await using project = await Project.create(configFor(simulator));
    const program = (release: string) => ({
      resources: { gate: gateOf({ evaluate: "onTriggers", triggers: { release } }) },
    });
    await project.write(program("one"));
    const first = await project.up();
    assert.equal(first.code, 0, show(first));

    simulator.setBackups(bad);
    simulator.clearRequests();
    const same = await project.up("--expect-no-changes");
    assert.equal(same.code, 0, show(same));
    assert.deepEqual(simulator.requests, []);

    await project.write(program("two"));
    const triggered = await project.up();
    assert.notEqual(triggered.code, 0);
    assert.deepEqual(diagnosticsOf(triggered.stdout)["gate"], [`error: ${closed(simulator)}`]);
  });

  it("asks as whom each provider says, tells nobody even if refused, and replaces no gate for a new key", async () => {
    const second = await startSimulator({ backups: good, ...other });
    try {
      await using project = await Project.create();
      const secrets = {
        "gate:firstKey": simulator.accessKeySecret,
        "gate:secondKey": second.accessKeySecret,
        "gate:secondToken": other.securityToken,
      };
      const set = Object.entries(secrets).flatMap(([key, value]) => [
        "--secret",
        `${key}=${value}`,
      ]);
      await project.run("config", "set-all", "--stack", "test", ...set);
      const first = {
        endpoint: simulator.url,
        accessKey: simulator.accessKeyId,
        secretKey: "${firstKey}",
      };
      const others = {
        endpoint: second.url,
        accessKey: second.accessKeyId,
        secretKey: "${secondKey}",
        securityToken: "${secondToken}",
      };
      const provider = (properties: object) => ({
        type: "pulumi:providers:computenest",
        properties,
      });
      const aSecret = { type: "string", secret: true };
      const program = (a: object, b: object) => ({
        config: { firstKey: aSecret, secondKey: aSecret, secondToken: aSecret },
        resources: {
          a: provider(a),
          b: provider(b),
          gateA: gateOf({}, { provider: "${a}" }),
          gateB: gateOf({ serviceInstanceId: "si-2" }, { provider: "${b}" }),
        },
      });
      const askedFor = ({ requests }: Simulator) =>
        new Set(requests.map(({ parameters }) => parameters["Filter.1.Value.1"]));
      await project.write(program(first, others));

      const created = await project.up("-v=9", "--logtostderr");
      assert.equal(created.code, 0, created.stdout);
      assert.ok(created.stderr.length > 10_000);
      assert.deepEqual(askedFor(simulator), new Set(["si-1"]));
      assert.deepEqual(askedFor(second), new Set(["si-2"]));

      simulator.clearRequests();
      await project.write(program(others, others));
      const changed = await project.up();
      assert.equal(changed.code, 0, show(changed));
      assert.match(changed.stdout, /\nResources:\n +~ 1 updated\n +4 unchanged\n/);
      assert.deepEqual(simulator.requests, []);
      assert.deepEqual(askedFor(second), new Set(["si-1", "si-2"]));

      second.setBackups([...bad, ...good.slice(1)]);
      const refused = await project.up("-v=9", "--logtostderr");
      assert.notEqual(refused.code, 0);
      const why = [`error: ${closed(second, "LTAI…est")}`];
      assert.deepEqual(diagnosticsOf(refused.stdout)["gateA"], why, refused.stdout);
      assert.ok(refused.stderr.length > 10_000);

      // The engine itself logs every value that it passes on, at this level.
      const passedOn = /"msg":"(Unm|M)arshaling property for RPC\[/;
      const lines = [created, refused].flatMap(({ stderr }) => stderr.split("\n"));
      const places = [
        ...lines.filter((line) => !passedOn.test(line)),
        ...[created.stdout, show(changed), refused.stdout, await project.stateText()],
      ];
      for (const secret of Object.values(secrets)) {
        assert.ok(lines.some((line) => line.includes(secret)));
        assert.deepEqual(
          places.filter((place) => place.includes(secret)),
          [],
        );
      }
    } finally {
      await second.close();
    }
  });

  it("gives `pulumi do` its result, and nothing but", async () => {
    await using project = await Project.create();
    const { url, accessKeyId, accessKeySecret } = simulator;
    Object.assign(project.environment, {
      ALICLOUD_ACCESS_KEY: accessKeyId,
      ALICLOUD_SECRET_KEY: accessKeySecret,
      COMPUTENEST_ENDPOINT: url,
    });
    const ask = (name: string, ...args: string[]) =>
      project.run("do", "--package", project.plugin, `computenest:index:${name}`, ...args);
    simulator.faults.add({ kind: "status", status: 503 });

    const found = await ask("getBackups", "--service-instance-id", "si-2");
    assert.equal(found.code, 0, show(found));
    assert.deepEqual((JSON.parse(found.stdout) as { ids: string[] }).ids, ["backup-2"]);

    simulator.setBackups(bad);
    const refused = await ask("getBackup", "--service-instance-id", "si-1", "--max-age", "24h");
    assert.equal(refused.code, 1, show(refused));
    assert.equal(refused.stdout, "");
    const why = closed(simulator).replace("the provider's configuration", "environment");
    assert.ok(refused.stderr.includes(why), refused.stderr);
  });

  it("has a schema in which the engine finds nothing wrong", async () => {
    await using project = await Project.create();

    const { code, stdout, stderr } = await project.run(
      "schema",
      "check",
      join(root, "schema.json"),
    );

    assert.equal(code, 0, stdout + stderr);
  });
});
