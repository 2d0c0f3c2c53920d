import assert from "node:assert/strict";
import fc from "fast-check";
import type { ListBackupsArgs } from "../provider/args";
import { plan, wireQuery } from "../provider/plan";

const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}-${i + 1}`);

/** What is asked for, as it goes over the wire. */
const queriesOf = (args: ListBackupsArgs) => plan(args).queries.map(wireQuery);

describe("plan", () => {
  it("asks for everything in pages of 100", () => {
    assert.deepEqual(queriesOf({}), [{ MaxResults: "100" }]);
    assert.ok(Object.values(plan({}).selection).every((condition) => condition === undefined));
  });

  it("asks for pages as large as it is told", () => {
    assert.deepEqual(queriesOf({ maxResults: 7 }), [{ MaxResults: "7" }]);
  });

  it("sends typed filters, then the service's own", () => {
    const queries = queriesOf({
      serviceInstanceId: "si-1",
      ids: ["b-1", "b-2", "b-1"],
      status: "Created",
      filters: [{ name: "StartTime", values: ["2026-01-01T00:00:00Z"] }],
    });

    assert.deepEqual(queries, [
      {
        MaxResults: "100",
        "Filter.1.Name": "ServiceInstanceId",
        "Filter.1.Value.1": "si-1",
        "Filter.2.Name": "BackupId",
        "Filter.2.Value.1": "b-1",
        "Filter.2.Value.2": "b-2",
        "Filter.3.Name": "Status",
        "Filter.3.Value.1": "Created",
        "Filter.4.Name": "StartTime",
        "Filter.4.Value.1": "2026-01-01T00:00:00Z",
      },
    ]);
  });

  it("checks again on what comes back", () => {
    const { selection } = plan({
      serviceInstanceIds: ["si-1", "si-2"],
      ids: ["b-1"],
      statuses: ["Created", "Creating"],
      backupMode: "Manual",
      startedAfter: "2026-01-01T08:00:00+08:00",
      startedBefore: "2026-01-02T00:00:00Z",
      endedAfter: "2026-01-03T00:00:00Z",
      endedBefore: "2026-01-04T00:00:00Z",
      maxAge: "24h",
    });

    assert.deepEqual(selection, {
      ids: new Set(["b-1"]),
      serviceInstanceIds: new Set(["si-1", "si-2"]),
      statuses: new Set(["Created", "Creating"]),
      backupMode: "Manual",
      startedAfter: Date.parse("2026-01-01T00:00:00Z"),
      startedBefore: Date.parse("2026-01-02T00:00:00Z"),
      endedAfter: Date.parse("2026-01-03T00:00:00Z"),
      endedBefore: Date.parse("2026-01-04T00:00:00Z"),
      maxAgeMs: 86_400_000,
    });
  });

  it("leaves times and modes to this side, whose meaning is known", () => {
    const queries = queriesOf({ startedAfter: "2026-01-01T00:00:00Z", backupMode: "Manual" });

    assert.deepEqual(queries, [{ MaxResults: "100" }]);
  });

  it("splits more than ten values over requests, each value into one of them", () => {
    const ids = named("b", 21);

    const { selection } = plan({ ids });
    const queries = queriesOf({ ids });

    const sent = queries.map((query) =>
      Object.entries(query)
        .filter(([name]) => name.startsWith("Filter.1.Value."))
        .map(([, value]) => value),
    );
    assert.deepEqual(sent, [ids.slice(0, 10), ids.slice(10, 20), ids.slice(20)]);
    assert.deepEqual(selection.ids, new Set(ids));
  });

  it("never sends more than ten values, and every pair of instance and id once", () => {
    const size = fc.integer({ min: 1, max: 35 });
    fc.assert(
      fc.property(size, size, (instances, backups) => {
        const queries = queriesOf({
          serviceInstanceIds: named("si", instances),
          ids: named("b", backups),
        });

        const pairs = queries.flatMap((query) => {
          const of = (n: number) =>
            Object.entries(query)
              .filter(([name]) => name.startsWith(`Filter.${n}.Value.`))
              .map(([, value]) => value);
          assert.ok(of(1).length <= 10 && of(2).length <= 10);
          return of(1).flatMap((instance) => of(2).map((id) => `${instance} ${id}`));
        });
        assert.equal(pairs.length, instances * backups);
        assert.equal(new Set(pairs).size, pairs.length);
      }),
    );
  });
});
