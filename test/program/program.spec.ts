import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import * as pulumi from "@pulumi/pulumi";
import { connectionOf, isInProgram, isMocked, reporterOf } from "../../provider/program/program";
import { mock } from "../support/mocks";
import { collectWarnings } from "../support/warnings";

describe("a plain script", () => {
  it("is no program", () => {
    assert.deepEqual([isInProgram(), isMocked()], [false, false]);
  });

  it("warns on standard error, and tells its progress to who listens", () => {
    const warnings = collectWarnings();
    const told: unknown[] = [];
    const listen = (message: unknown) => told.push(message);
    subscribe("pulumi-computenest:progress", listen);
    const reporter = reporterOf(undefined);

    reporter.warn("careful");
    reporter.progress("working");
    unsubscribe("pulumi-computenest:progress", listen);

    assert.deepEqual(warnings, ["computenest: careful"]);
    assert.deepEqual(told, ["working"]);
  });
});

describe("a program under mocks", () => {
  it("is a program, and known for what it is", async () => {
    await mock({});

    assert.deepEqual([isInProgram(), isMocked()], [true, true]);
  });

  it("warns and reports through Pulumi's log", async () => {
    await mock({});
    const told: string[] = [];
    const { warn, info } = console;
    console.warn = (text: string) => told.push(text);
    console.info = console.warn;
    const { log } = console;
    console.log = console.warn;

    const reporter = reporterOf(undefined);
    reporter.warn("careful");
    reporter.progress("working");
    Object.assign(console, { warn, info, log });

    assert.deepEqual(told, ["warning: [runtime] careful", "info: [runtime] working"]);
  });
});

describe("connectionOf", () => {
  const regionOf = (...args: Parameters<typeof connectionOf>) => connectionOf(...args).region;
  const international = "ap-southeast-1";

  it("takes the region of the call before everything", () => {
    assert.equal(regionOf({ region: "cn-hangzhou" }, international), international);
  });

  it("takes the region of each call, whatever that of the one before", () => {
    const regions = [undefined, international, undefined, "cn-hangzhou"] as const;

    assert.deepEqual(
      regions.map((region) => connectionOf(undefined, region).endpoint.host),
      ["cn-hangzhou", international, "cn-hangzhou", "cn-hangzhou"].map(
        (region) => `computenest.${region}.aliyuncs.com`,
      ),
    );
  });

  it("takes settings before stack config before the environment", () => {
    process.env["ALICLOUD_REGION"] = "cn-hangzhou";
    const fromEnvironment = regionOf(undefined, undefined);
    pulumi.runtime.setAllConfig({ "alicloud:region": international });
    const fromAlicloud = regionOf(undefined, undefined);
    pulumi.runtime.setAllConfig({
      "alicloud:region": international,
      "computenest:region": "cn-hangzhou",
    });
    const fromComputenest = regionOf(undefined, undefined);
    const fromSettings = regionOf({ region: international }, undefined);

    assert.deepEqual(
      [fromEnvironment, fromAlicloud, fromComputenest, fromSettings],
      ["cn-hangzhou", international, "cn-hangzhou", international],
    );
    pulumi.runtime.setAllConfig({});
  });

  it("spells a setting as its layer does", () => {
    assert.throws(() => connectionOf({ securityToken: "t" }, undefined), {
      message:
        "settings.securityToken is set but settings.accessKey and settings.secretKey are not. " +
        "Set both in the same place (the settings option), or neither: halves of two pairs are " +
        "never combined.",
    });
  });

  it("asks through the proxy of the environment", () => {
    process.env["HTTPS_PROXY"] = "http://proxy.example:3128";

    assert.equal(connectionOf(undefined, undefined).proxy.httpsProxy, "http://proxy.example:3128");
  });

  it("gives calls with equal settings one connection", () => {
    const settings = () => ({ accessKey: "id", secretKey: "secret" });

    assert.equal(connectionOf(settings(), "cn-hangzhou"), connectionOf(settings(), "cn-hangzhou"));
  });

  const others: readonly (readonly [string, () => unknown])[] = [
    ["setting", () => connectionOf({ endpoint: "b.example" }, undefined)],
    [
      "stack config",
      () => {
        pulumi.runtime.setAllConfig({ "computenest:clientReadTimeout": "1" });
        return connectionOf({ endpoint: "a.example" }, undefined);
      },
    ],
    [
      "environment",
      () => {
        process.env["CLIENT_READ_TIMEOUT"] = "1";
        return connectionOf({ endpoint: "a.example" }, undefined);
      },
    ],
    ["region of the call", () => connectionOf({ endpoint: "a.example" }, "cn-hangzhou")],
    [
      "proxy",
      () => {
        process.env["HTTPS_PROXY"] = "http://proxy.example:3128";
        return connectionOf({ endpoint: "a.example" }, undefined);
      },
    ],
  ];
  for (const [what, other] of others) {
    it(`gives a call with another ${what} another connection`, () => {
      const base = connectionOf({ endpoint: "a.example" }, undefined);

      try {
        assert.notEqual(other(), base);
      } finally {
        pulumi.runtime.setAllConfig({});
      }
    });
  }

  it("refuses what is wrong each time", () => {
    pulumi.runtime.setAllConfig({ "computenest:regoin": "cn-hangzhou" });
    const message = "computenest:regoin is not a setting; did you mean computenest:region?";

    try {
      assert.throws(() => connectionOf(undefined, undefined), { message });
      assert.throws(() => connectionOf(undefined, undefined), { message });
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });
});
