// Secrets that a program or stack config has in plain: the state is not to have them so.

import assert from "node:assert/strict";
import { startSimulator } from "../../simulator";
import { wireRow } from "../support/backups";
import { ago } from "../support/gateTimes";
import { pluginProject } from "./support/pluginProjects";
import { theEngine } from "./support/stacks";

const role = { roleArn: "acs:ram::1:role/r", externalId: "plantedExternalIdOfATest" };

describe("secrets in plain", function () {
  this.timeout(120_000);
  before(async () => {
    await theEngine();
  });

  it("are not in the state, and make no difference in the next run", async () => {
    const backups = [wireRow({ StartTime: ago(2), EndTime: ago(1) })];
    const simulator = await startSimulator({ backups });
    try {
      // Its stack config has the secret key of the default provider in plain.
      await using project = await pluginProject(simulator);
      const { url: endpoint, accessKeyId: accessKey, accessKeySecret: secretKey } = simulator;
      const gate = { serviceInstanceId: "si-1", maxAge: "24h" };
      const provider = (properties: object) => ({
        type: "pulumi:providers:computenest",
        properties: { endpoint, accessKey, secretKey, ...properties },
      });
      const gateOf = (options: object) => ({
        type: "computenest:index:BackupGate",
        properties: gate,
        options,
      });
      await project.write({
        resources: {
          explicit: provider({}),
          // Nobody asks as this one: a role is assumed at a public address.
          assuming: provider({ assumeRole: role }),
          gate: gateOf({}),
          other: gateOf({ provider: "${explicit}" }),
        },
      });

      const created = await project.start("up", "--yes", "--skip-preview", "--stack", "test").ended;
      assert.equal(created.code, 0, created.shown);
      const preview = ["preview", "--expect-no-changes", "--stack", "test"];
      const next = await project.start(...preview).ended;
      assert.equal(next.code, 0, next.shown);

      const state = await project.stateText();
      assert.ok(state.includes(endpoint));
      for (const secret of [secretKey, accessKey, role.externalId]) {
        assert.ok(!state.includes(secret), secret);
        assert.ok(!(created.shown + next.shown).includes(secret), secret);
      }
    } finally {
      await simulator.close();
    }
  });
});
