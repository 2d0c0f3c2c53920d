// Values between the engine and the plugin: what is sent arrives, and comes back as it was.

import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import fc from "fast-check";
import { javaScriptOf, structOf } from "../../provider/plugin/protocol";
import { unwrap, wrap } from "../../provider/plugin/values";
import { pluginFor, refusalOf, secret, unknownText } from "../support/plugin";
import { serve } from "../support/service";
import { runs, timeFor } from "./runs";

/** A value as the engine sends it, and what it stands for. */
interface Sent {
  readonly sent: unknown;
  readonly value: unknown;
  readonly hasSecrets: boolean;
  readonly hasUnknowns: boolean;
}

const none = { hasSecrets: false, hasUnknowns: false };
const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("value", "4dabf181"));
const name = text.filter((key) => key !== "__proto__");

function together(parts: readonly Sent[]): typeof none {
  return {
    hasSecrets: parts.some(({ hasSecrets }) => hasSecrets),
    hasUnknowns: parts.some(({ hasUnknowns }) => hasUnknowns),
  };
}

const { tree } = fc.letrec<{ tree: Sent }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc
      .oneof(
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      )
      .map((value): Sent => ({ sent: value, value, ...none })),
    fc.constant<Sent>({
      ...none,
      sent: unknownText,
      value: { __pulumiOutput: true },
      hasUnknowns: true,
    }),
    tie("tree").map((of): Sent => ({ ...of, sent: secret(of.sent), hasSecrets: true })),
    fc.array(tie("tree"), { maxLength: 4 }).map((parts): Sent => ({
      ...together(parts),
      sent: parts.map(({ sent }) => sent),
      value: parts.map(({ value }) => value),
    })),
    fc.dictionary(name, tie("tree"), { maxKeys: 4 }).map((parts): Sent => ({
      ...together(Object.values(parts)),
      sent: Object.fromEntries(Object.entries(parts).map(([key, { sent }]) => [key, sent])),
      value: Object.fromEntries(Object.entries(parts).map(([key, { value }]) => [key, value])),
    })),
  ),
}));

const sentObjects = fc.dictionary(name, tree, { maxKeys: 5 });

/** As a message of the protocol and back. */
function overTheWire(values: object): unknown {
  return javaScriptOf(Struct.deserializeBinary(structOf(values).serializeBinary()));
}

describe("values of any shape", () => {
  it("arrive without wrappers; secrets and unknowns are noticed at any depth", () => {
    fc.assert(
      fc.property(sentObjects, (parts) => {
        const of = (key: "sent" | "value") =>
          Object.fromEntries(Object.entries(parts).map(([at, part]) => [at, part[key]]));

        const found = unwrap(overTheWire(of("sent")));

        assert.deepEqual(found, { value: of("value"), ...together(Object.values(parts)) });
      }),
      runs(1500),
    );
  });

  it("go back as the JSON that they are, each a secret if asked", () => {
    // The protocol's library cannot carry this name.
    const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes("__proto__"));
    const results = fc.dictionary(name, fc.oneof(json, fc.constant(undefined)));
    fc.assert(
      fc.property(results, fc.boolean(), (result, areSecret) => {
        const plain = JSON.parse(JSON.stringify(result)) as object;

        const { value, hasSecrets } = unwrap(overTheWire(wrap(result, areSecret)));

        assert.deepEqual(value, plain);
        assert.equal(hasSecrets, areSecret && Object.keys(plain).length > 0);
      }),
      runs(1000),
    );
  });
});

const shapes = fc.record(
  {
    serviceInstanceId: fc.oneof(text, fc.constant("si-1"), fc.constant(unknownText)),
    maxAge: fc.constantFrom("24h", "7d", "never", unknownText),
    backupMode: fc.oneof(text, fc.constant("Manual")),
    triggers: fc.dictionary(name, text),
    evaluate: fc.constantFrom("always", "onTriggers", "sometimes"),
    limit: fc.double(),
    ids: fc.array(text),
  },
  { requiredKeys: [] },
);

describe("inputs of any kind", () => {
  it("come back from the check of a gate as they were sent, whatever is wrong with them", async function () {
    this.timeout(timeFor(20));
    const plugin = await pluginFor(await serve());
    const inputs = fc.oneof(
      shapes.map((fields) => Object.fromEntries(Object.entries(fields))),
      fc.tuple(shapes, sentObjects).map(([fields, others]) => ({
        ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, secret(value)])),
        ...Object.fromEntries(Object.entries(others).map(([key, { sent }]) => [key, sent])),
      })),
    );
    await fc.assert(
      fc.asyncProperty(inputs, async (sent) => {
        const expected = overTheWire(sent);

        const { inputs: back } = await plugin.check(sent);

        assert.deepEqual(back, expected);
      }),
      runs(200),
    );
  });

  it("give a result or the status of a wrong argument, never one of a broken plugin", async function () {
    this.timeout(timeFor(20));
    const plugin = await pluginFor(await serve());
    const args = fc.oneof(shapes, fc.dictionary(name, fc.jsonValue(), { maxKeys: 4 }));
    const token = fc.constantFrom("getBackups", "getBackup");
    const documented = ["INVALID_ARGUMENT", "NOT_FOUND", "result"];
    await fc.assert(
      fc.asyncProperty(token, args, async (called, sent) => {
        const call = plugin.invoke(`computenest:index:${called}`, sent);
        const code = await call.then(
          () => "result",
          async (error: unknown) => (await refusalOf(Promise.reject(error as Error))).code,
        );

        assert.ok(documented.includes(code), code);
      }),
      runs(250),
    );
  });
});
