import { pageOf, type About } from "../../cli/page/page";
import { timelineOf, type Scope } from "../../cli/page/timeline";
import type { Backup } from "../../provider";
import { toBackupRow, type WireBackup } from "../../provider/backup";
import { newestFirst } from "../../provider/select";
import { toResult } from "../../provider/result";
import { sampleBackups } from "../../simulator";

/** When the pages of tests are made. */
export const now = Date.parse("2026-06-01T12:00:00Z");

/** A page of these backups. */
export async function pageWith(
  backups: readonly Backup[],
  scope: Partial<Scope> = {},
  about: Partial<About> = {},
): Promise<string> {
  const timeline = timelineOf(backups, {
    now,
    from: undefined,
    to: undefined,
    serviceInstanceIds: [],
    gapMs: 26 * 3_600_000,
    ...scope,
  });
  const counts = new Map<string, number>();
  for (const { status } of backups) counts.set(status, (counts.get(status) ?? 0) + 1);
  return pageOf(timeline, {
    now,
    gap: "26h",
    whyNoGaps: undefined,
    filters: [],
    statusCounts: Object.fromEntries(counts),
    ...about,
  });
}

/** Of each of so many service instances the newest backups, which differ as those of samples do. */
export function fleet(instances: number, each: number): Backup[] {
  const names = Array.from({ length: instances }, (_, i) => `si-${String(i).padStart(20, "0")}`);
  const rows = names.map((name, i) => {
    // The stories of a sample go by the place of a service instance in it.
    const others = Array.from({ length: 6 }, (_, place) => (place === i % 6 ? name : `-${place}`));
    const sample = sampleBackups({ now, seed: i + 1, count: each * 15, instances: others });
    return sample
      .filter(({ ServiceInstanceId }) => ServiceInstanceId === name)
      .slice(0, each)
      .map((row) => toBackupRow(row as WireBackup));
  });
  return toResult(
    {
      rows: newestFirst(rows.flat()),
      totalCount: undefined,
      nextToken: undefined,
      isByHand: false,
    },
    undefined,
  ).backups;
}
