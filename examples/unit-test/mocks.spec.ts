// The program without an engine and without a service: milliseconds, and no Pulumi CLI.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { program } from "./program";

/** Runs the program under mocks; `getBackup` answers in the service's place. */
async function run(getBackup: () => object) {
  const calls: pulumi.runtime.MockCallArgs[] = [];
  const resources: pulumi.runtime.MockResourceArgs[] = [];
  await pulumi.runtime.setMocks(
    {
      call(args) {
        calls.push(args);
        return getBackup();
      },
      newResource(args) {
        resources.push(args);
        return { id: `${args.name}-id`, state: args.inputs as object };
      },
    },
    "unit-test",
  );
  pulumi.runtime.setAllConfig({
    "unit-test:serviceInstanceId": "si-1",
    "unit-test:engineVersion": "8.4",
  });
  const outputs = pulumi.runtime.runInPulumiStack(() => Promise.resolve(program()));
  return { calls, resources, outputs };
}

describe("the program under mocks", () => {
  it("exports the id of the backup to go back to", async () => {
    const { calls, outputs } = await run(() => ({ backupId: "backup-1", qualifies: true }));

    assert.deepEqual(await outputs, { engineVersion: "8.4", backupId: "backup-1" });
    assert.deepEqual(
      calls.map(({ token, inputs }) => ({ token, inputs: inputs as object })),
      [{ token: "computenest:index:getBackup", inputs: { serviceInstanceId: "si-1" } }],
    );
  });

  it("fails when there is no backup to go back to", async () => {
    const { outputs } = await run(() => {
      // As the engine reports a function that failed: Pulumi shows the details.
      throw Object.assign(new Error("failed"), { details: "No backup of si-1 qualifies." });
    });

    await assert.rejects(outputs, { message: "No backup of si-1 qualifies." });
  });

  // The mocks know no hooks, and so the gate lets everything through. See simulator.spec.ts.
  it("registers the database with its gate", async () => {
    const { resources, outputs } = await run(() => ({ backupId: "backup-1", qualifies: true }));
    await outputs;

    const database = resources.find(({ name }) => name === "database");
    assert.deepEqual(database?.inputs, { input: { engineVersion: "8.4" } });
  });
});
