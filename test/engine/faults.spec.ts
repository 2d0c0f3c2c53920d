// Some faults of test/faults/matrix.ts, at least one of each kind, on the real engine: a resource behind
// a hook, and a BackupGate, each with a peer of its own, all in one update.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { BackupGate, backupGate, Provider } from "../../provider";
import { settingsFor } from "../faults/cells";
import type { FaultCase } from "../faults/family";
import { families } from "../faults/matrix";
import { steady, type Outcome } from "../faults/outcome";
import type { Peer } from "../faults/peers";
import { runsOn, type Run } from "./support/runs";
import { inlineStack } from "./support/stacks";

const chosen = [
  "throttled once",
  "throttled for as long as it is tried",
  "502 each time, a page of HTML",
  "connection ends within the body, each time",
  "nobody listens there",
  "a certificate that nobody vouches for",
  "a byte at a time, without end (on the first page)",
  "a page of HTML as if all were well",
  "a redirect to another host (302)",
  "`Backups` is missing",
  "`RestoreTasks` is missing",
  "a start that is no time",
  "the tokens lead in a circle",
  "a backup is made while the list is read",
  "`TotalCount` is too low, each time",
  "200 MB",
  "the STS token expired, and there is a new one",
  "an error of a million characters, with some that a terminal obeys",
];

/** What is declared for a fault, with a peer for each. */
interface Declared {
  readonly fault: FaultCase;
  readonly expected: Outcome;
  readonly hookPeer: Peer;
  readonly gatePeer: Peer;
}

const faults = families.flatMap(({ cases }) => cases);
const recent = { serviceInstanceId: "si-1", maxAge: "24h" };

function declare({ fault, expected, hookPeer, gatePeer }: Declared, name: string): void {
  const args = { ...recent, ...fault.wanted };
  const settings = settingsFor(fault, hookPeer, expected);
  const hooks = backupGate(name, args, { settings, on: ["create"] });
  new pulumi.Stash(`hook ${name}`, { input: "made" }, { hooks });
  const provider = new Provider(name, settingsFor(fault, gatePeer, expected));
  const gate = new BackupGate(`gate ${name}`, args, { provider });
  new pulumi.Stash(`behind ${name}`, { input: "made" }, { dependsOn: gate });
}

describe("faults on the real engine", function () {
  this.timeout(180_000);
  const declared = new Map<string, Declared>();
  let run: Run;

  before(async () => {
    for (const name of chosen) {
      const fault = faults.find((one) => one.fault === name);
      assert.ok(fault, name);
      const expected = fault.gates ?? fault.outcome;
      const [hookPeer, gatePeer] = [await fault.peer(), await fault.peer()];
      declared.set(name, { fault, expected, hookPeer, gatePeer });
    }
    await using test = await inlineStack(() => {
      [...declared.values()].forEach((one, index) => {
        declare(one, String(index));
      });
      return {};
    }, {});
    run = await runsOn(test)((stack, display) => stack.up({ ...display, continueOnError: true }));
  });

  for (const [index, name] of chosen.entries()) {
    it(name, () => {
      const { expected, hookPeer, gatePeer } = declared.get(name)!;
      const told = (resource: string, peer: Peer) =>
        (run.diagnostics[resource] ?? []).map((line) => steady(line, peer));

      const isClosed = "error" in expected;
      assert.deepEqual(
        [
          told(`hook ${index}`, hookPeer),
          told(`gate ${index}`, gatePeer),
          run.after[`hook ${index}`],
          run.after[`behind ${index}`],
        ],
        isClosed
          ? [
              [`error: before hook "${index}" failed: ${expected.message}`],
              [`error: ${expected.message}`],
              undefined,
              undefined,
            ]
          : [[], [], ["made"], ["made"]],
        run.terminal,
      );
      hookPeer.check?.();
      gatePeer.check?.();
    });
  }
});
