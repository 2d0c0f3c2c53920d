import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { simulate } from "./running";
import { type Call, signedCall } from "./signedCall";

const nowMs = Date.parse("2026-01-02T03:04:05Z");
const minuteMs = 60_000;
const accessKeyId = "LTAIthe0key";
const credentials = { accessKeyId, accessKeySecret: "its secret" };
const emptyHash = createHash("sha256").digest("hex");

interface Refusal {
  readonly name: string;
  readonly call: Call;
  readonly securityToken?: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const incomplete = (reason: string) => ({
  status: 400,
  code: "IncompleteSignature",
  message: `The request signature does not conform to Aliyun standards: ${reason}.`,
});
const missing = (name: string) => ({
  status: 400,
  code: "MissingParameter",
  message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
});
const expired = {
  status: 400,
  code: "InvalidTimeStamp.Expired",
  message: "Specified time stamp or date value is expired.",
};
const badlyDated = {
  status: 400,
  code: "InvalidTimeStamp.Format",
  message: "Specified time stamp or date value is not well formatted.",
};
const foreignToken = {
  status: 400,
  code: "InvalidSecurityToken.MismatchWithAccessKey",
  message: "Specified SecurityToken mismatch with the AccessKey.",
};

const refusals: Refusal[] = [
  {
    name: "no Authorization",
    call: { without: ["authorization"] },
    ...incomplete("there is no Authorization header"),
  },
  {
    name: "an Authorization of another kind",
    call: { unsigned: { authorization: "Bearer abc" } },
    ...incomplete("the Authorization header is not an ACS3-HMAC-SHA256 one"),
  },
  {
    name: "an x-acs- header that is not signed",
    call: { unsigned: { "x-acs-extra": "1" } },
    ...incomplete("these headers are not signed: x-acs-extra"),
  },
  { name: "no date", call: { without: ["x-acs-date"] }, ...missing("x-acs-date") },
  {
    name: "no nonce",
    call: { without: ["x-acs-signature-nonce"] },
    ...missing("x-acs-signature-nonce"),
  },
  {
    name: "no hash of the body",
    call: { without: ["x-acs-content-sha256"] },
    ...missing("x-acs-content-sha256"),
  },
  {
    name: "an access key it does not know",
    call: { accessKeyId: "LTAIother" },
    status: 404,
    code: "InvalidAccessKeyId.NotFound",
    message: "Specified access key is not found.",
  },
  {
    name: "no token where one is required",
    call: { without: ["x-acs-security-token"] },
    securityToken: "the token",
    status: 400,
    code: "MissingSecurityToken",
    message: "SecurityToken is mandatory for this action.",
  },
  {
    name: "a wrong token",
    call: { securityToken: "another token" },
    securityToken: "the token",
    ...foreignToken,
  },
  {
    name: "a token where none is required",
    call: { securityToken: "some token" },
    ...foreignToken,
  },
  {
    name: "a date more than 15 minutes ago",
    call: { atMs: nowMs - 15 * minuteMs - 1000 },
    ...expired,
  },
  {
    name: "a date more than 15 minutes ahead",
    call: { atMs: nowMs + 15 * minuteMs + 1000 },
    ...expired,
  },
  {
    name: "a date in another format",
    call: { headers: { "x-acs-date": "Fri, 02 Jan 2026 03:04:05 GMT" } },
    ...badlyDated,
  },
  {
    name: "a date that does not exist",
    call: { headers: { "x-acs-date": "2026-13-02T03:04:05Z" } },
    ...badlyDated,
  },
];

describe("authentication", () => {
  for (const { name, call, securityToken, status, code, message } of refusals) {
    it(`refuses ${name}`, async () => {
      const simulator = await simulate({ ...credentials, securityToken, clock: () => nowMs });

      const received = await signedCall(simulator, { atMs: nowMs, ...call });

      assert.deepEqual(received.json, {
        RequestId: received.headers["x-acs-request-id"],
        Message: message,
        Recommend: `https://error-center.aliyun.com/status/search?Keyword=${code}&source=PopGw`,
        HostId: simulator.host,
        Code: code,
      });
      assert.equal(received.status, status);
    });
  }

  for (const atMs of [nowMs - 15 * minuteMs, nowMs + 15 * minuteMs]) {
    it(`takes a date of ${new Date(atMs).toISOString()} as just in time`, async () => {
      const simulator = await simulate({ clock: () => nowMs });

      assert.equal((await signedCall(simulator, { atMs })).status, 200);
    });
  }

  it("refuses a wrong secret with all it would have signed, key id and token included", async () => {
    const simulator = await simulate({
      ...credentials,
      securityToken: "the token",
      clock: () => nowMs,
    });

    const { status, json } = await signedCall(simulator, {
      atMs: nowMs,
      accessKeySecret: "wrong",
      nonce: "n0nce",
      query: { NextToken: "a b" },
    });

    const canonical =
      `POST\n/\nNextToken=a%20b\nhost:${simulator.host}\nx-acs-action:ListBackups\n` +
      `x-acs-content-sha256:${emptyHash}\nx-acs-date:2026-01-02T03:04:05Z\n` +
      "x-acs-security-token:the token\nx-acs-signature-nonce:n0nce\nx-acs-version:2021-06-01\n\n" +
      "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;" +
      `x-acs-signature-nonce;x-acs-version\n${emptyHash}`;
    const hash = createHash("sha256").update(canonical).digest("hex");
    assert.equal(status, 400);
    assert.equal(json?.["Code"], "SignatureDoesNotMatch");
    assert.equal(
      json["Message"],
      "Specified signature does not match our calculation. " +
        `server StringToSign is [ACS3-HMAC-SHA256\n${hash}], ` +
        `server CanonicalRequest is [${canonical}], AccessKeyId=${accessKeyId}`,
    );
  });

  const altered: { name: string; call: Call }[] = [
    { name: "parameter", call: { query: { MaxResults: "10" }, rawQuery: "MaxResults=100" } },
    { name: "signed header", call: { unsigned: { "x-acs-action": "GetBackup" } } },
    { name: "body", call: { headers: { "x-acs-content-sha256": "0".repeat(64) } } },
  ];
  for (const { name, call } of altered) {
    it(`refuses a ${name} that was altered after signing`, async () => {
      const simulator = await simulate();

      assert.equal((await signedCall(simulator, call)).json?.["Code"], "SignatureDoesNotMatch");
    });
  }

  const queries = [
    { name: "a space as +", rawQuery: "NextToken=&x=a+b" },
    { name: "a space as %20", rawQuery: "NextToken=&x=a%20b" },
    { name: "another order", rawQuery: "x=a%20b&NextToken=" },
  ];
  for (const { name, rawQuery } of queries) {
    it(`verifies on decoded values: ${name}`, async () => {
      const simulator = await simulate();

      const { json } = await signedCall(simulator, {
        query: { x: "a b", NextToken: "" },
        rawQuery,
      });

      // Signed correctly: what is wrong with it is only that there is no such parameter.
      assert.equal(json?.["Code"], "InvalidParameter");
    });
  }

  it("refuses a nonce the second time, until its date has long expired", async () => {
    let clockMs = nowMs;
    const simulator = await simulate({ clock: () => clockMs });
    const call = () => signedCall(simulator, { atMs: clockMs, nonce: "once" });

    const first = await call();
    const second = await call();
    clockMs += 30 * minuteMs + 1;
    const later = await call();

    assert.deepEqual([first.status, second.status, later.status], [200, 400, 200]);
    assert.equal(second.json?.["Code"], "SignatureNonceUsed");
    assert.equal(second.json["Message"], "Specified signature nonce was used already.");
  });

  it("does not let a wrongly signed request use up a nonce", async () => {
    const simulator = await simulate();

    await signedCall(simulator, { nonce: "mine", accessKeySecret: "wrong" });

    assert.equal((await signedCall(simulator, { nonce: "mine" })).status, 200);
  });
});
