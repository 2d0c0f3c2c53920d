// What a hook knows and does on the real engine, one resource for each: all change in the same runs
// while no backup is good, but for those that say otherwise.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  backupGate,
  backupGateTransform,
  InvalidArgumentError,
  type BackupGateArgsOf,
  type BackupGateInputs,
  type BackupGateOptions,
} from "../../provider";
import { startSimulator, type BackupRow, type Simulator } from "../../simulator";
import { runsOn, type Command, type Run } from "./support/runs";
import { inlineStack, simulatorConfig } from "./support/stacks";

const maxAge = "24h";

function backup(serviceInstanceId: string, Status = "Created"): BackupRow {
  const startedAt = new Date(Date.now() - 3_600_000).toISOString();
  return {
    BackupId: `backup-of-${serviceInstanceId}`,
    ServiceInstanceId: serviceInstanceId,
    Status,
    StartTime: startedAt,
  };
}

/** A component, which takes hooks as any resource does, and a child. */
class Folder extends pulumi.ComponentResource {
  constructor(name: string, input: string, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Folder", name, { input }, opts);
    this.registerOutputs();
  }
}

const noneOf = (subject: string, conditions: string, { host }: Simulator) =>
  `No backup of ${subject} qualifies (${conditions}). There is none: none was made yet, or the ` +
  "service's provider has not enabled upgrade/downgrade (变配), which backups need, or the id is " +
  `wrong, or it is on the other site (region ap-southeast-1). Asked ${host} as LTAI…Key (stack ` +
  "config alicloud:*).";

const up: Command = (stack, display) => stack.up({ ...display, continueOnError: true });
const preview: Command = (stack, display) => stack.preview(display);

/** What the program learns while it runs. */
interface Findings {
  sameGate?: boolean;
  secondGate?: unknown;
  secondFunction?: unknown;
  ownHookRuns: number;
}

/** What is to change; `made` is a resource that is new in the run. */
interface Wish {
  readonly input: string;
  readonly changing: readonly string[];
  readonly made: string;
  readonly isFunctionThere: boolean;
}

function errorOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

function declareGated(wish: Wish, findings: Findings): void {
  const inputOf = (name: string) => (wish.changing.includes(name) ? wish.input : "first");
  const gated = (
    name: string,
    args: BackupGateInputs | BackupGateArgsOf,
    opts: BackupGateOptions = {},
  ) => new pulumi.Stash(name, { input: inputOf(name) }, { hooks: backupGate(name, args, opts) });

  if (wish.isFunctionThere) {
    const ofBoth: BackupGateArgsOf = ({ name, type, newInputs, oldOutputs }) => {
      const old = oldOutputs as { output: string };
      const now = newInputs as { input: string };
      return { serviceInstanceId: `${name} ${type} ${old.output} ${now.input}`, maxAge };
    };
    gated("function", ofBoth);
    findings.secondFunction = errorOf(() => backupGate("function", () => ({ maxAge })));
  }

  const made = new pulumi.Stash(`made-${wish.made}`, { input: "made" });
  const serviceInstanceId = made.id.apply(() => `si-${wish.made}`);
  gated("unknown", { serviceInstanceId, maxAge });
  gated("secret", { serviceInstanceId: pulumi.secret("si-secret"), maxAge: "36h" });
  gated("fleet", { serviceInstanceIds: ["si-good", "si-a", "si-b", "si-a"], maxAge });
  gated("skip", { serviceInstanceId: "si-skip", maxAge }, { onPreview: "skip" });
  const waiting = { waitTimeout: "1m", pollInterval: "1s" };
  gated("waiting", { serviceInstanceId: "si-waiting", maxAge, ...waiting });

  const first = backupGate("same", { serviceInstanceIds: ["si-a"], maxAge });
  const equal = backupGate("same", { serviceInstanceIds: ["si-a"], maxAge });
  findings.sameGate = first === equal;
  findings.secondGate = errorOf(() =>
    backupGate("same", { serviceInstanceIds: ["si-b"], maxAge }, {}),
  );

  const hooks = backupGate("component", { serviceInstanceId: "si-component", maxAge });
  new Folder("component", inputOf("component"), { hooks });

  const own = new pulumi.ResourceHook("own", () => {
    findings.ownHookRuns += 1;
  });
  const input = inputOf("transformed");
  new pulumi.Stash("transformed", { input }, { hooks: { beforeUpdate: [own] } });
  new Folder("transformed-component", inputOf("transformed-component"));
}

