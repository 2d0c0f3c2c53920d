import assert from "node:assert/strict";
import { ConfigurationError } from "../../provider/errors";
import { stackConfigLayer, textLayer, type RawSettings } from "../../provider/settings/layer";

const read = (raw: RawSettings) => textLayer("environment", raw, (key) => key.toUpperCase()).values;

function assertRefused(work: () => unknown, message: string) {
  assert.throws(work, (error) => error instanceof ConfigurationError && error.message === message);
}

describe("textLayer", () => {
  it("takes texts as they are, and leaves out what is not set", () => {
    assert.deepEqual(read({ region: "cn-hangzhou", profile: undefined }), {
      region: "cn-hangzhou",
    });
  });

  it("reads numbers", () => {
    const raw = { clientConnectTimeout: "1", clientReadTimeout: "600000", maxRetryTimeout: "0" };

    assert.deepEqual(read(raw), {
      clientConnectTimeout: 1,
      clientReadTimeout: 600_000,
      maxRetryTimeout: 0,
    });
  });

  it("reads objects as JSON", () => {
    const role = { roleArn: "acs:ram::1:role/r", sessionExpiration: 900 };

    assert.deepEqual(read({ assumeRole: JSON.stringify(role) }), { assumeRole: role });
  });

  it("takes an object out of the list that older programs wrap it in", () => {
    const role = { roleArn: "acs:ram::1:role/r" };

    assert.deepEqual(read({ assumeRole: JSON.stringify([role]) }), { assumeRole: role });
  });

  it("does not mind the case of a protocol", () => {
    assert.deepEqual(read({ protocol: "https" }), { protocol: "HTTPS" });
  });

  const milliseconds = "expected a whole number of milliseconds from 1 to 600000";
  const oidc = { roleArn: "r", oidcProviderArn: "o" };
  const wrong: [RawSettings, string][] = [
    [{ clientReadTimeout: "5s" }, `CLIENTREADTIMEOUT is '5s', ${milliseconds}.`],
    [{ clientConnectTimeout: "0" }, `CLIENTCONNECTTIMEOUT is 0, ${milliseconds}.`],
    [{ clientReadTimeout: "600001" }, `CLIENTREADTIMEOUT is 600001, ${milliseconds}.`],
    [
      { maxRetryTimeout: "-1" },
      "MAXRETRYTIMEOUT is '-1', expected a whole number of seconds, 0 or more.",
    ],
    [{ protocol: "ftp" }, "PROTOCOL is 'FTP', expected HTTPS or HTTP."],
    [{ accountType: "domestic" }, "ACCOUNTTYPE is 'domestic', expected Domestic or International."],
    [{ completeness: "maybe" }, "COMPLETENESS is 'maybe', expected strict or tokens."],
    [{ transport: "curl" }, "TRANSPORT is 'curl', expected undici or openapi-client."],
    [
      { assumeRole: "arn" },
      "ASSUMEROLE is a secret that is not shown, expected an object with roleArn.",
    ],
    [{ assumeRole: "{}" }, "ASSUMEROLE.roleArn is missing, expected the ARN of a RAM role."],
    [
      { assumeRole: '{"roleArn":"r","sessionExpiration":60}' },
      "ASSUMEROLE.sessionExpiration is 60, expected a whole number of seconds from 900 to 43200.",
    ],
    [
      { assumeRole: '{"roleArn":"r","externalId":5}' },
      "ASSUMEROLE.externalId is a secret that is not shown, expected an external id.",
    ],
    [
      { assumeRole: '{"roleArn":"r","odd\\nname":5}' },
      "ASSUMEROLE.odd\nname is not known " +
        "(known are roleArn, sessionName, policy, sessionExpiration, externalId).",
    ],
    [
      { assumeRoleWithOidc: JSON.stringify(oidc) },
      "ASSUMEROLEWITHOIDC is a secret that is not shown, " +
        "expected one of oidcTokenFile and oidcToken.",
    ],
    [
      { assumeRoleWithOidc: JSON.stringify({ ...oidc, oidcToken: "s3cret", oidcTokenFile: "f" }) },
      "ASSUMEROLEWITHOIDC is a secret that is not shown, expected one of oidcTokenFile and oidcToken.",
    ],
    [
      { transport: "curl", completeness: "maybe" },
      "COMPLETENESS is 'maybe', expected strict or tokens; " +
        "TRANSPORT is 'curl', expected undici or openapi-client.",
    ],
  ];
  for (const [raw, message] of wrong) {
    it(`refuses ${JSON.stringify(raw)}`, () => {
      assertRefused(() => read(raw), message);
    });
  }
});

describe("stackConfigLayer", () => {
  it("reads the keys of its namespace, and spells them as the user does", () => {
    const layer = stackConfigLayer("alicloud", {
      "alicloud:region": "cn-hangzhou",
      "computenest:region": "ap-southeast-1",
      "project:region": "elsewhere",
    });

    assert.equal(layer.name, "stack config alicloud:*");
    assert.deepEqual(layer.values, { region: "cn-hangzhou" });
    assert.equal(layer.spelling("region"), "alicloud:region");
  });

  it("passes over what pulumi-alicloud has besides", () => {
    const config = { "alicloud:skipRegionValidation": "true", "alicloud:accountId": "1" };

    assert.deepEqual(stackConfigLayer("alicloud", config).values, {});
  });

  const endpoints: [string, string | undefined][] = [
    ['{"computenest":"a.example"}', "a.example"],
    ['[{"computenest":"a.example"}]', "a.example"],
    ['[{"ecs":"e.example"},{"computenest":"a.example"}]', "a.example"],
    ['[null,{"computenest":"a.example"}]', "a.example"],
    ['{"ecs":"e.example"}', undefined],
    ["[]", undefined],
    ["null", undefined],
  ];
  for (const [text, endpoint] of endpoints) {
    it(`takes ${endpoint ?? "no endpoint"} from endpoints ${text}`, () => {
      const { values } = stackConfigLayer("alicloud", { "alicloud:endpoints": text });

      assert.equal(values.endpoint, endpoint);
    });
  }

  for (const text of ['{"computenest":7}', "no JSON", '{"computenest":"cut off']) {
    it(`does not pass over endpoints ${text}`, () => {
      assert.throws(() => stackConfigLayer("alicloud", { "alicloud:endpoints": text }), {
        name: "ConfigurationError",
        message:
          'alicloud:endpoints cannot be read, expected JSON such as {"computenest": "host"}.',
      });
    });
  }

  it("prefers endpoint to endpoints", () => {
    const { values } = stackConfigLayer("computenest", {
      "computenest:endpoint": "a.example",
      "computenest:endpoints": '{"computenest":"b.example"}',
    });

    assert.deepEqual(values, { endpoint: "a.example" });
  });

  it("refuses a misspelt key of its own, which would silently not count", () => {
    assertRefused(
      () => stackConfigLayer("computenest", { "computenest:acessKey": "x" }),
      "computenest:acessKey is not a setting; did you mean computenest:accessKey?",
    );
  });

  it("leaves alone what resembles no setting, and what Pulumi keeps there", () => {
    const config = {
      "computenest:greeting": "hello",
      "computenest:version": "1.0.0",
      "computenest:pluginDownloadURL": "https://example.com",
    };

    assert.deepEqual(stackConfigLayer("computenest", config).values, {});
  });

  it("does not check the spelling of pulumi-alicloud's keys", () => {
    assert.deepEqual(stackConfigLayer("alicloud", { "alicloud:acessKey": "x" }).values, {});
  });
});
