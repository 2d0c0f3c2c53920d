import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  backupGate,
  backupGateTransform,
  ConfigurationError,
  InvalidArgumentError,
  type BackupGateInputs,
  type BackupGateOptions,
} from "../provider";
import { AnyResource, mock, valueOf } from "./support/mocks";

const args = { serviceInstanceId: "si-1", maxAge: "24h" };

/** Arguments as plain JavaScript may have them. */
const anything = (value: unknown) => value as BackupGateInputs;

const invalid = (message: string) => (error: unknown) => {
  assert.ok(error instanceof InvalidArgumentError);
  assert.equal(error.message, message);
  return true;
};

describe("backupGate", () => {
  describe("under mocks", () => {
    it("is an empty binding, and the resource that has it is registered", async () => {
      await mock({});

      const hooks = backupGate("gate", args);
      const resource = new AnyResource("database", { hooks });

      assert.deepEqual(hooks, {});
      assert.equal(await valueOf(resource.id), "database-id");
    });

    it("asks nothing of the mocks", async () => {
      const { calls } = await mock({});

      const hooks = backupGate("gate", () => args, { on: ["create"] });
      await valueOf(new AnyResource("database", { hooks }).id);

      assert.deepEqual(calls, []);
    });

    it("checks its arguments all the same", async () => {
      await mock({});

      assert.throws(
        () => backupGate("gate", anything({ serviceInstanceId: "si-1" })),
        invalid(
          "backupGate was given an invalid argument: maxAge is missing, expected a duration such as " +
            "90m, 24h, 7d or P1DT12H.",
        ),
      );
    });
  });

  describe("outside of a program", () => {
    it("is a ConfigurationError that names getBackup", () => {
      assert.throws(
        () => backupGate("gate", args),
        (error) => {
          assert.ok(error instanceof ConfigurationError);
          assert.equal(
            error.message,
            "backupGate works in a Pulumi program only: the engine calls it before it changes a " +
              "resource. In a script, use getBackup.",
          );
          return true;
        },
      );
    });
  });

  const wrongCalls: readonly {
    readonly what: string;
    readonly name?: unknown;
    readonly args?: unknown;
    readonly opts?: unknown;
    readonly message: string;
  }[] = [
    {
      what: "an empty name",
      name: "",
      message: "an invalid argument: name is not a text, or an empty one.",
    },
    {
      what: "no name",
      name: 7,
      message: "an invalid argument: name is not a text, or an empty one.",
    },
    {
      what: "no arguments",
      args: null,
      message: "an invalid argument: args is null, expected an object.",
    },
    {
      what: "nothing to be protected",
      args: { maxAge: "24h" },
      message:
        "an invalid argument: serviceInstanceId is missing, and so are serviceInstanceIds and " +
        "backupId: say what has to have a backup.",
    },
    {
      what: "no age",
      args: { serviceInstanceId: "si-1" },
      message:
        "an invalid argument: maxAge is missing, expected a duration such as 90m, 24h, 7d " +
        "or P1DT12H.",
    },
    {
      what: "an age that is none",
      args: { ...args, maxAge: "a day" },
      message:
        "an invalid argument: maxAge is 'a day', expected a duration such as 90m, 24h, 7d " +
        "or P1DT12H.",
    },
    {
      what: "one service instance and several",
      args: { ...args, serviceInstanceIds: ["si-2"] },
      message:
        "an invalid argument: serviceInstanceIds cannot be combined with serviceInstanceId " +
        "(give one of them).",
    },
    {
      what: "no service instances",
      args: { maxAge: "24h", serviceInstanceIds: [] },
      message:
        "an invalid argument: serviceInstanceIds is [], expected at least one service " +
        "instance id.",
    },
    {
      what: "an argument of another name",
      args: { ...args, maxage: "1h" },
      message: "an invalid argument: maxage is not known (did you mean maxAge?).",
    },
    {
      what: "a wait that is too long",
      args: { ...args, waitTimeout: "8d" },
      message: "an invalid argument: waitTimeout is '8d', expected at most 7d.",
    },
    {
      what: "a pause that is too short",
      args: { ...args, waitTimeout: "1m", pollInterval: "PT0.5S" },
      message: "an invalid argument: pollInterval is 'PT0.5S', expected 1s to 1h.",
    },
    {
      what: "a pause without a wait",
      args: { ...args, pollInterval: "10s" },
      message: "an invalid argument: pollInterval has no effect without waitTimeout (give both).",
    },
    {
      what: "no operation",
      opts: { on: [] },
      message:
        "an invalid argument: opts.on is [], expected a list of create, update and delete, or some of them.",
    },
    {
      what: "an unknown operation",
      opts: { on: ["replace"] },
      message: "an invalid argument: opts.on[0] is 'replace', expected create, update or delete.",
    },
    {
      what: "another word for the preview",
      opts: { onPreview: "warn" },
      message: "an invalid argument: opts.onPreview is 'warn', expected check or skip.",
    },
    {
      what: "an option of another name",
      opts: { onpreview: "skip" },
      message: "an invalid argument: opts.onpreview is not known (did you mean onPreview?).",
    },
    {
      what: "options that are none",
      opts: "skip",
      message: "an invalid argument: opts is 'skip', expected an object.",
    },
    {
      what: "a signal that is none",
      opts: { signal: {} },
      message: "an invalid argument: opts.signal is no AbortSignal.",
    },
    {
      what: "a setting of another name",
      opts: { settings: { acessKey: "LTAI" } },
      message:
        "an invalid argument: opts.settings.acessKey is not known (did you mean " + "accessKey?).",
    },
    {
      what: "everything at once",
      name: "",
      args: { maxAge: 24 },
      opts: { on: ["replace"], signal: 1 },
      message:
        "invalid arguments: name is not a text, or an empty one; maxAge is 24, expected a " +
        "duration such as 90m, 24h, 7d or P1DT12H; serviceInstanceId is missing, and so are " +
        "serviceInstanceIds and backupId: say what has to have a backup; opts.on[0] is " +
        "'replace', expected create, update or delete; opts.signal is no " +
        "AbortSignal.",
    },
  ];
  for (const { what, message, ...call } of wrongCalls) {
    it(`refuses ${what}`, () => {
      const { name = "gate", opts = {} } = call;
      const given = "args" in call ? call.args : args;

      assert.throws(
        () => backupGate(name as string, anything(given), opts as BackupGateOptions),
        invalid(`backupGate was given ${message}`),
      );
    });
  }

  it("keeps an Output's arguments for later, and checks those around it", () => {
    const serviceInstanceId = pulumi.output("");

    assert.throws(
      () => backupGate("gate", anything({ serviceInstanceId, maxAge: "0h" })),
      invalid(
        "backupGate was given an invalid argument: maxAge is '0h', expected a duration " +
          "such as 90m, 24h, 7d or P1DT12H.",
      ),
    );
  });
});

describe("backupGateTransform", () => {
  const transformed = (transform: pulumi.ResourceTransform) =>
    transform({
      custom: true,
      type: "test:index:Thing",
      name: "database",
      props: { size: 1 },
      opts: {},
    });

  it("does nothing under mocks", async () => {
    await mock({});

    const transform = backupGateTransform(
      "all",
      () => true,
      () => args,
    );

    assert.equal(await transformed(transform), undefined);
  });

  it("refuses what is no function", () => {
    assert.throws(
      () => backupGateTransform("all", "database" as never, () => args),
      invalid(
        "backupGateTransform was given an invalid argument: match is 'database', expected a function.",
      ),
    );
    assert.throws(
      () => backupGateTransform("all", () => true, 7 as never),
      invalid(
        "backupGateTransform was given an invalid argument: argsFor is 7, expected a function.",
      ),
    );
  });

  it("refuses what backupGate refuses", () => {
    assert.throws(
      () =>
        backupGateTransform(
          "",
          () => true,
          () => args,
        ),
      invalid("backupGate was given an invalid argument: name is not a text, or an empty one."),
    );
  });
});
