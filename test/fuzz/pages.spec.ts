import assert from "node:assert/strict";
import fc from "fast-check";
import { getBackups, listBackups } from "../../provider";
import { stream } from "../../provider/listing";
import { getBackupsLookup } from "../../provider/lookups";
import { wireRow, type SentRow } from "../support/backups";
import { serve } from "../support/service";
import { readerOf } from "./readers";
import { runs, timeFor } from "./runs";

const status = fc.constantFrom("Created", "Creating", "CreateFailed", "Deleted", "Archived");
const time = fc.constantFrom(
  ...["2026-01-01T00:00:00Z", "2026-01-01T08:00:00+08:00", "2026-01-01T07:59:59", "soon", ""],
);

function setOf(maxLength: number): fc.Arbitrary<SentRow[]> {
  const row = fc
    .tuple(fc.string({ minLength: 1, maxLength: 4 }), status, time)
    .map(([BackupId, Status, StartTime]) => wireRow({ BackupId, Status, StartTime }));
  return fc.uniqueArray(row, { selector: ({ BackupId }) => BackupId, maxLength });
}

/** The rows in pages of these sizes, which come again and again; never too many empty ones. */
function inPages(rows: readonly SentRow[], sizes: readonly number[]): SentRow[][] {
  const pages: SentRow[][] = [];
  for (let at = 0, page = 0; at < rows.length || page === 0; page += 1) {
    const size = page % 9 === 8 ? 1 : (sizes[page % sizes.length] ?? 1);
    pages.push(rows.slice(at, at + size));
    at += size;
  }
  return pages;
}

const toCounts: readonly ((count: number) => unknown)[] = [
  (count) => count,
  String,
  () => undefined,
  () => null,
];

function readerOfPages(pages: readonly SentRow[][], totalCount: unknown) {
  return readerOf(({ query }) => {
    const at = Number(query["NextToken"] ?? 0);
    const NextToken = at + 1 < pages.length ? String(at + 1) : "";
    return JSON.stringify({ Backups: pages[at], NextToken, TotalCount: totalCount });
  });
}

const sizes = fc.array(fc.nat(5), { minLength: 1, maxLength: 20 });

describe("any split of any set into pages", () => {
  it("gives the set: the same result as in one page", async function () {
    this.timeout(timeFor(10));
    const toCount = fc.constantFrom(...toCounts);
    await fc.assert(
      fc.asyncProperty(setOf(40), sizes, toCount, async (rows, some, count) => {
        const total = count(rows.length);
        const whole = await getBackupsLookup.perform(readerOfPages([rows], total), {}, false);

        const reader = readerOfPages(inPages(rows, some), total);
        const read = await getBackupsLookup.perform(reader, {}, false);

        assert.deepEqual(read, whole);
        const ids = rows.map(({ BackupId }) => BackupId);
        assert.deepEqual(read.ids.toSorted(), ids.toSorted());
      }),
      runs(600),
    );
  });

  it("gives the set in the service's order where it is streamed", async function () {
    this.timeout(timeFor(10));
    await fc.assert(
      fc.asyncProperty(setOf(40), sizes, async (rows, some) => {
        const reader = readerOfPages(inPages(rows, some), rows.length);
        const ids: string[] = [];
        for await (const page of stream(
          reader,
          {},
          { nextToken: undefined, maxPages: undefined },
        )) {
          ids.push(...page.rows.map(({ backup }) => backup.backupId));
        }

        assert.deepEqual(
          ids,
          rows.map(({ BackupId }) => BackupId),
        );
      }),
      runs(600),
    );
  });

  it("gives the set over a socket", async function () {
    this.timeout(timeFor(10));
    const service = await serve();
    const opts = { settings: service.settings };
    await fc.assert(
      fc.asyncProperty(setOf(250), fc.integer({ min: 1, max: 100 }), async (rows, maxResults) => {
        service.setBackups(rows);
        const sent = rows.map(({ BackupId }) => BackupId);
        const size = Math.max(maxResults, Math.ceil(rows.length / 10));

        const { ids } = await getBackups({ maxResults: size }, opts);
        const streamed: string[] = [];
        for await (const { backupId } of listBackups({ maxResults: size }, opts)) {
          streamed.push(backupId);
        }

        assert.deepEqual(streamed, sent);
        assert.deepEqual(ids.toSorted(), sent.toSorted());
      }),
      runs(25),
    );
  });
});
