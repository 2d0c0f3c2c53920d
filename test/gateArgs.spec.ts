import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { getBackup, type Settings } from "../provider";
import { checkCall } from "../provider/checkCall";
import { InvalidArgumentError } from "../provider/errors";
import { backupGateArguments, backupGateOptions } from "../provider/gateArgs";
import { getBackupArguments } from "../provider/getBackupArgs";
import { findProblems, type Contract } from "../provider/validation";
import { sent } from "./support/searching";
import { serve, type Service } from "./support/service";

/** What is wrong with arguments, as `property reason`. */
const wrongWith = <T>(contract: Contract<T>, args: unknown) =>
  findProblems(contract, args).map(({ property, reason }) => `${property} ${reason}`);

const si = { serviceInstanceId: "si-1" };
const gate = { ...si, maxAge: "24h" };
const durationExpected = "expected a duration such as 90m, 24h, 7d or P1DT12H";
const instanceExpected = "expected the id of a service instance";
const nothingNamed =
  "serviceInstanceId is missing, and so is backupId: say what has to have a backup";
const nothingGated =
  "serviceInstanceId is missing, and so are serviceInstanceIds and backupId: say what has to have a backup";

/** What is wrong with single arguments, here and there. */
const single: [object, ...string[]][] = [
  [
    { serviceInstanceId: "" },
    `serviceInstanceId is '', ${instanceExpected} (leave it out to mean all)`,
  ],
  [{ serviceInstanceId: 7 }, `serviceInstanceId is 7, ${instanceExpected}`],
  [{ serviceInstanceId: null }, `serviceInstanceId is null, ${instanceExpected}`],
  [{ backupId: "" }, "backupId is '', expected a backup id (leave it out to mean all)"],
  [{ backupId: ["b"] }, "backupId is [ 'b' ], expected a backup id"],
  [
    { backupMode: "" },
    "backupMode is '', expected a backup mode such as Manual (leave it out to mean all)",
  ],
  [{ backupMode: 1 }, "backupMode is 1, expected a backup mode such as Manual"],
  ...["maxAge", "minRetention", "restoreTestedWithin", "waitTimeout"].flatMap(
    (name): [object, string][] =>
      ["", "7", "1 day", "0s", "-1d", "P1M", "1d1d", "forever"].map((value) => [
        { [name]: value },
        `${name} is '${value}', ${durationExpected}`,
      ]),
  ),
  [{ maxAge: 24 }, `maxAge is 24, ${durationExpected}`],
  [{ minRetention: null }, `minRetention is null, ${durationExpected}`],
  [{ waitTimeout: "8d" }, "waitTimeout is '8d', expected at most 7d"],
  [{ waitTimeout: "604801s" }, "waitTimeout is '604801s', expected at most 7d"],
  ...["PT0.999S", "2h", "3601s"].map((value): [object, string] => [
    { waitTimeout: "1h", pollInterval: value },
    `pollInterval is '${value}', expected 1s to 1h`,
  ]),
  [{ waitTimeout: "1h", pollInterval: "often" }, `pollInterval is 'often', ${durationExpected}`],
  [{ pollInterval: "10s" }, "pollInterval has no effect without waitTimeout (give both)"],
  [{ pollInterval: "often" }, "pollInterval has no effect without waitTimeout (give both)"],
  [{ region: "cn-beijing" }, "region is 'cn-beijing', expected one of cn-hangzhou, ap-southeast-1"],
  [{ region: "" }, "region is '', expected one of cn-hangzhou, ap-southeast-1"],
  [{ maxage: "24h" }, "maxage is not known (did you mean maxAge?)"],
  [
    { color: "red" },
    "color is not known (known are serviceInstanceId, backupId, backupMode, maxAge, " +
      "minRetention, restoreTestedWithin, waitTimeout, pollInterval, region)",
  ],
  [
    { backupMode: 1, waitTimeout: "8d", pollInterval: "0s" },
    "backupMode is 1, expected a backup mode such as Manual",
    "waitTimeout is '8d', expected at most 7d",
    `pollInterval is '0s', ${durationExpected}`,
  ],
];

