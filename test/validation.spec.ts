import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { findProblems, type Contract } from "../provider/validation";

const contract: Contract<unknown> = {
  functionName: "getThings",
  outputRemedy: "use getThingsOutput",
  schema: z.strictObject(
    {
      name: z.string({ error: "expected a name" }).optional(),
      key: z.string({ error: "expected a key" }).optional(),
      tags: z.array(z.strictObject({ key: z.string(), value: z.string() })).optional(),
      owner: z.strictObject({ id: z.string({ error: "expected an id" }) }).optional(),
    },
    { error: "expected an object" },
  ),
  hints: new Map([["region", "is set elsewhere"]]),
  secrets: new Set(["key"]),
};

const wrongWith = (args: unknown, areSecret = false) =>
  findProblems(contract, args, areSecret).map(({ property, reason }) => `${property} ${reason}`);

describe("findProblems", () => {
  it("finds nothing wrong with what is right", () => {
    assert.deepEqual(wrongWith({ name: "a", owner: { id: "b" } }), []);
  });

  it("finds everything at once", () => {
    assert.deepEqual(wrongWith({ name: 1, owner: {}, nmae: 3 }), [
      "name is 1, expected a name",
      "owner.id is missing, expected an id",
      "nmae is not known (did you mean name?)",
    ]);
  });

  it("shows no value of a secret field", () => {
    assert.deepEqual(wrongWith({ key: 4711 }), [
      "key is a secret that is not shown, expected a key",
    ]);
  });

  it("shows nothing of what should be an object with a secret field", () => {
    assert.deepEqual(wrongWith('{"key":"s3cret"'), [
      "args is a secret that is not shown, expected an object",
    ]);
    assert.deepEqual(wrongWith(null), ["args is null, expected an object"]);
  });

  it("shows no value at all of secret arguments", () => {
    assert.deepEqual(wrongWith({ name: 4711 }, true), [
      "name is a secret that is not shown, expected a name",
    ]);
  });

  it("guesses a name at the level it stands", () => {
    assert.deepEqual(wrongWith({ tags: [{ key: "a", valeu: "b", value: "c" }] }), [
      "tags[0].valeu is not known (did you mean value?)",
    ]);
  });

  it("lists the known names when none resembles", () => {
    assert.deepEqual(wrongWith({ owner: { id: "a", colour: "red" } }), [
      "owner.colour is not known (known are id)",
    ]);
  });

  it("says where a name belongs that is known elsewhere", () => {
    assert.deepEqual(wrongWith({ region: "x" }), ["region is set elsewhere"]);
  });

  it("has no hint for a name that every object has", () => {
    assert.deepEqual(wrongWith({ constructor: 1 }), [
      "constructor is not known (known are name, key, tags, owner)",
    ]);
  });

  it("recognises an Output as a whole", () => {
    assert.deepEqual(wrongWith(pulumi.output({})), ["args is an Output (use getThingsOutput)"]);
  });

  it("recognises an Output at any depth, once", () => {
    const args = { owner: { id: pulumi.output("a") }, tags: pulumi.output([]) };

    assert.deepEqual(wrongWith(args), [
      "tags is an Output (use getThingsOutput)",
      "owner.id is an Output (use getThingsOutput)",
    ]);
  });

  it("recognises an Output where the schema looks inside", () => {
    assert.deepEqual(wrongWith({ owner: pulumi.output({ id: "a" }) }), [
      "owner is an Output (use getThingsOutput)",
    ]);
  });
});
