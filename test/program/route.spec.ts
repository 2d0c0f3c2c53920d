import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getBackups, getBackupsOutput, InvalidArgumentError } from "../../provider";
import { wireRows } from "../support/backups";
import { AnyComponent, AnyProvider, isKnown, mock, valueOf } from "../support/mocks";
import { serve } from "../support/service";

const answer = { ids: ["backup-7"], backups: [], statusCounts: { Created: 1 } };
const token = "computenest:index:getBackups";

function refusedWith(message: string) {
  return (error: unknown) => error instanceof InvalidArgumentError && error.message === message;
}

describe("getBackups in a program under mocks", () => {
  it("asks the mocks, by its token and with its arguments", async () => {
    const { calls } = await mock(answer);

    const result = await getBackups({ serviceInstanceId: "si-1", limit: 3 });

    assert.deepEqual(result, answer);
    const [call] = calls;
    assert.equal(call?.token, token);
    assert.deepEqual(call.inputs, { serviceInstanceId: "si-1", limit: 3 });
  });

  it("refuses bad arguments before it asks", async () => {
    const { calls } = await mock(answer);

    await assert.rejects(getBackups({ limit: 0 }), InvalidArgumentError);
    assert.equal(calls.length, 0);
  });

  it("goes to the plugin for an explicit provider of this package", async () => {
    const { calls } = await mock(answer);
    const provider = new AnyProvider("computenest");

    await getBackups({}, { provider });

    assert.match(calls[0]?.provider ?? "", /pulumi:providers:computenest::explicit/);
  });

  it("takes the provider of a parent", async () => {
    const { calls } = await mock(answer);
    const parent = new AnyComponent("group", { providers: [new AnyProvider("computenest")] });

    await getBackups({}, { parent });

    assert.match(calls[0]?.provider ?? "", /pulumi:providers:computenest::explicit/);
  });

  it("refuses a provider and a parent that are none", async () => {
    const { calls } = await mock(answer);
    const opts = { provider: "computenest", parent: null } as unknown as pulumi.InvokeOptions;

    await assert.rejects(
      getBackups({}, opts),
      refusedWith(
        "getBackups was given invalid arguments: opts.provider is 'computenest', expected a " +
          "provider (new Provider(...) of pulumi-computenest); opts.parent is null, expected a " +
          "resource.",
      ),
    );
    assert.equal(calls.length, 0);
  });

  it("refuses a parent that cannot be looked at", async () => {
    const parent = new Proxy({}, { get: () => assert.fail("looked at") });

    await assert.rejects(
      getBackups({}, { parent: parent as never }),
      refusedWith(
        "getBackups was given an invalid argument: opts cannot be read: an accessor or proxy in " +
          "it throws (expected plain values).",
      ),
    );
  });

  it("refuses a provider of another package", async () => {
    await mock(answer);
    const provider = new AnyProvider("alicloud");

    await assert.rejects(
      getBackups({}, { provider }),
      refusedWith(
        "getBackups was given an invalid argument: opts.provider is a provider of alicloud, " +
          "which cannot list backups; leave it out (stack config alicloud:* is read without it), " +
          "or for another account use opts.settings or new Provider(...) of pulumi-computenest.",
      ),
    );
  });

  const asks = {
    provider: () => ({ provider: new AnyProvider("computenest") }),
    version: () => ({ version: "1.2.3" }),
    pluginDownloadURL: () => ({ pluginDownloadURL: "https://example.com" }),
  };
  for (const [what, ask] of Object.entries(asks)) {
    it(`refuses settings together with ${what}`, async () => {
      await mock(answer);

      await assert.rejects(
        getBackups({}, { ...ask(), settings: {} }),
        refusedWith(
          "getBackups was given an invalid argument: opts.settings cannot be combined with a " +
            "provider, version or pluginDownloadURL (give one of them).",
        ),
      );
    });
  }
});

describe("getBackupsOutput in a program under mocks", () => {
  it("asks the mocks once its inputs are known", async () => {
    const { calls } = await mock(answer);

    const result = getBackupsOutput({
      serviceInstanceId: pulumi.output(Promise.resolve("si-1")),
      filters: [{ name: "EndTime", values: [pulumi.output("a")] }],
      maxAge: undefined,
    });

    assert.deepEqual(await valueOf(result), answer);
    assert.equal(calls[0]?.token, token);
    assert.deepEqual(calls[0].inputs, {
      serviceInstanceId: "si-1",
      filters: [{ name: "EndTime", values: ["a"] }],
    });
  });

  it("makes the result of a secret input a secret", async () => {
    await mock(answer);

    const open = getBackupsOutput({ ids: ["backup-7"] });
    const secret = getBackupsOutput({ ids: pulumi.secret(["backup-7"]) });

    assert.deepEqual([await pulumi.isSecret(open), await pulumi.isSecret(secret)], [false, true]);
  });

  it("refuses a provider of another package at once", async () => {
    await mock(answer);
    const provider = new AnyProvider("aws");

    assert.throws(
      () => getBackupsOutput({}, { provider }),
      /^InvalidArgumentError: getBackups was given an invalid argument: opts\.provider is a provider of aws,/,
    );
  });
});

describe("getBackupsOutput outside of a program", () => {
  it("reads when its inputs are known", async () => {
    const service = await serve({ backups: wireRows(3) });
    const ids = pulumi.output(["backup-2"]);

    const result = getBackupsOutput({ ids }, { settings: service.settings });

    assert.deepEqual((await valueOf(result)).ids, ["backup-2"]);
    assert.equal(await isKnown(result), true);
  });

  it("reads everything when it is given nothing", async () => {
    const service = await serve({ backups: wireRows(3) });
    process.env["COMPUTENEST_ENDPOINT"] = service.url;
    process.env["ALICLOUD_ACCESS_KEY"] = service.accessKeyId;
    process.env["ALICLOUD_SECRET_KEY"] = service.accessKeySecret;

    assert.equal((await valueOf(getBackupsOutput())).ids.length, 3);
  });

  it("shows no value of a secret argument that is not valid", async () => {
    const result = getBackupsOutput({ maxAge: pulumi.secret("a very private text") });

    await assert.rejects(
      valueOf(result),
      refusedWith(
        "getBackups was given an invalid argument: maxAge is a secret that is not shown, " +
          "expected a duration such as 90m, 24h, 7d or P1DT12H.",
      ),
    );
  });

  it("asks nothing while an input is unknown", async () => {
    await mock(answer, { preview: true });
    const service = await serve({ backups: wireRows(3) });
    const Unknown = pulumi.output(Promise.resolve("")).constructor as unknown as new (
      ...args: unknown[]
    ) => pulumi.Output<string>;
    const unknown = new Unknown(
      [],
      Promise.resolve(""),
      Promise.resolve(false),
      Promise.resolve(false),
      Promise.resolve([]),
    );

    const result = getBackupsOutput({ serviceInstanceId: unknown }, { settings: service.settings });

    assert.equal(await isKnown(result), false);
    assert.equal(service.requests.length, 0);
  });
});

describe("getBackups with an Output", () => {
  it("says which function takes one", async () => {
    const args = { serviceInstanceId: pulumi.output("si-1") as unknown as string };

    await assert.rejects(
      getBackups(args),
      refusedWith(
        "getBackups was given an invalid argument: " +
          "serviceInstanceId is an Output (use getBackupsOutput).",
      ),
    );
  });
});
