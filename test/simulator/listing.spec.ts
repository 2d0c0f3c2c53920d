import assert from "node:assert/strict";

import { createListing } from "../../simulator/listing";
import type { BackupRow } from "../../simulator/rows";

const rows: BackupRow[] = [
  { BackupId: "a", Status: "Created", StartTime: "2026-01-01T00:00:00Z" },
  { BackupId: "b", Status: "Created", StartTime: "2026-01-01T08:00:00+08:00" },
  { BackupId: "c", Status: "Deleted" },
];

describe("createListing", () => {
  it("finds everything, in the order given, without a filter", () => {
    assert.deepEqual(createListing(rows).find([], 0), rows);
  });

  it("finds exact matches of the text: equal times in another form are others", () => {
    const listing = createListing(rows);

    const found = listing.find([{ name: "StartTime", values: ["2026-01-01T00:00:00Z"] }], 0);

    assert.deepEqual(found, [rows[0]]);
  });

  it("finds nothing in a field that a row does not have", () => {
    const listing = createListing(rows);

    assert.deepEqual(listing.find([{ name: "EndTime", values: ["", "undefined"] }], 0), []);
  });

  it("filters once, however many pages are asked for", () => {
    const listing = createListing(rows);
    const filters = [{ name: "Status", values: ["Created"] }];

    assert.equal(listing.find(filters, 0), listing.find(structuredClone(filters), 1));
  });

  it("keeps a limited number of filtered lists", () => {
    const listing = createListing(rows);
    const first = listing.find([{ name: "Status", values: ["0"] }], 0);

    for (let n = 1; n <= 256; n += 1) listing.find([{ name: "Status", values: [String(n)] }], 0);

    assert.notEqual(listing.find([{ name: "Status", values: ["0"] }], 0), first);
  });

  it("sees replaced rows at once", () => {
    const listing = createListing(rows);
    const filters = [{ name: "Status", values: ["Created"] }];
    listing.find(filters, 0);

    listing.replace([{ BackupId: "d", Status: "Created" }]);

    assert.deepEqual(listing.find(filters, 0), [{ BackupId: "d", Status: "Created" }]);
    assert.equal(listing.rows.length, 1);
  });

  it("does not see changes of the array it was given", () => {
    const mine = [...rows];
    const listing = createListing(mine);

    mine.pop();

    assert.equal(listing.find([], 0).length, 3);
  });

  it("follows the timelines, forwards and backwards", () => {
    const timeline = [
      { atMs: 200, Status: "Created", EndTime: "later" },
      { atMs: 100, Status: "Creating", StatusDetail: "50 %" },
    ];
    const listing = createListing([{ BackupId: "a", Status: "Queued", timeline }]);
    const statusAt = (nowMs: number) => listing.find([], nowMs).map(({ Status }) => Status);
    const created = [{ name: "Status", values: ["Created"] }];

    assert.deepEqual(
      [99, 100, 199, 200, 1000, 150, 0].map((nowMs) => statusAt(nowMs)[0]),
      ["Queued", "Creating", "Creating", "Created", "Created", "Creating", "Queued"],
    );
    assert.deepEqual(
      [199, 200].map((nowMs) => listing.find(created, nowMs).length),
      [0, 1],
    );
  });

  it("lays only the latest state over the row", () => {
    const timeline = [
      { atMs: 100, StatusDetail: "50 %" },
      { atMs: 200, Status: "Created" },
    ];
    const listing = createListing([{ BackupId: "a", Status: "Creating", timeline }]);

    assert.equal(JSON.stringify(listing.find([], 200)), '[{"BackupId":"a","Status":"Created"}]');
  });
});
