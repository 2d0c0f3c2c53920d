import { createRandom, type Random } from "./random";
import type { BackupRow } from "./rows";

/** What a sample set is to look like. */
export interface SampleOptions {
  /** The time the backups are counted back from, in milliseconds since 1970. */
  readonly now: number;
  /** Another seed gives other ids, times and failures. @default 1 */
  readonly seed?: number;
  /** How many backups. @default 321 */
  readonly count?: number;
  /** How many service instances, or their ids. @default 6 */
  readonly instances?: number | readonly string[];
}

/** How the backups of one service instance came about. */
interface Story {
  /** Hours from one backup to the next. */
  readonly everyHours: number;
  /** Age of the newest, in hours. */
  readonly newestHours: number;
  /** Statuses of the newest ones, newest first; the others' follow from chance and retention. */
  readonly newest: readonly string[];
  /** Retention of all of them; absent: each its own. */
  readonly retentionDays?: number;
}

/** In the order of the instances: two in order, failing of late, running now, forgotten, expired. */
const stories: readonly Story[] = [
  { everyHours: 6, newestHours: 3, newest: ["Created"] },
  { everyHours: 24, newestHours: 7, newest: ["Created"] },
  { everyHours: 24, newestHours: 2, newest: ["CreateFailed", "Created"] },
  { everyHours: 24, newestHours: 0, newest: ["Creating", "Created"] },
  { everyHours: 24, newestHours: 9 * 24, newest: ["Created"] },
  { everyHours: 24, newestHours: 8 * 24, newest: ["Deleting", "DeleteFailed"], retentionDays: 7 },
];

/** Two thirds belong to one instance: with the default count, three pages of 100. */
const firstShare = 0.66;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Makes a set of backups of the kind an account has after some months: several service instances,
 * all six statuses, `Z` and `+08:00` mixed, newest first. The same options give the same set.
 *
 * The first service instance has two thirds of the backups and a recent good one; the third's last
 * attempt failed, the fourth's is still running, the fifth's newest is nine days old, and nothing is
 * left of the sixth's.
 */
export function sampleBackups(options: SampleOptions): BackupRow[] {
  const { now, seed = 1, count = 321, instances = 6 } = options;
  const random = createRandom(seed);
  const ids =
    typeof instances === "number"
      ? Array.from({ length: instances }, () => `si-${random.hex(20)}`)
      : instances;

  const dated = ids.flatMap((serviceInstanceId, index) => {
    const story = stories[index % stories.length] ?? stories[0];
    const share = shareOf(index, ids.length, count);
    if (story === undefined) return [];
    return Array.from({ length: share }, (_, age) => {
      const startMs =
        now -
        (story.newestHours + age * story.everyHours) * hourMs -
        random.between(5, 40) * minuteMs;
      return { startMs, row: backupRow(random, serviceInstanceId, story, age, startMs, now) };
    });
  });
  // Array.prototype.sort is stable, so equal times keep the order they were made in.
  return dated.sort((left, right) => right.startMs - left.startMs).map(({ row }) => row);
}

function shareOf(index: number, instances: number, count: number): number {
  const first = instances === 1 ? count : Math.round(count * firstShare);
  if (index === 0) return first;
  const rest = count - first;
  const others = instances - 1;
  return Math.floor(rest / others) + (index - 1 < rest % others ? 1 : 0);
}

function backupRow(
  random: Random,
  serviceInstanceId: string,
  story: Story,
  age: number,
  startMs: number,
  now: number,
): BackupRow {
  const endMs = Math.min(startMs + random.between(3, 45) * minuteMs, now);
  const retentionDays =
    story.retentionDays ?? random.pick([undefined, undefined, undefined, 30, 90, 180]);
  const expiredMs = retentionDays === undefined ? -1 : now - endMs - retentionDays * dayMs;
  const failed = random.next() < 0.05;
  const undeletable = random.next() < 0.06;
  const status =
    story.newest[age] ??
    (failed
      ? "CreateFailed"
      : expiredMs < 0
        ? "Created"
        : undeletable
          ? "DeleteFailed"
          : "Deleted");

  const hasEnded = status !== "Creating";
  const isRemoved = status.startsWith("Delet");
  const modifiedMs = hasEnded ? endMs + (isRemoved ? (retentionDays ?? 0) * dayMs : 0) : startMs;
  // The service gives some times in UTC and some in China's; a list that mixes them is not unusual.
  const format = random.next() < 0.25 ? chinaTime : utcTime;
  const detail = statusDetail(random, status);
  return {
    BackupId: `backup-${random.hex(20)}`,
    ServiceInstanceId: serviceInstanceId,
    Status: status,
    ...(detail === undefined ? {} : { StatusDetail: detail }),
    StartTime: format(startMs),
    ...(hasEnded ? { EndTime: format(endMs) } : {}),
    CreateTime: chinaTime(startMs - random.between(0, 20) * 1000),
    ModifiedTime: chinaTime(modifiedMs),
    Description: random.pick(["No description", "daily", "before the upgrade", "升级前备份"]),
    BackupMode: "Manual",
    ...(retentionDays === undefined ? {} : { RetentionDays: retentionDays }),
  };
}

function statusDetail(random: Random, status: string): string | undefined {
  const disk = `d-${random.hex(20)}`;
  if (status === "CreateFailed") {
    const reason = random.pick([
      "The snapshot quota of the account is exceeded.",
      "The specified disk is being detached.",
      "The operation timed out.",
    ]);
    return `Disk ${disk} backup failed, error message: ${reason}`;
  }
  if (status === "DeleteFailed") {
    return `Disk ${disk} delete failed, error message: The snapshot is used by an image.`;
  }
  return undefined;
}

function utcTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

function chinaTime(ms: number): string {
  return utcTime(ms + 8 * hourMs).replace("Z", "+08:00");
}