describe("the arguments of getBackup", () => {
  const valid: [string, object][] = [
    ["a service instance", si],
    ["a backup", { backupId: "backup-1" }],
    ["a backup of a service instance", { backupId: "backup-1", ...si }],
    ["ones that are undefined", { ...si, backupId: undefined, maxAge: undefined }],
    [
      "all that may be asked for",
      {
        ...si,
        backupMode: "Automatic",
        maxAge: "P1DT12H",
        minRetention: "2w",
        restoreTestedWithin: "PT90M",
        waitTimeout: "10m",
        pollInterval: "10s",
        region: "ap-southeast-1",
      },
    ],
    ["the shortest waits", { ...si, waitTimeout: "1s", pollInterval: "1s" }],
    ["the longest waits", { ...si, waitTimeout: "7d", pollInterval: "1h" }],
  ];
  for (const [what, args] of valid) {
    it(`may be ${what}`, () => {
      assert.deepEqual(wrongWith(getBackupArguments, args), []);
    });
  }

  const invalid: [unknown, ...string[]][] = [
    ...single.map(([args, ...problems]): [unknown, ...string[]] => [
      { ...si, ...args },
      ...problems,
    ]),
    [{}, nothingNamed],
    [{ serviceInstanceId: undefined }, nothingNamed],
    [{ maxAge: "24h" }, nothingNamed],
    [null, "args is null, expected an object"],
    ["si-1", "args is 'si-1', expected an object"],
    [undefined, "args is missing, expected an object"],
    [[], "args is [], expected an object", nothingNamed],
    [Promise.resolve(si), "args is a Promise (await it first)"],
    [
      { serviceInstanceIds: ["si-1"] },
      "serviceInstanceIds is an argument of getBackups and of backupGate: here, name one instance",
      nothingNamed,
    ],
    [
      { ...si, ids: ["backup-1"] },
      "ids is an argument of getBackups: here, name one backup (backupId)",
    ],
  ];
  for (const [args, ...problems] of invalid) {
    it(`may not be ${inspect(args)}`, () => {
      assert.deepEqual(wrongWith(getBackupArguments, args), problems);
    });
  }
});

describe("the arguments of backupGate", () => {
  const valid: [string, object][] = [
    ["a service instance and an age", gate],
    ["several service instances", { serviceInstanceIds: ["si-1", "si-2"], maxAge: "24h" }],
    ["a backup", { backupId: "backup-1", maxAge: "24h" }],
    ["a backup of a service instance", { ...gate, backupId: "backup-1" }],
  ];
  for (const [what, args] of valid) {
    it(`may be ${what}`, () => {
      assert.deepEqual(wrongWith(backupGateArguments, args), []);
    });
  }

  const idsExpected = "expected a list of service instance ids";
  const knownHere = (problem: string) => problem.replace("region)", "region, serviceInstanceIds)");
  const invalid: [unknown, ...string[]][] = [
    ...single.map(([args, ...problems]): [unknown, ...string[]] => [
      { ...gate, ...args },
      ...problems.map(knownHere),
    ]),
    [si, `maxAge is missing, ${durationExpected}`],
    [{ maxAge: "24h" }, nothingGated],
    [{}, `maxAge is missing, ${durationExpected}`, nothingGated],
    [
      { maxAge: "24h", serviceInstanceIds: [] },
      "serviceInstanceIds is [], expected at least one service instance id",
    ],
    [{ maxAge: "24h", serviceInstanceIds: "si-1" }, `serviceInstanceIds is 'si-1', ${idsExpected}`],
    [
      { maxAge: "24h", serviceInstanceIds: ["si-1", ""] },
      `serviceInstanceIds[1] is '', ${instanceExpected} (leave it out to mean all)`,
    ],
    [
      { ...gate, serviceInstanceIds: ["si-2"] },
      "serviceInstanceIds cannot be combined with serviceInstanceId (give one of them)",
    ],
    [
      { maxAge: "24h", backupId: "backup-1", serviceInstanceIds: ["si-2"] },
      "serviceInstanceIds cannot be combined with backupId (give one of them)",
    ],
  ];
  for (const [args, ...problems] of invalid) {
    it(`may not be ${JSON.stringify(args)}`, () => {
      assert.deepEqual(wrongWith(backupGateArguments, args), problems);
    });
  }
});

