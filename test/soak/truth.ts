// Backups of which the test knows by itself what every call has to say.

import type { Random } from "../../simulator/random";
import { wireRow, type SentRow } from "../support/backups";

const hourMs = 3_600_000;

/** What is true of a set of backups. */
export interface Truth {
  readonly rows: readonly SentRow[];
  readonly instances: readonly [string, ...string[]];
  /** The ids of an instance's backups, or of all, newest first. */
  readonly newestFirst: (instance?: string) => string[];
  /** The newest backup of an instance that is Created and at most so many hours old. */
  readonly toRelyOn: (instance: string, maxAgeHours: number) => string | undefined;
}

/** A set of up to 500 backups, in an order that is nobody's. */
export function createTruth(random: Random, now: number): Truth {
  const count = random.between(1, 12);
  const instances = Array.from({ length: count }, (_, i) => `si-${i + 1}`) as [string];
  const made = Array.from({ length: random.between(0, 500) }, (_, i) => {
    // Each has a start of its own, at half past an hour: no limit in whole hours is near.
    const startedAt = now - (i + 0.5) * hourMs;
    const row = wireRow({
      BackupId: `backup-${random.hex(4)}-${i}`,
      ServiceInstanceId: random.pick(instances),
      Status: random.pick(["Created", "Created", "CreateFailed", "Deleted", "Archived"]),
      StartTime: new Date(startedAt).toISOString().replace(/\.\d+/, ""),
      Description: "x".repeat(random.between(0, 200)),
    });
    return { row, place: random.next(), hours: i + 0.5 };
  });
  const of = (instance: string | undefined) =>
    made.filter(({ row }) => instance === undefined || row.ServiceInstanceId === instance);
  return {
    rows: made.toSorted((a, b) => a.place - b.place).map(({ row }) => row),
    instances,
    newestFirst: (instance) => of(instance).map(({ row }) => row.BackupId),
    toRelyOn: (instance, maxAgeHours) =>
      of(instance).find(({ row, hours }) => row.Status === "Created" && hours <= maxAgeHours)?.row
        .BackupId,
  };
}
