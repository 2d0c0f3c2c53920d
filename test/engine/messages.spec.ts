// What a person sees in the terminal when a read fails: one message, no stack, no secret.

import assert from "node:assert/strict";
import { getBackups, type GetBackupsArgs } from "../../provider";
import { sampleBackups, startSimulator, type Simulator, type Fault } from "../../simulator";
import { failureOf, inlineStack, simulatorConfig, type TestStack } from "./support/stacks";

interface Case {
  readonly name: string;
  readonly args?: object;
  readonly config?: Readonly<Record<string, string>>;
  readonly fault?: Fault;
  readonly message: string | RegExp;
}

const asked = String.raw`Asked 127\.0\.0\.1:\d+ as LTAI…Key \(stack config alicloud:\*\)\.`;
const requestId = String.raw`RequestId [0-9A-F-]{36}\.`;

const cases: readonly Case[] = [
  {
    name: "a region that the service does not have",
    args: { region: "cn-beijing" },
    message:
      "getBackups was given an invalid argument: region is 'cn-beijing', " +
      "expected one of cn-hangzhou, ap-southeast-1.",
  },
  {
    name: "half a key pair",
    config: { "computenest:accessKey": "LTAI5tHalfOfAPairOnly" },
    message:
      "computenest:accessKey is set but computenest:secretKey is not. Set both in the same place " +
      "(stack config computenest:*), or neither: halves of two pairs are never combined.",
  },
  {
    name: "an endpoint that nobody listens at",
    config: { "computenest:endpoint": "http://127.0.0.1:1", "computenest:maxRetryTimeout": "1" },
    message: new RegExp(
      String.raw`^ListBackups got no answer: connect ECONNREFUSED 127\.0\.0\.1:1\. Check the ` +
        String.raw`endpoint, the network and the proxy settings\. Given up after \d+ attempts and ` +
        String.raw`1(\.\d)? s \(maxRetryTimeout is 1 s\)\. ${asked}$`,
    ),
  },
  {
    name: "a permission that is denied",
    fault: {
      kind: "status",
      status: 403,
      code: "Forbidden.RAM",
      message: "User not authorized to operate on the specified resource.",
    },
    message: new RegExp(
      String.raw`^ListBackups was denied \(Forbidden\.RAM, HTTP 403\): User not authorized to ` +
        String.raw`operate on the specified resource\. The caller may not call ` +
        String.raw`computenest:ListBackups\. Allow the action ` +
        String.raw`computenest:ListBackups on resource \* in RAM\. ${asked} ${requestId}$`,
    ),
  },
  {
    name: "a page that is malformed",
    fault: { kind: "page", patch: { Backups: "none" } },
    message: new RegExp(
      String.raw`^Page 1 of ListBackups cannot be used: Backups: .*\. No part of the list is ` +
        String.raw`returned in its place\. ${requestId}$`,
    ),
  },
  {
    name: "a filter that does not exist",
    args: { filters: [{ name: "BackupID", values: ["backup-1"] }] },
    message:
      "getBackups was given an invalid argument: filters[0].name is 'BackupID', " +
      "expected one of BackupId, ServiceInstanceId, Status, StartTime, EndTime.",
  },
  {
    name: "a date that is none",
    args: { startedAfter: "2026-02-30T00:00:00Z" },
    message:
      "getBackups was given an invalid argument: startedAfter is '2026-02-30T00:00:00Z', " +
      "expected an RFC 3339 time such as 2026-01-31T00:00:00Z.",
  },
  {
    name: "maxResults: 0",
    args: { maxResults: 0 },
    message:
      "getBackups was given an invalid argument: maxResults is 0, " +
      "expected a whole number from 1 to 100.",
  },
];

/** The error lines of what the CLI printed, without the label; for inline programs each comes twice. */
function errorsOf(terminal: string): string[] {
  const lines = terminal.split("\n").filter((line) => /^\s+error: /.test(line));
  return [...new Set(lines.map((line) => line.replace(/^\s+error: /, "").trim()))];
}

describe("what the terminal shows", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let test: TestStack;
  let args: GetBackupsArgs = {};

  before(async () => {
    simulator = await startSimulator({ backups: sampleBackups({ now: Date.now() }) });
    test = await inlineStack(async () => ({ ids: (await getBackups(args)).ids }), {});
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
    await simulator.close();
  });

  for (const { name, message, fault, config = {}, ...given } of cases) {
    it(`for ${name} is one paragraph`, async () => {
      const own = Object.entries(config).map(([key, value]) => [key, { value }] as const);
      await test.stack.setAllConfig({ ...simulatorConfig(simulator), ...Object.fromEntries(own) });
      if (fault !== undefined) simulator.faults.add(fault);
      args = given.args ?? {};

      const terminal = await failureOf(test.stack.preview());

      for (const key of Object.keys(config)) await test.stack.removeConfig(key);
      const errors = errorsOf(terminal);
      assert.equal(errors.length, 1, terminal);
      if (typeof message === "string") assert.equal(errors[0], message);
      else assert.match(errors[0]!, message);
      assert.doesNotMatch(terminal, /^\s+at /m, "shows a stack");
      assert.equal(terminal.includes(simulator.accessKeySecret), false, "shows a secret");
    });
  }
});
