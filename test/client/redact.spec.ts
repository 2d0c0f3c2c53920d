import assert from "node:assert/strict";
import { inspect, toUSVString } from "node:util";
import fc from "fast-check";
import { maskAccessKeyId } from "../../provider/client/identity";
import { redactedCause, redact, redactedLine } from "../../provider/client/redact";
import { planted } from "../support/connection";

const identity = {
  accessKeyId: planted.accessKey,
  accessKeySecret: planted.secretKey,
  securityToken: planted.securityToken,
  providerName: "static_sts",
};

describe("redact", () => {
  const cases: [string, string, string][] = [
    ["masks the key id", `key ${planted.accessKey} is bad`, "key LTAI…est is bad"],
    ["removes the secret", `secret ${planted.secretKey}`, "secret ***"],
    ["removes the token", `token ${planted.securityToken}`, "token ***"],
    [
      "removes the token as a URL holds it",
      `a=${encodeURIComponent(planted.securityToken)}&`,
      "a=***&",
    ],
    ["removes key ids of others", "key LTAI5tSomebodyElse00", "key LTAI***"],
    ["removes temporary key ids", "key STS.NTabcdefgh12345", "key STS.***"],
    ["removes signatures", "Signature=abc%3D&Next", "Signature=***&Next"],
    ["removes tokens by name", '"SecurityToken": "CAIS123"', '"SecurityToken=***"'],
    ["removes token headers", "x-acs-security-token:CAIS123 next", "x-acs-security-token=*** next"],
    [
      "drops a string to sign that the service repeats",
      "Specified signature is bad. server StringToSign is [ACS3 abc]\nAccessKeyId=LTAI",
      "Specified signature is bad. (the rest is not shown, as it repeats secrets)",
    ],
    [
      "drops it in its other spelling",
      "no match. server string to sign is: POST&%2F&AccessKeyId%3DLTAI",
      "no match. (the rest is not shown, as it repeats secrets)",
    ],
    ["leaves the rest alone", "You are not authorized.", "You are not authorized."],
  ];
  for (const [title, text, clean] of cases) {
    it(title, () => {
      assert.equal(redact(text, identity), clean);
    });
  }

  it("knows key ids by their form where no identity is known", () => {
    assert.equal(redact(`key ${planted.accessKey}`, undefined), "key LTAI***");
  });

  it("leaves no half of a secret where a long text is cut off, wherever that is", () => {
    const secret = "abcabc".repeat(5);
    const own = { ...identity, accessKeySecret: secret };

    for (let before = 49_960; before <= 50_000; before += 1) {
      const clean = redact(`${"-".repeat(before)}${secret}${secret}`, own);

      assert.match(clean, /^-{48000,}(?:\*\*\*)*\**$/);
    }
  });

  it("never lets the planted secrets through, wherever they stand", () => {
    const secrets = [planted.secretKey, planted.securityToken, planted.accessKey];
    const known = fc.constantFrom(...secrets, ...secrets.map(encodeURIComponent));
    const noise = fc.constantFrom("Signature=", "StringToSign is ", '"', " ", "&", "***", "LTAI");
    const parts = fc.array(fc.oneof(known, noise, fc.string()));
    fc.assert(
      fc.property(parts, (texts) => {
        const clean = redact(texts.join(""), identity);

        for (const secret of [...secrets, encodeURIComponent(planted.securityToken)]) {
          assert.ok(!clean.includes(secret));
        }
      }),
    );
  });

  it("removes a token that holds the key id or the secret as a whole", () => {
    const token = `${planted.accessKey}.${planted.secretKey}.rest-of-the-token`;

    const clean = redact(`token ${token}!`, { ...identity, securityToken: token });

    assert.equal(clean, "token ***!");
  });

  it("does not take a missing secret for one that is everywhere", () => {
    assert.equal(redact("all is well", { ...identity, accessKeySecret: "" }), "all is well");
  });
});

describe("redact, of what a hostile peer sends", () => {
  const endless = 2_000_000;
  const texts: readonly [string, string][] = [
    ["spaces", " ".repeat(endless)],
    ["spaces behind a name", `Signature${" ".repeat(endless)}x`],
    ["names without end", "GET http:".repeat(endless / 8)],
    ["one word", "a".repeat(endless)],
  ];
  for (const [what, text] of texts) {
    it(`is done with ${what} in no time`, () => {
      const startedAt = performance.now();

      redactedLine(text, identity);

      assert.ok(performance.now() - startedAt < 5000);
    });
  }
});

describe("redactedLine", () => {
  it("has nothing in it that a terminal obeys or that turns the text around", () => {
    const hostile =
      "a\u001b[31mred\u0007\u009b2J\u202eback\u2066wards\u200bhidden\ufeff\r\nend\u2028.";

    assert.equal(redactedLine(hostile, undefined), "a [31mred 2J back wards hidden end .");
  });

  it("is cut where nobody would read on, and leaves no half of a character", () => {
    const line = redactedLine("\u{1f600}".repeat(1000) + "end", undefined);

    assert.equal(toUSVString(line), line);
    assert.equal(line, "\u{1f600}".repeat(250) + "…");
    const odd = redactedLine("a" + "\u{1f600}".repeat(1000), undefined);
    assert.equal(odd, "a" + "\u{1f600}".repeat(249) + "\ufffd…");
  });

  it("has no half of a character", () => {
    assert.equal(redactedLine("a\ud800b", undefined), "a\ufffdb");
  });
});

describe("maskAccessKeyId", () => {
  it("shows enough to recognise a key, and nothing of a short one", () => {
    assert.equal(maskAccessKeyId("LTAI5tAbcdefghij"), "LTAI…hij");
    assert.equal(maskAccessKeyId("LTAI5tShort"), "***");
  });
});

describe("redactedCause", () => {
  it("keeps name and cleaned message, and neither stack nor other properties", () => {
    const cause = Object.assign(new TypeError(`bad ${planted.secretKey}`), {
      config: { secret: planted.secretKey },
    });

    const clean = redactedCause(cause, identity);

    assert.ok(clean instanceof Error);
    assert.equal(clean.name, "TypeError");
    assert.equal(clean.message, "bad ***");
    assert.ok(!inspect(clean).includes(planted.secretKey));
  });

  it("keeps nothing of what is no error", () => {
    assert.equal(redactedCause(planted.secretKey, identity), undefined);
    assert.equal(redactedCause(undefined, identity), undefined);
  });
});

describe("redact, of what libraries quote", () => {
  const cases: readonly [string, string][] = [
    [
      "connect ECONNREFUSED 127.0.0.1:1GET http://127.0.0.1:1/?tok=s3cr3t failed.",
      "connect ECONNREFUSED 127.0.0.1:1",
    ],
    [`Unexpected token '<', "<html>s3cr3t" is not valid JSON`, "the answer is not JSON"],
  ];
  for (const [text, expected] of cases) {
    it(`leaves ${expected}`, () => {
      assert.equal(redact(text, undefined), expected);
    });
  }
});
