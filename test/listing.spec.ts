import { fakeClock } from "./support/fakeClock";
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { backupList } from "../provider/backup";
import type { Page } from "../provider/client/page";
import { readList, stream } from "../provider/listing";
import { createReader, nowAt, warnIfRegionWasGuessed } from "../provider/reader";
import type { Connection } from "../provider/settings/connection";
import type { Fault } from "../simulator";
import { wireRows } from "./support/backups";
import { connectionTo, planted } from "./support/connection";
import { serve } from "./support/service";

const whole = { nextToken: undefined, maxPages: undefined };

/** A reader of a service with so many backups, and what it reports. */
async function readerOf(
  count: number,
  fields: Partial<Connection> = {},
  faults: readonly Fault[] = [],
) {
  const service = await serve({
    backups: wireRows(count),
    accessKeyId: planted.accessKey,
    accessKeySecret: planted.secretKey,
    faults,
  });
  const warned: string[] = [];
  const told: string[] = [];
  const reader = createReader(connectionTo(service.url, fields), undefined, {
    warn: (message) => warned.push(message),
    progress: (message) => told.push(message),
  });
  return { service, reader, warned, told };
}

describe("readList", () => {
  it("gives rows in the service's order, each with the time it was read at", async () => {
    const { reader } = await readerOf(3);

    const { rows, totalCount } = await readList(reader, backupList, { MaxResults: "2" }, whole);

    assert.deepEqual(
      rows.map(({ row }) => row.backup.backupId),
      ["backup-1", "backup-2", "backup-3"],
    );
    assert.ok(rows.every(({ now }) => Math.abs(now - Date.now()) < 5000));
    assert.equal(totalCount, 3);
  });

  it("keeps the later page's word of a backup that came twice", async () => {
    const again = { ...wireRows(1)[0], Status: "Deleting" };
    const patch = { Backups: [again, ...wireRows(3).slice(1)], TotalCount: 3 };
    const { reader } = await readerOf(4, {}, [
      { kind: "page", on: { page: 1 }, patch: { TotalCount: 3 } },
      { kind: "page", on: { page: 2 }, patch },
    ]);

    const { rows } = await readList(reader, backupList, { MaxResults: "2" }, whole);

    assert.equal(rows[0]?.row.backup.status, "Deleting");
    assert.equal(rows.length, 3);
  });

  it("forgets what it read before a token was rejected", async () => {
    const { service, reader } = await readerOf(4, {}, [{ kind: "rejectToken", on: { page: 2 } }]);
    const before = service.requests;
    service.faults.add({ kind: "page", on: { page: 1 }, patch: { Backups: wireRows(2) } });

    const { rows } = await readList(reader, backupList, { MaxResults: "2" }, whole);

    assert.equal(rows.length, 4);
    assert.equal(before.length, 4);
  });

  it("tells of its progress while it asks again", async () => {
    const { reader, told } = await readerOf(1, {}, [{ kind: "throttle" }]);

    await readList(reader, backupList, { MaxResults: "2" }, whole);

    assert.equal(told.length, 1);
    assert.match(
      told[0] ?? "",
      /^ListBackups was throttled \(Throttling\.User, HTTP 400\): Request was denied due to user flow control\. Asking again in [\d.]+ s\.$/,
    );
  });

  it("tells of each page to who listens", async () => {
    const { reader } = await readerOf(3);
    const told: unknown[] = [];
    const listen = (page: unknown) => told.push(page);
    subscribe("pulumi-computenest:page", listen);

    await readList(reader, backupList, { MaxResults: "2" }, whole);
    unsubscribe("pulumi-computenest:page", listen);

    assert.deepEqual(told, [
      { action: "ListBackups", rows: 2 },
      { action: "ListBackups", rows: 1 },
    ]);
  });

  it("does not compare what was paged by hand", async () => {
    const patch = { TotalCount: 9 };
    const { reader, warned } = await readerOf(2, { completeness: "tokens" }, [
      { kind: "page", patch },
    ]);

    const { totalCount } = await readList(reader, backupList, {}, { ...whole, maxPages: 1 });

    assert.deepEqual([totalCount, warned], [9, []]);
  });
});

describe("stream", () => {
  it('warns with completeness "tokens" when the count changes, though it fits at last', async () => {
    const { reader, warned } = await readerOf(4, { completeness: "tokens" }, [
      { kind: "page", on: { page: 1 }, patch: { TotalCount: 5 } },
    ]);

    await readList(reader, backupList, { MaxResults: "2" }, whole);

    assert.deepEqual(warned, [
      "ListBackups: TotalCount changed while the list was read, 4 at last, so some of the 4 backups " +
        "read may be gone and others passed over; taken as complete because of the setting " +
        'completeness "tokens".',
    ]);
  });

  it('does not warn with completeness "tokens" when the counts agree', async () => {
    const { reader, warned } = await readerOf(2, { completeness: "tokens" });

    const reading = stream(reader, {}, whole);
    while (!(await reading.next()).done) continue;

    assert.deepEqual(warned, []);
  });
});

describe("nowAt", () => {
  const page = (serviceTime: number | undefined): Page<unknown> => ({
    rows: [],
    nextToken: undefined,
    totalCount: undefined,
    serviceTime,
    requestId: undefined,
  });

  it("is the later of both clocks, so that a slow one makes nothing look fresh", () => {
    const clock = fakeClock({ now: 1_000_000 });

    assert.equal(nowAt(page(2_000_000), clock), 2_000_000);
    assert.equal(nowAt(page(0), clock), 1_000_000);
  });

  it("is this machine's where the service does not say", () => {
    assert.equal(nowAt(page(undefined), fakeClock({ now: 1_000_000 })), 1_000_000);
  });
});

describe("warnIfRegionWasGuessed", () => {
  const regionGuess = "no region is configured, so cn-hangzhou was asked";

  it("warns that nothing was found on a site that was guessed", async () => {
    const { reader, warned } = await readerOf(0, { regionGuess });

    warnIfRegionWasGuessed(reader, true);

    assert.deepEqual(warned, [
      "No backups were found, but the region was a guess: no region is configured, so " +
        "cn-hangzhou was asked. If they are on the other site, set the region to ap-southeast-1.",
    ]);
  });

  it("says nothing when something was found, or nothing was guessed", async () => {
    const guessed = await readerOf(0, { regionGuess });
    const named = await readerOf(0);

    warnIfRegionWasGuessed(guessed.reader, false);
    warnIfRegionWasGuessed(named.reader, true);

    assert.deepEqual([guessed.warned, named.warned], [[], []]);
  });
});
