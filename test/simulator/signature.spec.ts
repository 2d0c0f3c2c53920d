import assert from "node:assert/strict";

import {
  canonicalRequest,
  headersToSign,
  parseAuthorization,
  sameText,
  sign,
  stringToSign,
} from "../../simulator/signature";

const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("signature", () => {
  it("gives the values of the example in the service's own description of ACS3", () => {
    const headers = {
      "x-acs-version": "2014-05-26",
      host: "ecs.cn-shanghai.aliyuncs.com",
      "x-acs-action": "RunInstances",
      "x-acs-content-sha256": emptyHash,
      "x-acs-date": "2023-10-26T10:22:32Z",
      "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
    };
    const query = new Map([
      ["RegionId", "cn-shanghai"],
      ["ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"],
    ]);
    const request = { method: "POST", path: "/", query, headers, bodyHash: emptyHash };

    const text = stringToSign(canonicalRequest(request, headersToSign(headers)));

    assert.equal(
      text,
      "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
    );
    assert.equal(
      sign(text, "YourAccessKeySecret"),
      "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
    );
  });

  it("sorts and percent-encodes the decoded query, and trims the headers", () => {
    const request = {
      method: "POST",
      path: "/",
      query: new Map([
        ["b", "a b+c"],
        ["a", "*~!'()/中"],
        ["B", ""],
      ]),
      headers: { "x-acs-b": " two ", host: "here" },
      bodyHash: emptyHash,
    };

    const canonical = canonicalRequest(request, ["x-acs-b", "host"]);

    assert.equal(
      canonical,
      `POST\n/\nB=&a=%2A~%21%27%28%29%2F%E4%B8%AD&b=a%20b%2Bc\nhost:here\nx-acs-b:two\n\n` +
        `host;x-acs-b\n${emptyHash}`,
    );
  });

  it("has to cover host and every x-acs- header", () => {
    const headers = { host: "here", accept: "*/*", "x-acs-date": "now", "x-acs-x": "1" };

    assert.deepEqual(headersToSign(headers), ["host", "x-acs-date", "x-acs-x"]);
  });

  it("reads an Authorization header", () => {
    const hex = "0f".repeat(32);

    assert.deepEqual(
      parseAuthorization(`ACS3-HMAC-SHA256 Credential=key,SignedHeaders=host;x,Signature=${hex}`),
      { accessKeyId: "key", signedHeaders: ["host", "x"], signature: hex },
    );
  });

  const malformed = [
    "",
    "Bearer abc",
    `ACS3-HMAC-SM3 Credential=key,SignedHeaders=host,Signature=${emptyHash}`,
    "ACS3-HMAC-SHA256 Credential=key,SignedHeaders=host,Signature=short",
    `ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=${emptyHash}`,
    `ACS3-HMAC-SHA256 Credential=key,Signature=${emptyHash}`,
  ];
  for (const text of malformed) {
    it(`does not take "${text.slice(0, 50)}" for one`, () => {
      assert.equal(parseAuthorization(text), undefined);
    });
  }

  it("compares texts of any length", () => {
    assert.equal(sameText("same", "same"), true);
    assert.equal(sameText("same", "sane"), false);
    assert.equal(sameText("same", "same or longer"), false);
  });
});
