// Many lookups of one program, and of several programs in one process, on the real engine.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getBackup, getBackups, getBackupsOutput } from "../../provider";
import { startSimulator } from "../../simulator";
import { backupsOf, instances } from "../support/fleetOf";
import { closeAfterTest } from "../support/scriptedServer";
import { pluginProject } from "./support/pluginProjects";
import { inlineStack, simulatorConfig } from "./support/stacks";

describe("many lookups on the real engine", function () {
  this.timeout(120_000);

  async function simulatorOf(ids: readonly string[], latencyMs = 0) {
    const simulator = await startSimulator({ backups: backupsOf(ids, 2), latencyMs });
    closeAfterTest(() => simulator.close());
    return simulator;
  }

  it("are 20 requests for 200 service instances in a program", async () => {
    const ids = instances(200);
    const simulator = await simulatorOf(ids);
    await using test = await inlineStack(async () => {
      // Those of the preview, in the update.
      simulator.clearRequests();
      const lists = await Promise.all(
        ids.map((serviceInstanceId) => getBackups({ serviceInstanceId })),
      );
      const plain = simulator.requests.length;
      const outputs = ids.map(
        (id) => getBackupsOutput({ serviceInstanceId: pulumi.output(id) }).ids,
      );
      return {
        lists: lists.map(({ ids: found }) => found),
        outputs,
        counts: pulumi.all(outputs).apply(() => [plain, simulator.requests.length - plain]),
      };
    }, simulatorConfig(simulator));

    const { outputs } = await test.stack.up();

    const expected = ids.map((id) => [`a-of-${id}`, `b-of-${id}`]);
    assert.deepEqual(outputs["lists"]!.value, expected);
    assert.deepEqual(outputs["outputs"]!.value, expected);
    assert.deepEqual(outputs["counts"]!.value, [20, 20]);
  });

  // With arguments that are written out, the YAML host waits for each invoke before the next.
  it("are about 20 requests for 200 invokes of a program in YAML that wait for a resource", async () => {
    const ids = instances(200);
    const simulator = await simulatorOf(ids, 30);
    await using project = await pluginProject(simulator);
    const invoke = (index: number) => ({
      "fn::invoke": {
        function: "computenest:index:getBackup",
        arguments: { serviceInstanceId: `\${fleet.output[${index}]}`, maxAge: "24h" },
        return: "backupId",
      },
    });
    await project.write({
      resources: { fleet: { type: "pulumi:index:Stash", properties: { input: ids } } },
      variables: Object.fromEntries(ids.map((id, i) => [`of-${id}`, invoke(i)])),
      outputs: { found: ids.map((id) => `\${of-${id}}`) },
    });

    const up = await project.pulumi("up", "-yf");

    assert.equal(up.code, 0, up.stdout + up.stderr);
    const { stdout } = await project.pulumi("stack", "output", "--json");
    assert.deepEqual(
      (JSON.parse(stdout) as { found: string[] }).found,
      ids.map((id) => `a-of-${id}`),
    );
    // How soon one invoke follows another is the engine's and the machine's matter.
    const { length } = simulator.requests;
    assert.ok(length >= 20 && length < 60, `${length} requests`);
  });

  it("are no matter of another stack in the process, with its own warnings and keys", async () => {
    const ids = instances(20);
    const simulators = await Promise.all([simulatorOf(ids, 20), simulatorOf(ids, 20)]);
    for (const [i, { faults }] of simulators.entries()) {
      faults.add({ kind: "page", patch: { TotalCount: 90 + i }, times: Infinity });
    }
    // One more stack asks the first service, with the same settings as the first.
    const asked = [simulators[0], simulators[1], simulators[0]];
    const stacks = await Promise.all(
      asked.map((simulator) =>
        inlineStack(
          async () => {
            const found = await Promise.all(
              ids.map((serviceInstanceId) => getBackup({ serviceInstanceId, maxAge: "24h" })),
            );
            return { found: found.map(({ backupId }) => backupId) };
          },
          { ...simulatorConfig(simulator), "computenest:completeness": { value: "tokens" } },
        ),
      ),
    );

    const runs = await Promise.all(stacks.map(({ stack }) => stack.up()));

    runs.forEach(({ outputs, stdout }, i) => {
      assert.deepEqual(
        outputs["found"]!.value,
        ids.map((id) => `a-of-${id}`),
      );
      const own = asked[i] === simulators[0] ? 90 : 91;
      assert.match(stdout, new RegExp(`20 backups were read but TotalCount is ${own};`));
      assert.doesNotMatch(stdout, new RegExp(`TotalCount is ${181 - own};`));
    });
    // Each stack reads for itself, those with equal settings too.
    assert.deepEqual(
      simulators.map(({ requests }) => requests.length),
      [4, 2],
    );
    await Promise.all(stacks.map((test) => test[Symbol.asyncDispose]()));
  });
});
