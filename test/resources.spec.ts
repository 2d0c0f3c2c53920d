import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { BackupGate, getBackup, getBackupOutput, getBackupsOutput, Provider } from "../provider";
import { AnyComponent, AnyProvider, mock, valueOf } from "./support/mocks";

/** A secret as it goes to the engine. */
const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("Provider under mocks", () => {
  it("hands texts on, structures as JSON, and secrets as such", async () => {
    const seen: Record<string, unknown> = {};
    await pulumi.runtime.setMocks({
      call: () => ({}),
      newResource: ({ type, inputs }) => {
        Object.assign(seen, { [type]: inputs as unknown });
        return { id: "id", state: inputs as Record<string, unknown> };
      },
    });

    const provider = new Provider("other", {
      region: pulumi.output("ap-southeast-1"),
      secretKey: "k",
      clientReadTimeout: 5000,
      assumeRole: { roleArn: pulumi.output("acs:ram::1:role/reader") },
      profile: undefined,
    });
    await valueOf(provider.urn);

    assert.deepEqual(seen["pulumi:providers:computenest"], {
      region: "ap-southeast-1",
      secretKey: secret("k"),
      clientReadTimeout: "5000",
      assumeRole: secret('{"roleArn":"acs:ram::1:role/reader"}'),
    });
  });
});

describe("BackupGate under mocks", () => {
  it("is a resource whose outputs the mocks give", async () => {
    await pulumi.runtime.setMocks({
      call: () => ({}),
      newResource: ({ inputs }) => ({
        id: "gate",
        state: { ...(inputs as object), backupId: "backup-7" },
      }),
    });

    const gate = new BackupGate("gate", { serviceInstanceId: "si-1", maxAge: "24h" });

    assert.equal(await valueOf(gate.backupId), "backup-7");
  });
});

describe("BackupGate without a provider", () => {
  const gate = () => new BackupGate("gate", { serviceInstanceId: "si-1", maxAge: "24h" });
  const keys = (prefix: string) => ({ [`${prefix}:accessKey`]: "k", [`${prefix}:secretKey`]: "s" });

  const refused: readonly [string, Record<string, string>, string][] = [
    ["credentials", keys("alicloud"), "credentials"],
    ["a region", { "alicloud:region": "cn-hangzhou" }, "region"],
    [
      "credentials and a region, and computenest:* only a region of its own",
      { ...keys("alicloud"), "alicloud:region": "cn-beijing", "computenest:region": "cn-hangzhou" },
      "credentials",
    ],
  ];
  for (const [what, config, missing] of refused) {
    it(`is refused where alicloud:* has ${what}`, async () => {
      await mock({});
      pulumi.runtime.setAllConfig(config);

      assert.throws(gate, {
        name: "ConfigurationError",
        message:
          "BackupGate gate would ask as somebody else: the plugin sees stack config computenest:*, " +
          `but ${missing} of this stack are in alicloud:*. Give it a provider (new Provider(...) of ` +
          "pulumi-computenest takes them over), or set computenest:* as well.",
      });
    });
  }

  it("takes the provider of its parent", async () => {
    await mock({});
    pulumi.runtime.setAllConfig(keys("alicloud"));
    const args = { serviceInstanceId: "si-1", maxAge: "24h" };
    const parent = new AnyComponent("group", { providers: [new AnyProvider("computenest")] });

    assert.equal(await valueOf(new BackupGate("gate", args, { parent }).id), "gate-id");
    assert.throws(() => new BackupGate("other", args, { parent: new AnyComponent("bare") }), {
      name: "ConfigurationError",
    });
  });

  it("is made where computenest:* has all that alicloud:* has", async () => {
    await mock({});
    pulumi.runtime.setAllConfig({ ...keys("alicloud"), ...keys("computenest") });

    assert.equal(await valueOf(gate().id), "gate-id");
  });
});

describe("a parent that carries a provider of alicloud", () => {
  const warnings: string[] = [];
  const warn = console.warn;
  beforeEach(() => {
    warnings.length = 0;
    console.warn = (text: string) => warnings.push(text);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it("is warned of once, since backups are not read with it", async () => {
    await mock({ backups: [], backupId: "backup-1" });
    const parent = new AnyComponent("group", { providers: [new AnyProvider("alicloud")] });

    await getBackup({ backupId: "backup-1" }, { parent });
    await valueOf(getBackupOutput({ backupId: "backup-1" }, { parent }));
    await valueOf(getBackupsOutput({}, { parent }));

    assert.deepEqual(warnings, [
      "warning: [runtime] The providers of this resource include one of alicloud, but none of " +
        "computenest. Backups are not read with it: use new Provider(...) of pulumi-computenest " +
        "for its account.",
    ]);
  });
});
