import assert from "node:assert/strict";
import fc from "fast-check";
import { getBackupsArguments, listBackupsArguments } from "../provider/args";
import { backupStatuses } from "../provider/backup";
import { checkCall } from "../provider/checkCall";
import { InvalidArgumentError } from "../provider/errors";
import { findProblems } from "../provider/validation";

/** What is wrong with arguments, as `property reason`. */
const wrongWith = (args: unknown) =>
  findProblems(getBackupsArguments, args).map(({ property, reason }) => `${property} ${reason}`);

const ten = Array.from({ length: 10 }, (_, i) => `value-${i}`);
const timeExpected = "expected an RFC 3339 time such as 2026-01-31T00:00:00Z";
const offsetExpected = "expected an offset at the end of the time: Z, or one such as +08:00";
const durationExpected = "expected a duration such as 90m, 24h, 7d or P1DT12H";

describe("the arguments of getBackups", () => {
  const valid: [string, object][] = [
    ["none", {}],
    ["ones that are undefined", { serviceInstanceId: undefined, limit: undefined }],
    ["a service instance", { serviceInstanceId: "si-1" }],
    ["service instances and ids, more than ten", { serviceInstanceIds: ten, ids: [...ten, "x"] }],
    ["each status", { statuses: [...backupStatuses] }],
    ["a mode of the future", { backupMode: "Automatic" }],
    [
      "times with an offset",
      { startedAfter: "2026-01-01T00:00:00+08:00", endedBefore: "2026-01-01T00:00:00Z" },
    ],
    ["durations", { maxAge: "P1DT12H" }],
    ["ten values in a filter", { filters: [{ name: "EndTime", values: ten }] }],
    ["the smallest pages", { maxResults: 1, maxPages: 1, limit: 1 }],
    ["the largest pages", { maxResults: 100 }],
    ["paging by hand with ten ids", { nextToken: "t", maxPages: 2, ids: ten }],
    ["paging by hand with ten different ids", { maxPages: 2, ids: [...ten, ...ten] }],
    ["both regions", { region: "ap-southeast-1" }],
    [
      "a filter beside typed arguments of other names",
      { ids: ["b"], filters: [{ name: "Status", values: ["Created"] }] },
    ],
  ];
  for (const [what, args] of valid) {
    it(`may be ${what}`, () => {
      assert.deepEqual(wrongWith(args), []);
    });
  }

  const invalid: [unknown, ...string[]][] = [
    ["si-1", "args is 'si-1', expected an object"],
    [null, "args is null, expected an object"],
    [[], "args is [], expected an object"],
    [
      { serviceInstanceId: "" },
      "serviceInstanceId is '', expected the id of a service instance (leave it out to mean all)",
    ],
    [{ serviceInstanceId: 7 }, "serviceInstanceId is 7, expected the id of a service instance"],
    [
      { serviceInstanceIds: [] },
      "serviceInstanceIds is [], expected a list of service instance ids (leave it out to mean all)",
    ],
    [
      { serviceInstanceIds: "si-1" },
      "serviceInstanceIds is 'si-1', expected a list of service instance ids",
    ],
    [{ ids: [] }, "ids is [], expected a list of backup ids (leave it out to mean all)"],
    [
      { ids: ["b-1", 2, ""] },
      "ids[1] is 2, expected a text",
      "ids[2] is '', expected a text (leave it out to mean all)",
    ],
    [
      { status: "created" },
      "status is 'created', expected one of Creating, Created, CreateFailed, Deleting, Deleted, DeleteFailed",
    ],
    [{ statuses: [] }, "statuses is [], expected a list of statuses (leave it out to mean all)"],
    [{ statuses: "Created" }, "statuses is 'Created', expected a list of statuses"],
    [
      { backupMode: "" },
      "backupMode is '', expected a backup mode such as Manual (leave it out to mean all)",
    ],
    [{ startedAfter: "yesterday" }, `startedAfter is 'yesterday', ${timeExpected}`],
    [
      { startedBefore: "2026-01-01T00:00:00" },
      `startedBefore is '2026-01-01T00:00:00', ${offsetExpected}`,
    ],
    [{ endedAfter: 5 }, `endedAfter is 5, ${timeExpected}`],
    [{ endedBefore: "" }, `endedBefore is '', ${timeExpected}`],
    [{ maxAge: "1 day" }, `maxAge is '1 day', ${durationExpected}`],
    [{ maxAge: 24 }, `maxAge is 24, ${durationExpected}`],
    [
      { filters: [] },
      "filters is [], expected a list of {name, values} (leave it out to mean all)",
    ],
    [{ filters: ["Status"] }, "filters[0] is 'Status', expected {name, values}"],
    [
      { filters: [{ name: "Color", values: [] }] },
      "filters[0].name is 'Color', expected one of BackupId, ServiceInstanceId, Status, StartTime, EndTime",
      "filters[0].values is [], expected a list of 1 to 10 texts (leave it out to mean all)",
    ],
    [
      { filters: [{ name: "Status", values: [...ten, "x"] }] },
      "filters[0].values is [ 'value-0', 'value-1', 'value-2', 'value-3', 'value-4', 'value-5', 'value-6', '…, expected a list of 1 to 10 texts",
    ],
    [
      { filters: [{ name: "Status" }] },
      "filters[0].values is missing, expected a list of 1 to 10 texts",
    ],
    [
      { filters: [{ name: "Status", value: ["x"], values: ["y"] }] },
      "filters[0].value is not known (did you mean values?)",
    ],
    [{ maxResults: 0 }, "maxResults is 0, expected a whole number from 1 to 100"],
    [{ maxResults: 101 }, "maxResults is 101, expected a whole number from 1 to 100"],
    [{ maxResults: 1.5 }, "maxResults is 1.5, expected a whole number from 1 to 100"],
    [
      { nextToken: "" },
      "nextToken is '', expected the nextToken of an earlier result (leave it out to mean all)",
    ],
    [{ maxPages: 0 }, "maxPages is 0, expected a whole number of at least 1"],
    [{ limit: 0 }, "limit is 0, expected a whole number of at least 1"],
    [
      { region: "cn-beijing" },
      "region is 'cn-beijing', expected one of cn-hangzhou, ap-southeast-1",
    ],
    [{ serviceInstance: "si" }, "serviceInstance is not known (did you mean serviceInstanceId?)"],
    [
      { SERVICEINSTANCEID: "si" },
      "SERVICEINSTANCEID is not known (did you mean serviceInstanceId?)",
    ],
    [
      { serviceInstanceId: "si-1", serviceInstanceIds: ["si-2"] },
      "serviceInstanceIds cannot be combined with serviceInstanceId (give one of them)",
    ],
    [
      { status: "Created", statuses: ["Created"] },
      "statuses cannot be combined with status (give one of them)",
    ],
    [
      { nextToken: "t", maxPages: 1, ids: [...ten, "x"] },
      "nextToken cannot be combined with more than 10 ids (they need several lists)",
      "maxPages cannot be combined with more than 10 ids (they need several lists)",
    ],
    [
      { maxPages: 1, serviceInstanceIds: [...ten, "x"] },
      "maxPages cannot be combined with more than 10 serviceInstanceIds (they need several lists)",
    ],
    [
      { status: "Created", filters: [{ name: "Status", values: ["Created"] }] },
      'filters[0].name is "Status", which status sends already (give one of them)',
    ],
    [
      {
        filters: [
          { name: "EndTime", values: ["a"] },
          { name: "EndTime", values: ["b"] },
        ],
      },
      'filters[1].name is "EndTime", which filters[0] sends already (give one of them)',
    ],
    [
      { limit: "all", serviceInstanceId: "si-1", serviceInstanceIds: ["si-2"] },
      "limit is 'all', expected a whole number of at least 1",
      "serviceInstanceIds cannot be combined with serviceInstanceId (give one of them)",
    ],
  ];
  for (const [args, ...problems] of invalid) {
    it(`may not be ${JSON.stringify(args)}`, () => {
      assert.deepEqual(wrongWith(args), problems);
    });
  }

  it("are refused with nothing but an InvalidArgumentError, whatever JSON they are", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearlyArguments()), (args) => {
        try {
          checkCall(getBackupsArguments, args, {});
          checkCall(listBackupsArguments, args, {});
        } catch (error) {
          assert.ok(error instanceof InvalidArgumentError);
          assert.ok(error.problems.every(({ reason }) => typeof reason === "string"));
        }
      }),
    );
  });
});

/** Objects whose names are right, or known to every object, and whose values may be anything. */
function nearlyArguments(): fc.Arbitrary<object> {
  const names = ["ids", "filters", "statuses", "maxAge", "nextToken", "maxPages", "constructor"];
  const filter = fc.record({ name: fc.constantFrom("Status", "toString"), values: fc.jsonValue() });
  const value = fc.oneof(fc.jsonValue(), fc.array(filter), fc.array(fc.string()));
  return fc.dictionary(fc.constantFrom(...names, "toString", "__proto__", "limit"), value);
}

describe("the arguments of listBackups", () => {
  it("are those of getBackups without limit", () => {
    assert.deepEqual(findProblems(listBackupsArguments, { ids: ["b-1"], limit: 3 }), [
      {
        property: "limit",
        reason: "is an argument of getBackups (break out of the loop instead)",
      },
    ]);
  });
});
