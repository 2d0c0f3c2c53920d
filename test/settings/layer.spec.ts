import assert from "node:assert/strict";
import { ConfigurationError } from "../../provider/errors";
import { textLayer, type RawSettings } from "../../provider/settings/layer";

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

  it("takes an object as it is", () => {
    const role = { roleArn: "[]", sessionExpiration: 900 };

    assert.deepEqual(read({ assumeRole: role }), { assumeRole: role });
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
