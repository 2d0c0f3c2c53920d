import assert from "node:assert/strict";

import { createRowStore } from "../../simulator/rowStore";
import type { BackupRow } from "../../simulator/rows";

const rows: BackupRow[] = [
  { BackupId: "a", Status: "Created", StartTime: "2026-01-01T00:00:00Z" },
  { BackupId: "b", Status: "Created", StartTime: "2026-01-01T08:00:00+08:00" },
  { BackupId: "c", Status: "Deleted" },
];

describe("createRowStore", () => {
  it("finds everything, in the order given, without a filter", () => {
    assert.deepEqual(createRowStore(rows).find([], 0), rows);
  });

  it("finds exact matches of the text: equal times in another form are others", () => {
    const store = createRowStore(rows);

    const found = store.find([{ name: "StartTime", values: ["2026-01-01T00:00:00Z"] }], 0);

    assert.deepEqual(found, [rows[0]]);
  });

  it("finds nothing in a field that a row does not have", () => {
    const store = createRowStore(rows);

    assert.deepEqual(store.find([{ name: "EndTime", values: ["", "undefined"] }], 0), []);
  });

  it("filters once, however many pages are asked for", () => {
    const store = createRowStore(rows);
    const filters = [{ name: "Status", values: ["Created"] }];

    assert.equal(store.find(filters, 0), store.find(structuredClone(filters), 1));
  });

  it("keeps a limited number of filtered lists", () => {
    const store = createRowStore(rows);
    const first = store.find([{ name: "Status", values: ["0"] }], 0);

    for (let n = 1; n <= 256; n += 1) store.find([{ name: "Status", values: [String(n)] }], 0);

    assert.notEqual(store.find([{ name: "Status", values: ["0"] }], 0), first);
  });

  it("sees replaced rows at once", () => {
    const store = createRowStore(rows);
    const filters = [{ name: "Status", values: ["Created"] }];
    store.find(filters, 0);

    store.replace([{ BackupId: "d", Status: "Created" }]);

    assert.deepEqual(store.find(filters, 0), [{ BackupId: "d", Status: "Created" }]);
    assert.equal(store.rows.length, 1);
  });

  it("does not see changes of the array it was given", () => {
    const mine = [...rows];
    const store = createRowStore(mine);

    mine.pop();

    assert.equal(store.find([], 0).length, 3);
  });

  it("follows the timelines, forwards and backwards", () => {
    const timeline = [
      { atMs: 200, Status: "Created", EndTime: "later" },
      { atMs: 100, Status: "Creating", StatusDetail: "50 %" },
    ];
    const store = createRowStore([{ BackupId: "a", Status: "Queued", timeline }]);
    const statusAt = (nowMs: number) => store.find([], nowMs).map(({ Status }) => Status);
    const created = [{ name: "Status", values: ["Created"] }];

    assert.deepEqual(
      [99, 100, 199, 200, 1000, 150, 0].map((nowMs) => statusAt(nowMs)[0]),
      ["Queued", "Creating", "Creating", "Created", "Created", "Creating", "Queued"],
    );
    assert.deepEqual(
      [199, 200].map((nowMs) => store.find(created, nowMs).length),
      [0, 1],
    );
  });

  it("lays only the latest state over the row", () => {
    const timeline = [
      { atMs: 100, StatusDetail: "50 %" },
      { atMs: 200, Status: "Created" },
    ];
    const store = createRowStore([{ BackupId: "a", Status: "Creating", timeline }]);

    assert.equal(JSON.stringify(store.find([], 200)), '[{"BackupId":"a","Status":"Created"}]');
  });
});
