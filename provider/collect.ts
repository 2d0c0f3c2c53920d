import { backupList, type BackupRow } from "./backup";
import type { PageRange } from "./client/paginate";
import { isByHand, type ReadRow } from "./listing";
import { warnIfRegionWasGuessed, type Reader } from "./reader";
import type { Plan } from "./plan";
import type { Collected } from "./result";
import { matches } from "./select";
import { readAll } from "./sharing/reads";

/** For one call alone: users may change what they are given. */
function copyOf({ row, now }: ReadRow<BackupRow>): ReadRow<BackupRow> {
  return { row: { ...row, backup: { ...row.backup } }, now };
}

/**
 * Reads all that a plan asks for. Its lists do not overlap, so together they are one; should a
 * service ignore a filter, a backup is one backup all the same.
 */
export async function collect(
  reader: Reader,
  { queries, selection }: Plan,
  range: PageRange,
): Promise<Collected> {
  const reads = new Map<string, ReadRow<BackupRow>>();
  const totals: number[] = [];
  let nextToken: string | undefined;
  const { mayJoin } = reader.sharing;
  for (const list of await readAll(reader, backupList, queries, { range, mayJoin })) {
    for (const read of list.rows) {
      reads.set(read.row.backup.backupId, list.isShared ? copyOf(read) : read);
    }
    if (list.totalCount !== undefined) totals.push(list.totalCount);
    // Only a single list can be paged by hand; the arguments were checked for that.
    ({ nextToken } = list);
  }
  const rows = [...reads.values()]
    .filter(({ row, now }) => matches(row, selection, now))
    .map(({ row }) => row);
  warnIfRegionWasGuessed(reader, rows.length === 0);
  return {
    rows,
    totalCount:
      totals.length === queries.length ? totals.reduce((sum, total) => sum + total, 0) : undefined,
    nextToken,
    isByHand: isByHand(range),
  };
}