describe("the options of backupGate", () => {
  for (const options of [
    {},
    { on: ["create", "update", "delete"], onPreview: "skip" },
    { on: ["delete"], onPreview: "check", signal: new AbortController().signal, settings: {} },
  ]) {
    it(`may be ${JSON.stringify(options)}`, () => {
      assert.deepEqual(wrongWith(backupGateOptions, options), []);
    });
  }

  const operations = "expected a list of create, update and delete, or some of them";
  const invalid: [unknown, string][] = [
    [{ on: [] }, `on is [], ${operations}`],
    [{ on: "delete" }, `on is 'delete', ${operations}`],
    [{ on: ["destroy"] }, "on[0] is 'destroy', expected create, update or delete"],
    [{ onPreview: "fail" }, "onPreview is 'fail', expected check or skip"],
    [{ onPreviw: "skip" }, "onPreviw is not known (did you mean onPreview?)"],
    [7, "args is 7, expected an object"],
  ];
  for (const [options, problem] of invalid) {
    it(`may not be ${JSON.stringify(options)}`, () => {
      assert.deepEqual(wrongWith(backupGateOptions, options), [problem]);
    });
  }
});

const junk = fc.oneof(
  fc.jsonValue().filter((value) => typeof value !== "string"),
  fc.constantFrom("", Symbol("s"), 7n, () => "24h", NaN),
);
const noDuration = fc.oneof(
  junk,
  fc.string().filter((text) => !/^(P|\d)/.test(text)),
  fc.constantFrom("0s", "P1Y", "1.5h", "7"),
);

/** Arguments of which at least one is wrong. */
const wrongArguments: fc.Arbitrary<object> = fc.oneof(
  fc.record({ serviceInstanceId: junk }),
  fc.record({ ...constants(gate), backupId: junk }),
  fc.record({ ...constants(gate), backupMode: junk }),
  fc.record({ ...constants(gate), region: fc.oneof(junk, fc.string()) }),
  ...["maxAge", "minRetention", "restoreTestedWithin", "waitTimeout"].map((name) =>
    fc.record({ ...constants(gate), [name]: noDuration }),
  ),
  fc.record({ ...constants(gate), pollInterval: fc.constantFrom("10s", "1m") }),
  fc.record({
    ...constants({ ...gate, waitTimeout: "1h" }),
    pollInterval: fc.oneof(noDuration, fc.constantFrom("2h", "PT0.5S")),
  }),
  fc.record({ ...constants(gate), waitTimeout: fc.integer({ min: 8 }).map((days) => `${days}d`) }),
  fc
    .tuple(
      fc.string({ minLength: 1 }).filter((name) => !(name in getBackupNames)),
      fc.jsonValue(),
    )
    .map(([name, value]) => ({ ...gate, [name]: value })),
  fc.record({ maxAge: fc.constant("24h") }),
);

const getBackupNames = {
  __proto__: null,
  serviceInstanceId: 1,
  serviceInstanceIds: 1,
  backupId: 1,
  backupMode: 1,
  maxAge: 1,
  minRetention: 1,
  restoreTestedWithin: 1,
  waitTimeout: 1,
  pollInterval: 1,
  region: 1,
} as const;

function constants(values: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fc.constant<unknown>(value)]),
  );
}

function isToldProperly(error: unknown): boolean {
  assert.ok(error instanceof InvalidArgumentError);
  assert.ok(error.problems.length > 0);
  return true;
}

describe("any wrong argument", () => {
  it("gives an InvalidArgumentError and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(wrongArguments, fc.jsonValue()), (args) => {
        assert.throws(() => checkCall(getBackupArguments, args, {}), isToldProperly);
        assert.throws(() => checkCall(backupGateArguments, args, {}), isToldProperly);
      }),
    );
  });

  it("is found before any request", async () => {
    const service: Service = await serve({ backups: [sent("backup-1")] });
    const settings: Settings = service.settings;

    await fc.assert(
      fc.asyncProperty(wrongArguments, async (args) => {
        await assert.rejects(getBackup(args, { settings }), InvalidArgumentError);
        assert.equal(service.requests.length, 0);
      }),
    );
  });

  it("is not shown when it is secret", () => {
    const secrets = { ...si, maxAge: "s3cr3t-age", pollInterval: "s3cr3t-poll", region: "s3cr3t" };

    assert.throws(() => checkCall(getBackupArguments, secrets, {}, true), {
      name: "InvalidArgumentError",
      message:
        "getBackup was given invalid arguments: maxAge is a secret that is not shown, " +
        `${durationExpected}; pollInterval has no effect without waitTimeout (give both); ` +
        "region is a secret that is not shown, expected one of cn-hangzhou, ap-southeast-1.",
    });
  });
});
