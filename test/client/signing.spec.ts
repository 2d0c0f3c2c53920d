import assert from "node:assert/strict";
import { signedHeaders } from "../../provider/client/signing";
import { planted } from "../support/connection";

const now = Date.parse("2026-01-02T03:04:05.678Z");
const request = { action: "ListBackups", query: { MaxResults: "100" } };
const identity = {
  accessKeyId: planted.accessKey,
  accessKeySecret: planted.secretKey,
  securityToken: undefined,
  providerName: "static_ak",
};

describe("signedHeaders", () => {
  it("name action, version, date and who asks", () => {
    const headers = signedHeaders(request, "nest.example:8443", identity, now);

    const { authorization, "x-acs-signature-nonce": nonce, ...rest } = headers;
    assert.deepEqual(rest, {
      host: "nest.example:8443",
      accept: "application/json",
      "x-acs-action": "ListBackups",
      "x-acs-version": "2021-06-01",
      "x-acs-date": "2026-01-02T03:04:05Z",
      "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "x-acs-credentials-provider": "static_ak",
    });
    assert.match(nonce ?? "", /^[0-9a-f]{32}$/);
    assert.match(
      authorization ?? "",
      /^ACS3-HMAC-SHA256 Credential=LTAI5tPlantedKeyOfATest,SignedHeaders=host;(x-acs-[a-z0-9-]+;?)+,Signature=[0-9a-f]{64}$/,
    );
  });

  it("sign the token of temporary keys as well", () => {
    const { securityToken } = planted;
    const headers = signedHeaders(request, "nest.example", { ...identity, securityToken }, now);

    assert.equal(headers["x-acs-security-token"], securityToken);
    assert.equal(headers["x-acs-accesskey-id"], planted.accessKey);
    assert.match(headers["authorization"] ?? "", /x-acs-accesskey-id;.*x-acs-security-token/);
  });

  it("have a nonce of their own each time", () => {
    const nonces = Array.from(
      { length: 100 },
      () => signedHeaders(request, "nest.example", identity, now)["x-acs-signature-nonce"],
    );

    assert.equal(new Set(nonces).size, 100);
  });
});
