import assert from "node:assert/strict";
import fc from "fast-check";
import type { ListRead } from "../../provider/listing";
import type { ListingQuery } from "../../provider/plan";
import { combine, partOf, type Wanted } from "../../provider/sharing/combine";

/** A backup, as far as it can be asked for. */
interface Row {
  readonly id: string;
  readonly instance: string;
}

const filters: ListingQuery<Row>["filters"] = [{ name: "Status", values: ["Created"] }];

/** Wants what is of these service instances. */
function want(values: string[], group: string | undefined): Wanted<Row> {
  const by = {
    name: "ServiceInstanceId",
    values,
    valueIn: ({ instance }: Row) => instance,
  } as const;
  return { group, query: { by, filters, pageSize: 100 } };
}

/** The same, in the group of all who want so. */
const wanted = (...values: string[]) => want(values, "group");

/** Wants all there is. */
const all: Wanted<Row> = { group: undefined, query: { filters: [], pageSize: 100 } };

/** `si-1` and those after it. */
function instances(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `si-${first + i}`);
}

const valuesOf = ({ by }: ListingQuery<Row>) => by?.values;

/** The values that each listing asks for, and how many want it. */
function combined(...wants: Wanted<Row>[]) {
  return combine(wants).map((listing) => [valuesOf(listing.query), listing.wants.length]);
}

describe("listings read as one", () => {
  it("are none where none is wanted", () => {
    assert.deepEqual(combined(), []);
  });

  it("are those of one group", () => {
    assert.deepEqual(combined(want(["si-1"], "a"), want(["si-2"], "b"), want(["si-3"], "a")), [
      [["si-1", "si-3"], 2],
      [["si-2"], 1],
    ]);
  });

  it("ask for a value once, however many want it", () => {
    assert.deepEqual(combined(wanted("si-1", "si-2"), wanted("si-2", "si-3"), wanted("si-1")), [
      [["si-1", "si-2", "si-3"], 3],
    ]);
  });

  it("keep what their queries have in common", () => {
    const [listing] = combine([wanted("si-1"), wanted("si-2")]);

    const { by, ...others } = listing!.query;
    assert.equal(by?.name, "ServiceInstanceId");
    assert.deepEqual(others, { filters, pageSize: 100 });
  });

  it("are never those without a group, nor those that ask for everything", () => {
    const everything = { ...all, group: "group" };

    assert.deepEqual(combined(all, all, want(["si-1"], undefined), everything, wanted("si-1")), [
      [undefined, 1],
      [undefined, 1],
      [["si-1"], 1],
      [undefined, 1],
      [["si-1"], 1],
    ]);
  });

  it("have ten values at most; one more begins the next", () => {
    const singles = instances(1, 11).map((id) => wanted(id));

    assert.deepEqual(combined(...singles), [
      [instances(1, 10), 10],
      [["si-11"], 1],
    ]);
  });

  it("are never torn apart; each goes into the first with room for all of it", () => {
    assert.deepEqual(
      combined(
        wanted(...instances(1, 7)),
        wanted(...instances(8, 12)),
        wanted(...instances(13, 15)),
        wanted(...instances(11, 16)),
      ),
      [
        [[...instances(1, 7), ...instances(13, 15)], 2],
        [[...instances(8, 12), ...instances(13, 16)], 2],
      ],
    );
  });

  it("are full only for what they do not ask for already", () => {
    assert.deepEqual(
      combined(wanted(...instances(1, 10)), wanted(...instances(11, 19)), wanted("si-10", "si-1")),
      [
        [instances(1, 10), 2],
        [instances(11, 19), 1],
      ],
    );
  });

  it("leave alone what was given", () => {
    const given = [wanted("si-1"), wanted("si-2")];
    combine(given);

    assert.deepEqual(
      given.map(({ query }) => valuesOf(query)),
      [["si-1"], ["si-2"]],
    );
  });
});

/** A list as it was read. */
function read(rows: readonly Row[], totalCount: number | undefined = rows.length): ListRead<Row> {
  return {
    rows: rows.map((row) => ({ row, now: 1 })),
    totalCount,
    nextToken: undefined,
    serviceTime: 2,
  };
}

const rows: readonly Row[] = [
  { id: "backup-1", instance: "si-1" },
  { id: "backup-2", instance: "si-2" },
  { id: "backup-3", instance: "si-1" },
];

describe("the part of a listing", () => {
  it("has the rows asked for in their order, and all else as it was read", () => {
    assert.deepEqual(partOf(read(rows), wanted("si-1").query, "strict"), {
      rows: [
        { row: rows[0], now: 1 },
        { row: rows[2], now: 1 },
      ],
      totalCount: 2,
      nextToken: undefined,
      serviceTime: 2,
    });
  });

  it("has no count where the service gave none, or need not be right", () => {
    const { query } = wanted("si-1");

    const uncounted = partOf({ ...read(rows), totalCount: undefined }, query, "strict");
    const unchecked = partOf(read(rows, 4), query, "tokens");

    assert.deepEqual([uncounted.totalCount, unchecked.totalCount], [undefined, undefined]);
  });

  it("may be empty, which is a count too", () => {
    const { rows: none, totalCount } = partOf(read(rows), wanted("si-3").query, "strict");

    assert.deepEqual([none, totalCount], [[], 0]);
  });
});

describe("any listings that come together", () => {
  const some = (most: number) =>
    fc.uniqueArray(fc.constantFrom(...instances(1, 25)), { minLength: 1, maxLength: most });
  const group = fc.constantFrom("a", "b", undefined);
  const anyWant = fc.tuple(some(10), group).map(([values, of]) => want(values, of));

  it("are each read once, in requests that the service takes", () => {
    fc.assert(
      fc.property(fc.array(anyWant, { maxLength: 30 }), (wants) => {
        const listings = combine(wants);

        const served = listings.flatMap((listing) => [...listing.wants]);
        assert.equal(served.length, wants.length);
        assert.deepEqual(new Set(served), new Set(wants));
        for (const listing of listings) {
          const values = valuesOf(listing.query) ?? [];
          const wanted = new Set(listing.wants.flatMap(({ query }) => valuesOf(query) ?? []));
          assert.ok(values.length <= 10);
          assert.equal(new Set(values).size, values.length);
          assert.deepEqual(new Set(values), wanted);
          const groups = new Set(listing.wants.map((one) => one.group));
          assert.ok(listing.wants.length === 1 || (groups.size === 1 && !groups.has(undefined)));
        }
      }),
    );
  });

  it("come to what each would have come to alone", () => {
    const anyRows = fc
      .array(fc.constantFrom(...instances(1, 25)), { maxLength: 60 })
      .map((owners) => owners.map((instance, i) => ({ id: `backup-${i}`, instance })));
    fc.assert(
      fc.property(fc.array(anyWant, { maxLength: 30 }), anyRows, (wants, there) => {
        const answer = (query: ListingQuery<Row>) =>
          read(there.filter(({ instance }) => valuesOf(query)?.includes(instance)));

        for (const listing of combine(wants)) {
          const together = answer(listing.query);
          for (const { query } of listing.wants) {
            assert.deepEqual(partOf(together, query, "strict"), answer(query));
          }
        }
      }),
    );
  });

  it("fill every request but the last where each asks for one value", () => {
    fc.assert(
      fc.property(some(25), (values) => {
        const sizes = combine(values.map((value) => wanted(value))).map(
          ({ query }) => valuesOf(query)?.length,
        );

        assert.equal(sizes.length, Math.ceil(values.length / 10));
        assert.ok(sizes.slice(0, -1).every((size) => size === 10));
      }),
    );
  });
});
