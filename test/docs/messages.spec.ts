// README quotes messages; here each of them is provoked. `…` in a quotation stands for what differs.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getBackup, type GetBackupArgs, type Settings } from "../../provider";
import type { Fault, SimulatorOptions } from "../../simulator";
import { serve } from "../support/service";
import { read } from "./markdown";

const start = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const stale = { BackupId: "backup-1", ServiceInstanceId: "si-1", Status: "Created" };

/** What a gate on si-1 says. */
async function told(
  options: SimulatorOptions = {},
  settings: Settings = {},
  args: GetBackupArgs = { serviceInstanceId: "si-1", maxAge: "24h" },
): Promise<string> {
  const service = await serve(options);
  const asked = getBackup(args, { settings: { ...service.settings, ...settings } });
  return asked.then(
    () => assert.fail("a backup was found"),
    (error: unknown) => (error as Error).message,
  );
}

/** What a gate on a component says: golden.spec.ts holds the engine to it. */
function toldOfComponent(): string {
  const golden = read("test/engine/golden/component.txt").replaceAll(/\s+/g, " ");
  return /(backupGate was .+?\.) pulumi:pulumi:Stack/.exec(golden)?.[1] ?? golden;
}

const refused = (fault: Fault, settings?: Settings) => told({ faults: [fault] }, settings);
const always = { times: Infinity };
const atOnce = { maxRetryTimeout: 1 };

/** For the beginning of each quotation, something that makes the code say it. */
const provoked: Readonly<Record<string, () => Promise<string>>> = {
  "No backup of … qualifies (…). Seen": () =>
    told({ backups: [{ ...stale, StartTime: start(31) }] }),
  "No backup of … qualifies (…). There is none": () => told(),
  "ListBackups was denied (Forbidden.RAM": () => told({ deny: ["ListBackups"] }),
  "ListBackups was denied (InvalidAccessKeyId": () => told({}, { accessKey: "LTAIanother" }),
  "ListBackups was denied (SignatureDoesNotMatch": () => told({}, { secretKey: "another" }),
  "… is set but": () => told({}, { secretKey: undefined }),
  "No credentials were found": () => told({}, { accessKey: undefined, secretKey: undefined }),
  "ListBackups was throttled": () => refused({ kind: "throttle", ...always }, atOnce),
  "ListBackups got no answer": () => refused({ kind: "resetBeforeHeaders", ...always }, atOnce),
  "ListBackups got an unusable answer": () =>
    refused({ kind: "status", status: 200, body: "<html>", contentType: "text/html" }),
  "Plain HTTP to": () => told({}, { endpoint: "http://computenest.example" }),
  "The list of backups is not complete": () =>
    refused({ kind: "page", patch: { TotalCount: 7 }, ...always }),
  "getBackup was given an invalid argument": () => {
    const serviceInstanceId = pulumi.output("si-1") as unknown as string;
    return told({}, {}, { serviceInstanceId, maxAge: "24h" });
  },
  "backupGate was given an invalid argument": () => Promise.resolve(toldOfComponent()),
};

function quotationsOf(document: string): string[] {
  const [, list = ""] =
    /<!-- messages -->([\s\S]*)<!-- end of messages -->/.exec(read(document)) ?? [];
  return Array.from(list.matchAll(/^- `(.+)`$/gm), ([, quotation = ""]) => quotation);
}

function patternOf(quotation: string): RegExp {
  const parts = quotation.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]+?")}$`);
}

describe("messages that README quotes", () => {
  const quotations = quotationsOf("README.md");

  for (const [beginning, provoke] of Object.entries(provoked)) {
    it(`${beginning} …`, async () => {
      const [quotation = "", ...others] = quotations.filter((text) => text.startsWith(beginning));

      assert.deepEqual(others, []);
      assert.match(await provoke(), patternOf(quotation));
    });
  }

  it("are all provoked here", () => {
    const beginnings = Object.keys(provoked);
    const unknown = quotations.filter((text) => !beginnings.some((one) => text.startsWith(one)));
    assert.deepEqual(unknown, []);
  });

  it("are the same in Chinese", () => {
    assert.deepEqual(quotationsOf("README.zh-CN.md"), quotations);
  });

  it("include what the plugin's launcher says", () => {
    const message =
      "pulumi-resource-computenest needs Node.js 20.19 or newer, and there is no node";
    for (const file of ["README.md", "README.zh-CN.md", "plugin/pulumi-resource-computenest"]) {
      assert.ok(read(file).includes(message), file);
    }
  });
});
