import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { RequestError } from "../provider";
import { collect } from "../provider/collect";
import { plan } from "../provider/plan";
import { textsIn, withSecretArgs, without } from "../provider/secretArgs";
import { place, type SceneOptions } from "./support/searching";

const secret = "si-planted/secret";
const refusal = {
  kind: "status",
  status: 400,
  code: "InvalidParameter",
  message: `The filter ${secret} (${encodeURIComponent(secret)}) is unknown.`,
} as const;

async function discreet(options: SceneOptions = {}) {
  const there = await place(options);
  const reader = withSecretArgs(there.reader, { serviceInstanceId: secret }, true);
  return { ...there, reader };
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

const wholeList = { nextToken: undefined, maxPages: undefined };

describe("secret arguments", () => {
  it("are hidden where the service repeats them in a refusal", async () => {
    const { reader, service, asked } = await discreet();
    service.faults.add(refusal);

    const error = await thrownBy(collect(reader, plan({ serviceInstanceId: secret }), wholeList));

    assert.ok(error instanceof RequestError);
    assert.equal(
      error.message,
      "ListBackups was rejected (InvalidParameter, HTTP 400): The filter *** (***) is unknown. " +
        `${asked} RequestId ${error.requestId}.`,
    );
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /planted/);
  });

  it("are hidden where the way to the service repeats them", async () => {
    const there = await place();
    const api = {
      ...there.reader.api,
      list: () => {
        const cause = new Error(`${secret} is in the way`);
        const details = { kind: "unavailable", attempts: 1, cause } as const;
        return Promise.reject(new RequestError(`No way: ${secret}.`, details));
      },
    };
    const reader = withSecretArgs({ ...there.reader, api }, { ids: [secret] }, true);

    const error = await thrownBy(collect(reader, plan({ ids: [secret] }), wholeList));

    assert.equal((error as RequestError).message, "No way: ***.");
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /planted/);
  });

  it("are hidden in progress while a request is repeated", async () => {
    const { reader, service, told } = await discreet();
    service.faults.add({ ...refusal, status: 503 });

    await collect(reader, plan({ serviceInstanceId: secret }), wholeList);

    assert.equal(told.length, 1);
    assert.match(
      told[0]!,
      /^progress: ListBackups got no answer \(InvalidParameter, HTTP 503\): The filter \*\*\* \(\*\*\*\) is unknown\. Asking again in [\d.]+ s\.$/,
    );
  });

  it("leave errors of others alone", async () => {
    const reason = new Error(`the user's own words: ${secret}`);
    const { reader } = await discreet({ signal: AbortSignal.abort(reason) });

    const error = await thrownBy(collect(reader, plan({ serviceInstanceId: secret }), wholeList));

    assert.equal(error, reason);
    assert.match(reason.message, /planted/);
  });
});

describe("without", () => {
  it("hides the longest first, however they overlap", () => {
    assert.equal(without(["si-1", "si-12"], "si-12, si-1, si-3"), "***, ***, si-3");
  });

  it("hides what an address makes of a text", () => {
    assert.equal(without(["a b/c"], "?x=a%20b%2Fc"), "?x=***");
  });

  it("leaves none of the texts in", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 4 })), fc.string(), (secrets, rest) => {
        const told = [rest, ...secrets].join(" ");
        const shown = without(secrets, told);
        assert.deepEqual(
          secrets.filter((secret) => shown.includes(secret)),
          [],
        );
      }),
    );
  });
});

describe("textsIn", () => {
  it("finds texts at every depth, and no empty ones", () => {
    const args = { ids: ["a", ""], filters: [{ name: "b", values: ["c"] }], limit: 3, none: null };
    assert.deepEqual(textsIn(args), ["a", "b", "c"]);
  });
});
