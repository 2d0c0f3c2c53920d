// Whatever goes wrong in a gate closes it: nothing that is thrown, and nothing that is changed after
// the gate was made, opens one.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { backupGate, type BackupGateArgs, type BackupGateOptions } from "../../provider";
import { startSimulator, type Simulator } from "../../simulator";
import { wireRow } from "../support/backups";
import { failureOf, inlineStack, simulatorConfig } from "./support/stacks";

const aborted = (reason: unknown) => {
  const controller = new AbortController();
  controller.abort(reason);
  return { signal: controller.signal };
};
const fresh = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, "");

describe("a gate in which something goes wrong", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let terminal: string;

  const thrown: Readonly<Record<string, unknown>> = {
    text: "no instance known",
    number: 7,
    nothing: null,
    silence: new Error(""),
  };

  before(async () => {
    simulator = await startSimulator({
      backups: [wireRow({ ServiceInstanceId: "si-good", StartTime: fresh })],
      // A refusal that repeats what was asked for.
      onRequest({ parameters }, { faults }) {
        const message = `There is no ${parameters["Filter.1.Value.1"] ?? ""}.`;
        if (!message.includes("planted")) return;
        faults.add({ kind: "status", status: 400, code: "InvalidParameter", message });
      },
    });
    const guard = (
      name: string,
      args: Parameters<typeof backupGate>[1],
      opts: BackupGateOptions,
    ) => {
      const hooks = backupGate(name, args, { ...opts, on: ["create"] });
      new pulumi.Stash(name, { input: name }, { hooks });
    };
    await using test = await inlineStack(() => {
      for (const [name, error] of Object.entries(thrown)) {
        guard(
          name,
          () => {
            throw error;
          },
          {},
        );
      }
      const good = { serviceInstanceId: "si-good", maxAge: "24h" };
      guard("aborted", good, aborted("cancelled by CI"));
      const args: BackupGateArgs = { serviceInstanceId: "si-bare", maxAge: "24h" };
      guard("changed", args, {});
      args.serviceInstanceId = "si-good";
      guard("secret", { serviceInstanceId: pulumi.secret("si-planted"), maxAge: "24h" }, {});
      return {};
    }, simulatorConfig(simulator));
    terminal = await failureOf(test.stack.up({ continueOnError: true }));
  });
  after(() => simulator.close());

  const told: readonly [string, string][] = [
    ["text", "The backup gate could not be checked: 'no instance known'."],
    ["number", "The backup gate could not be checked: 7."],
    ["nothing", "The backup gate could not be checked: null."],
    ["silence", "The backup gate could not be checked: Error"],
    ["aborted", "The backup gate could not be checked: 'cancelled by CI'."],
    ["secret", "ListBackups was rejected (InvalidParameter, HTTP 400): There is no ***. "],
    ["changed", "No backup of si-bare qualifies (Created, started within 24h). There is none: "],
  ];
  for (const [name, words] of told) {
    it(`stays closed: ${name}`, () => {
      assert.ok(terminal.includes(`error: before hook "${name}" failed: ${words}`), terminal);
    });
  }

  it("lets none of its resources be made", () => {
    assert.doesNotMatch(terminal, /Stash \S+ created/);
    const asked = simulator.requests.map(({ parameters }) => parameters["Filter.1.Value.1"]);
    assert.deepEqual(asked.sort(), ["si-bare", "si-planted"]);
  });

  it("shows no secret of theirs", () => {
    assert.doesNotMatch(terminal, /planted/);
  });
});
