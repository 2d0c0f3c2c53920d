import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getBackupsOutput, type GetBackupsOutputArgs } from "../../provider";
import { sampleBackups, startSimulator, type Simulator } from "../../simulator";
import { failureOf, inlineStack, simulatorConfig } from "./support/stacks";

const [first] = sampleBackups({ now: Date.now() });
const serviceInstanceId = first!.ServiceInstanceId!;

/** A resource of the engine's own, whose output is unknown until it has been created. */
function stash(name: string, opts?: pulumi.CustomResourceOptions): pulumi.Stash {
  return new pulumi.Stash(name, { input: serviceInstanceId }, opts);
}

class Folder extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Folder", name);
    stash(`${name}-child`, { parent: this });
    this.registerOutputs();
  }
}

describe("getBackupsOutput on the real engine", function () {
  this.timeout(120_000);
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator({ backups: sampleBackups({ now: Date.now() }) });
  });
  beforeEach(() => {
    simulator.clearRequests();
  });
  after(() => simulator.close());

  const requestCount = () => simulator.requests.length;
  const ofInstance = () =>
    simulator.backups.filter((b) => b.ServiceInstanceId === serviceInstanceId);

  it("is unknown in preview while an input is, and reads in up", async () => {
    await using test = await inlineStack(() => {
      const instance = stash("instance");
      const args = { serviceInstanceId: instance.output as pulumi.Output<string> };
      return { ids: getBackupsOutput(args).ids };
    }, simulatorConfig(simulator));

    await test.stack.preview();
    assert.equal(requestCount(), 0);

    const { outputs } = await test.stack.up();
    assert.equal((outputs["ids"]!.value as string[]).length, ofInstance().length);
    assert.ok(requestCount() > 0);
  });

  it("makes the result of a secret input a secret, and keeps it out of the state", async () => {
    await using test = await inlineStack(() => {
      const args: GetBackupsOutputArgs = { serviceInstanceId: pulumi.secret(serviceInstanceId) };
      return { ids: getBackupsOutput(args).ids };
    }, simulatorConfig(simulator));

    const { outputs } = await test.stack.up();

    assert.equal(outputs["ids"]!.secret, true);
    const state = JSON.stringify(await test.stack.exportStack());
    assert.equal(state.includes(serviceInstanceId), false);
    assert.equal(state.includes(simulator.accessKeySecret), false);
  });

  it("does not show a secret input that the service repeats in a refusal", async () => {
    const message = `There is no ${serviceInstanceId}.`;
    simulator.faults.add({ kind: "status", status: 400, code: "InvalidParameter", message });
    await using test = await inlineStack(() => {
      const args: GetBackupsOutputArgs = { serviceInstanceId: pulumi.secret(serviceInstanceId) };
      return { ids: getBackupsOutput(args).ids };
    }, simulatorConfig(simulator));

    const terminal = await failureOf(test.stack.up());

    assert.match(terminal, /was rejected \(InvalidParameter, HTTP 400\): There is no \*\*\*\./);
    assert.equal(terminal.includes(serviceInstanceId), false);
  });

  const dependencies: readonly [string, () => pulumi.Resource][] = [
    ["a custom resource", () => stash("server")],
    ["a component with children", () => new Folder("servers")],
  ];
  for (const [what, create] of dependencies) {
    it(`is held back by dependsOn until ${what} exists`, async () => {
      await using test = await inlineStack(() => {
        const dependsOn = create();
        return { ids: getBackupsOutput({ serviceInstanceId }, { dependsOn }).ids };
      }, simulatorConfig(simulator));

      await test.stack.preview();
      assert.equal(requestCount(), 0, "asked although the dependency is not there");
      const { outputs } = await test.stack.up();
      assert.equal((outputs["ids"]!.value as string[]).length, ofInstance().length);

      simulator.clearRequests();
      await test.stack.preview();
      assert.ok(requestCount() > 0, "not asked although the dependency is there");
    });
  }

  it("never reads another stack's settings, two programs running in one process", async () => {
    const keys = ["LTAI5tStackNumberOne", "LTAI5tStackNumberTwo"];
    const simulators = await Promise.all(
      keys.map((accessKeyId, i) =>
        startSimulator({
          accessKeyId,
          backups: sampleBackups({ now: Date.now(), seed: i + 1, count: 150 }),
          latencyMs: 50,
        }),
      ),
    );
    const program = () => {
      const names = stash("instance").output.apply(() => undefined);
      return { ids: getBackupsOutput({ serviceInstanceId: names }).ids };
    };
    const stacks = await Promise.all(
      simulators.map((own) => inlineStack(program, simulatorConfig(own))),
    );

    const results = await Promise.all(stacks.map(({ stack }) => stack.up()));

    results.forEach(({ outputs }, i) => {
      const expected = simulators[i]!.backups.map(({ BackupId }) => BackupId);
      assert.deepEqual(new Set(outputs["ids"]!.value as string[]), new Set(expected));
      assert.equal(
        simulators[i]!.requests.every(({ status }) => status === 200),
        true,
      );
    });
    await Promise.all(stacks.map((test) => test[Symbol.asyncDispose]()));
    await Promise.all(simulators.map((own) => own.close()));
  });
});
