import assert from "node:assert/strict";
import { backupList } from "../../provider/backup";
import type { Reader } from "../../provider/reader";
import { restoreTaskList } from "../../provider/restoreTask";
import { keysOf, type ReadRequest } from "../../provider/sharing/want";

const open = { areArgsSecret: false } as Reader;
const valueIn = () => "";
const one: ReadRequest<never> = {
  kind: backupList as ReadRequest<never>["kind"],
  query: {
    by: { name: "ServiceInstanceId", values: ["si-1"], valueIn },
    filters: [{ name: "Status", values: ["Created"] }],
    pageSize: 100,
  },
  range: { nextToken: undefined, maxPages: undefined },
  mayJoin: true,
};

describe("the keys of a request", () => {
  const { query } = one;
  const differing: [what: string, request: ReadRequest<never>, reader?: Reader][] = [
    ["kind of list", { ...one, kind: restoreTaskList as typeof one.kind }],
    ["filters", { ...one, query: { ...query, filters: [] } }],
    ["filter by id", { ...one, query: { ...query, by: { ...query.by!, name: "BackupId" } } }],
    ["page size", { ...one, query: { ...query, pageSize: 20 } }],
    ["secrecy", one, { areArgsSecret: true } as Reader],
  ];
  for (const [what, request, reader = open] of differing) {
    it(`differ with the ${what}`, () => {
      const [mine, other] = [keysOf(one, open), keysOf(request, reader)];

      assert.notEqual(mine.key, other.key);
      assert.notEqual(mine.group, other.group);
    });
  }

  it("have the group in common where only the ids differ", () => {
    const by = { name: "ServiceInstanceId" as const, values: ["si-2"], valueIn };
    const [mine, other] = [keysOf(one, open), keysOf({ ...one, query: { ...query, by } }, open)];

    assert.notEqual(mine.key, other.key);
    assert.equal(mine.group, other.group);
  });

  it("are the same for the same", () => {
    assert.deepEqual(keysOf(one, open), keysOf({ ...one, mayJoin: false }, open));
  });

  it("have no group where there are no ids, or the user pages by hand", () => {
    const byHand = { ...one, range: { nextToken: undefined, maxPages: 1 } };

    assert.equal(keysOf({ ...one, query: { ...query, by: undefined } }, open).group, undefined);
    assert.equal(keysOf(byHand, open).group, undefined);
    assert.notEqual(keysOf(byHand, open).key, keysOf(one, open).key);
  });
});
