// Input that once got through, or was told in the wrong words.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { getBackups, listBackups, type Settings } from "../provider";
import { startSimulator, type Simulator } from "../simulator";
import { stackConfigLayer } from "../provider/settings/stackConfig";
import { chooseRegion } from "../provider/settings/region";

const given = "getBackups was given an invalid argument: ";

describe("bad input", () => {
  let simulator: Simulator;
  let settings: Settings;

  beforeEach(async () => {
    simulator = await startSimulator({
      backups: Array.from({ length: 15 }, (_, i) => ({
        BackupId: `backup-${i}`,
        ServiceInstanceId: "si-1",
        Status: "Created",
      })),
    });
    settings = {
      endpoint: simulator.url,
      accessKey: simulator.accessKeyId,
      secretKey: simulator.accessKeySecret,
      maxRetryTimeout: 1,
    };
  });
  afterEach(() => simulator.close());

  const message = async (args: unknown, own: unknown = settings) => {
    try {
      await getBackups(args as object, { settings: own as Settings });
    } catch (error) {
      return (error as Error).message;
    }
    return "no error";
  };

  it("is a Promise in place of the arguments: an await was forgotten", async () => {
    const told = await message(Promise.resolve({ serviceInstanceId: "si-1" }));

    assert.equal(told, `${given}args is a Promise (await it first).`);
    assert.equal(simulator.requests.length, 0);
  });

  it("is a Map in place of the settings", async () => {
    const told = await message({}, new Map([["accessKey", "LTAI5tInAMap"]]));

    assert.equal(told, `${given}opts.settings is a Map (expected a plain object).`);
  });

  it("is an Output among the settings", async () => {
    const told = await message({}, { ...settings, secretKey: pulumi.secret("s3cr3t") });

    assert.equal(
      told,
      `${given}opts.settings.secretKey is an Output (settings take plain values: ` +
        "call inside its apply, or set it in stack config).",
    );
  });

  it("is a key with a line break: refused before any request, and not shown", async () => {
    const told = await message({}, { ...settings, accessKey: "LTAI5tWithALineBreak\n" });

    assert.equal(
      told,
      `${given}opts.settings.accessKey is a secret that is not shown, expected an access key id ` +
        "of visible ASCII characters, without spaces and line breaks.",
    );
  });

  it("is a key in a file with a line break", async () => {
    const folder = await mkdtemp(join(tmpdir(), "computenest-profile-"));
    const sharedCredentialsFile = join(folder, "config.json");
    const keys = { access_key_id: "LTAI5tInAFile\n", access_key_secret: "s3cr3t" };
    const profiles = [{ name: "ci", mode: "AK", ...keys }];
    await writeFile(sharedCredentialsFile, JSON.stringify({ current: "ci", profiles }));

    const told = await message(
      {},
      { endpoint: simulator.url, profile: "ci", sharedCredentialsFile },
    );

    assert.equal(
      told,
      "The credentials named in the settings option (profile) cannot be had: " +
        "a key or token holds a space, a line break or other than ASCII.",
    );
    await rm(folder, { recursive: true });
  });

  it("is a region in capitals, which still belongs to its site", () => {
    const found = { value: "CN-Hangzhou", source: "alicloud:region" };

    assert.deepEqual(chooseRegion(found, undefined), { region: "cn-hangzhou", guess: undefined });
  });

  it("is a list of endpoints without ours, which leaves the public one", () => {
    const config = { "alicloud:endpoints": '[{"ecs":"ecs.example"}]' };

    assert.deepEqual(stackConfigLayer("alicloud", config).values, {});
  });
});

describe("a service that ignores a filter", () => {
  let simulator: Simulator;
  const ids = Array.from({ length: 15 }, (_, i) => `backup-${i}`);
  const rows = ids.map((BackupId) => ({ BackupId, ServiceInstanceId: "si-1", Status: "Created" }));
  const options = () => ({
    settings: {
      endpoint: simulator.url,
      accessKey: simulator.accessKeyId,
      secretKey: simulator.accessKeySecret,
    },
  });

  beforeEach(async () => {
    const patch = { Backups: rows, TotalCount: rows.length, NextToken: "" };
    simulator = await startSimulator({
      backups: rows,
      faults: [{ kind: "page", patch, times: Infinity }],
    });
  });
  afterEach(() => simulator.close());

  it("does not make one backup two in a list of several requests", async () => {
    const { statusCounts, ids: read } = await getBackups({ ids }, options());

    assert.equal(simulator.requests.length, 2);
    assert.deepEqual(new Set(read), new Set(ids));
    assert.equal(statusCounts?.["Created"], 15);
  });

  it("nor in a stream", async () => {
    const read: string[] = [];
    for await (const { backupId } of listBackups({ ids }, options())) read.push(backupId);

    assert.equal(simulator.requests.length, 2);
    assert.deepEqual(read, ids);
  });
});

describe("the words of a service", () => {
  it("are one line of bearable length, without control characters", async () => {
    const words = `line 1\nline 2\n\tat foo (bar.js:1)\u001B[31m${"x".repeat(600)}`;
    const simulator = await startSimulator({
      faults: [{ kind: "status", status: 400, code: "Odd", message: words }],
    });
    const settings = {
      endpoint: simulator.url,
      accessKey: simulator.accessKeyId,
      secretKey: simulator.accessKeySecret,
    };

    await assert.rejects(getBackups({}, { settings }), (error: Error) => {
      assert.match(
        error.message,
        /^ListBackups was rejected \(Odd, HTTP 400\): line 1 line 2 at foo/,
      );
      assert.doesNotMatch(error.message, /\p{Cc}/u);
      assert.ok(error.message.length < 800);
      return true;
    });
    await simulator.close();
  });
});

describe("one signal for many calls", () => {
  it("is no leak to Node", async () => {
    const simulator = await startSimulator({});
    const settings = {
      endpoint: simulator.url,
      accessKey: simulator.accessKeyId,
      secretKey: simulator.accessKeySecret,
    };
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.name);
    process.on("warning", note);
    const { signal } = new AbortController();

    await Promise.all(Array.from({ length: 30 }, () => getBackups({}, { settings, signal })));
    await new Promise(setImmediate);

    process.off("warning", note);
    assert.equal(warnings.includes("MaxListenersExceededWarning"), false);
    await simulator.close();
  });
});
