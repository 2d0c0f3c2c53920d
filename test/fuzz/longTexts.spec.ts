// No text takes more than its share of time: each function that searches texts with expressions is
// given texts that grow, of the sorts that make expressions stumble. The linter looks at the
// expressions themselves.

import assert from "node:assert/strict";
import { classify } from "../../provider/client/failures";
import { redactedLine } from "../../provider/client/redact";
import { parseDuration } from "../../provider/durations";
import { BackupsError } from "../../provider";
import { text } from "../../provider/fields";
import { chooseEndpoint } from "../../provider/settings/endpoint";
import { parseNumber } from "../../provider/settings/layer";
import { parseTimestamp } from "../../provider/timestamps";
import { describe as inWords, didYouMean } from "../../provider/wording";

const identity = {
  accessKeyId: "LTAI5tOfALongText",
  accessKeySecret: "s",
  securityToken: undefined,
  providerName: "static",
};

const answerOf = (body: string) =>
  classify({ status: 400, headers: { "content-type": body.slice(0, 100) }, body }, "ListBackups");

const subjects: Readonly<Record<string, (long: string) => unknown>> = {
  redactedLine: (long) => redactedLine(long, identity),
  "classify, JSON": (long) => answerOf(JSON.stringify({ Code: long, Message: long })),
  "classify, XML": (long) => answerOf(`<Error>${long}`),
  parseDuration,
  parseTimestamp,
  parseNumber,
  text: (long) => text("a text").safeParse(long),
  describe: inWords,
  didYouMean: (long) => didYouMean(long, ["serviceInstanceId"]),
  endpoint: (long) => chooseEndpoint("cn-hangzhou", { value: long, source: "endpoint" }, undefined),
};

const seeds = [
  ...[
    "a",
    "1",
    " ",
    "\n",
    "=",
    "<Code>",
    "<",
    "1d",
    "1h1m",
    "9999999999",
    "-",
    "+",
    "/",
    "%41",
    ".",
  ],
  ...[
    "LTAI",
    "STS.",
    "string to sign is ",
    "server string",
    "Signature=",
    "GET https:",
    "\u{1F600}",
  ],
  ...["Unexpected token ", "SecurityToken = ' ", "P1D", "T", ":", "\t ", "\uD800"],
];

/** The time that a call takes at best, in milliseconds. */
function msOf(call: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const startedAt = performance.now();
    try {
      call();
    } catch (error) {
      assert.ok(error instanceof BackupsError);
    }
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}

describe("long texts", () => {
  for (const [name, subject] of Object.entries(subjects)) {
    it(`take ${name} no more than their share of time`, () => {
      for (const seed of seeds) {
        const long = seed.repeat(Math.ceil(50_000 / seed.length));

        const ms = msOf(() => subject(`${long}!`));

        // What grows with the square takes seconds by then.
        assert.ok(ms < 250, `${ms} ms for 50,000 characters of ${JSON.stringify(seed)}`);
      }
    });
  }
});