function program(wish: Wish, findings: Findings): object {
  pulumi.runtime.registerResourceTransform(
    backupGateTransform(
      "transform",
      ({ name }) => name.startsWith("transformed"),
      ({ name }) => ({ serviceInstanceId: `si-${name}`, maxAge }),
    ),
  );
  declareGated(wish, findings);
  return {};
}

describe("a backup gate", function () {
  this.timeout(120_000);
  const findings: Findings = { ownHookRuns: 0 };
  let simulator: Simulator;
  let previewed: Run;
  let askedInPreview: (string | undefined)[];
  let changed: Run;
  let asked: (string | undefined)[];
  let unregistered: Run;

  const askedNow = () => simulator.requests.map(({ parameters }) => parameters["Filter.1.Value.1"]);
  const errorsAt = (name: string) => changed.diagnostics[name] ?? [];

  before(async () => {
    let looks = 0;
    simulator = await startSimulator({
      backups: [backup("si-good"), backup("si-waiting", "Creating")],
      onRequest: ({ parameters }, self) => {
        if (!JSON.stringify(parameters).includes("si-waiting")) return;
        looks += 1;
        if (looks === 3) self.setBackups([backup("si-good"), backup("si-waiting")]);
      },
    });
    const names = ["function", "unknown", "secret", "fleet", "skip", "waiting", "component"];
    const all = [...names, "transformed", "transformed-component"];
    const atFirst: Wish = { input: "first", changing: [], made: "first", isFunctionThere: true };
    let wish = atFirst;
    await using test = await inlineStack(() => program(wish, findings), simulatorConfig(simulator));
    const run = runsOn(test);
    const created = await run(up);
    assert.equal(created.failed, false, created.terminal);

    simulator.clearRequests();
    const harmless = ["unknown", "skip", "transformed-component"];
    wish = { ...atFirst, input: "second", changing: harmless, made: "second" };
    previewed = await run(preview);
    askedInPreview = askedNow();

    simulator.clearRequests();
    wish = { ...wish, changing: all };
    changed = await run(up);
    asked = askedNow();

    // As it stands in the state, but for the resource that is gone together with its gate.
    wish = { ...wish, changing: ["waiting", "transformed-component"], isFunctionThere: false };
    unregistered = await run(up);
  });
  after(() => simulator.close());

  it("is told of the resource that waits: its name, its type, what it was and is to be", () => {
    const instance = "function pulumi:index:Stash first second";

    assert.deepEqual(errorsAt("function"), [
      `error: before hook "function" failed: ${noneOf(instance, "Created, started within 24h", simulator)}`,
    ]);
  });

  it("is skipped with a warning in a preview that does not know what to ask for", () => {
    assert.equal(previewed.failed, false, previewed.terminal);
    assert.deepEqual(previewed.diagnostics["unknown"], [
      "warning: The backup gate was not checked: what it asks for is not known yet.",
    ]);
    assert.deepEqual(askedInPreview, []);
  });

  it("is checked in the update all the same", () => {
    assert.deepEqual(errorsAt("unknown"), [
      `error: before hook "unknown" failed: ${noneOf("si-second", "Created, started within 24h", simulator)}`,
    ]);
    assert.deepEqual(changed.after["unknown"], ["first"]);
  });

  it("does not show a secret service instance", () => {
    assert.deepEqual(errorsAt("secret"), [
      `error: before hook "secret" failed: ${noneOf("the service instance", "Created", simulator)}`,
    ]);
    assert.ok(asked.includes("si-secret"));
    assert.equal(changed.terminal.includes("si-secret"), false);
  });

  it("names all service instances of a fleet that have no backup", () => {
    const why =
      "none was made yet, or the service's provider has not enabled " +
      "upgrade/downgrade (变配), which backups need, or the id is wrong, or it is on the other " +
      "site (region ap-southeast-1)";

    assert.deepEqual(errorsAt("fleet"), [
      'error: before hook "fleet" failed: 2 of 3 service instances have no backup that qualifies ' +
        `(Created, started within 24h). si-a: there is none. si-b: there is none. Where there is none: ${why}. Asked ${simulator.host} as ` +
        "LTAI…Key (stack config alicloud:*).",
    ]);
  });

  it("leaves previews alone with onPreview: skip, and only them", () => {
    assert.equal(previewed.diagnostics["skip"], undefined);
    assert.deepEqual(errorsAt("skip"), [
      `error: before hook "skip" failed: ${noneOf("si-skip", "Created, started within 24h", simulator)}`,
    ]);
    assert.deepEqual(changed.after["skip"], ["first"]);
  });

  it("waits for a backup that is being made, tells of it, and opens", () => {
    const progress = changed.terminal
      .split("\n")
      .filter((line) => line.includes("Stash waiting ") && line.includes("Creating"))
      .map((line) => /backup-of-.*/.exec(line)?.[0].trim() ?? line);

    assert.match(progress.join("\n"), /^backup-of-si-waiting Creating, \d+s of 1m$/m);
    assert.equal(changed.diagnostics["waiting"], undefined);
    assert.deepEqual(changed.after["waiting"], ["second"]);
  });

  it("cannot guard a component, and says so", () => {
    // With --continue-on-error the engine adds an error of its own.
    assert.equal(
      errorsAt("component")[0],
      'error: before hook "component" failed: backupGate was given an invalid argument: component ' +
        "is a component; gate its children, which change before it does.",
    );
  });

  it("is the same gate when it is made twice with equal arguments", () => {
    assert.equal(findings.sameGate, true);
  });

  it("is refused when another gate has its name", () => {
    for (const [error, name] of [
      [findings.secondGate, "same"],
      [findings.secondFunction, "function"],
    ] as const) {
      assert.ok(error instanceof InvalidArgumentError);
      assert.equal(
        error.message,
        `backupGate was given an invalid argument: name is "${name}", which a gate with other ` +
          "arguments has already (give each its own).",
      );
    }
  });

  it("added by a transform comes after the hooks that a resource has", () => {
    assert.equal(findings.ownHookRuns, 1);
    assert.deepEqual(errorsAt("transformed"), [
      `error: before hook "transform" failed: ${noneOf("si-transformed", "Created, started within 24h", simulator)}`,
    ]);
  });

  it("is not added to components by a transform", () => {
    assert.match(previewed.terminal, /test:index:Folder transformed-component update /);
    assert.equal(previewed.diagnostics["transformed-component"], undefined);
    assert.deepEqual(errorsAt("transformed-component"), []);
  });

  it("has to be made as long as its resource is in the state", () => {
    assert.deepEqual(unregistered.diagnostics["function"], [
      'error: hook "function" was not registered',
    ]);
    assert.deepEqual(unregistered.after["function"], ["first"]);
  });
});

describe("backup gates of two programs in one process", function () {
  this.timeout(120_000);

  it("each ask as their own stack", async () => {
    const keys = ["LTAI5tStackNumberOne", "LTAI5tStackNumberTwo"];
    const simulators = await Promise.all(
      keys.map((accessKeyId) =>
        startSimulator({ accessKeyId, backups: [backup("si-1")], latencyMs: 50 }),
      ),
    );
    const program = () => {
      const gate = backupGate("gate", { serviceInstanceId: "si-1", maxAge }, { on: ["create"] });
      new pulumi.Stash("database", { input: "first" }, { hooks: gate });
      return {};
    };
    const stacks = await Promise.all(
      simulators.map((own) => inlineStack(program, simulatorConfig(own))),
    );

    const runs = await Promise.all(stacks.map((stack) => runsOn(stack)(up)));

    for (const { after, terminal } of runs) {
      assert.deepEqual(after, { database: ["first"] }, terminal);
    }
    for (const { requests } of simulators) {
      // Each knows its own key only.
      assert.deepEqual(
        requests.map(({ status }) => status),
        [200],
      );
    }
    await Promise.all(stacks.map((stack) => stack[Symbol.asyncDispose]()));
    await Promise.all(simulators.map((own) => own.close()));
  });
});
