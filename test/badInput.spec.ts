// Input that once got through, or was told in the wrong words.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
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

  it("is half a character, which no request can carry", async () => {
    const told = await message({ serviceInstanceId: "si-1", ids: ["b-\uD800", "b-😀"] });

    assert.equal(
      told,
      `${given}ids[0] is 'b-\\ud800', expected a text (half a character, a lone surrogate, ` +
        "cannot be sent).",
    );
    assert.equal(simulator.requests.length, 0);
  });

  it("is an object that cannot be read", async () => {
    const args = {
      get ids(): string[] {
        throw new Error("a secret of the getter's");
      },
    };

    assert.equal(
      await message(args),
      `${given}args cannot be read: an accessor or proxy in it throws (expected plain values).`,
    );
    const unreadable = {
      get region(): string {
        return args.ids.join();
      },
    };
    assert.equal(
      await message({}, unreadable),
      `${given}opts.settings cannot be read: an accessor or proxy in it throws (expected plain values).`,
    );
  });

  it("is an object that says something else when it is read again", async () => {
    let reads = 0;
    const args = {
      get ids() {
        reads += 1;
        return reads === 1 ? ["backup-1"] : reads;
      },
    };

    assert.equal(await message(args), "no error");
    assert.equal(simulator.requests.length, 1);
    assert.equal(simulator.requests[0]?.parameters["Filter.1.Value.1"], "backup-1");
  });

  for (const opts of [null, "eu", 7]) {
    it(`is ${inspect(opts)} in place of the options`, async () => {
      await assert.rejects(getBackups({}, opts as never), {
        name: "InvalidArgumentError",
        message: `${given}opts is ${inspect(opts)}, expected an object.`,
      });
    });
  }

  it("is a signal that cannot be looked at", async () => {
    const signal = new Proxy({}, { getPrototypeOf: () => assert.fail("looked at") });

    await assert.rejects(getBackups({}, { signal: signal as AbortSignal }), {
      message: `${given}opts cannot be read: an accessor or proxy in it throws (expected plain values).`,
    });
  });

  it("is a list of thousands that are all wrong, of which the first are told", async () => {
    const told = await message({ ids: Array.from({ length: 5000 }, () => 7) });

    assert.match(told, /; ids\[19\] is 7, expected a text; and 4980 more problems\.$/);
    assert.ok(told.length < 1000);
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
