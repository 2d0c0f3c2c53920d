// Situations in which backups are judged, and what each comes to: the table that qualify.ts has to
// fulfil, and that has to tell every lenient variant of it from the real one.

import type { BackupRow } from "../../provider/backup";
import { parseDuration } from "../../provider/durations";
import type { Conditions, Duration, Evidence, Verdict } from "../../provider/qualify";
import { restoreTaskList, type RestoreTask } from "../../provider/restoreTask";
import { row, type SentRow } from "./backups";

/** When the situations play. */
export const noon = Date.parse("2026-06-01T12:00:00Z");

/** A length of time in milliseconds; one that starts with a minus sign lies in the future. */
export function ms(duration: string): number {
  const isFuture = duration.startsWith("-");
  const length = parseDuration(isFuture ? duration.slice(1) : duration) ?? NaN;
  return isFuture ? -length : length;
}

/** The instant so long before noon, as the service writes it. */
export function ago(duration: string): string {
  return new Date(noon - ms(duration)).toISOString().replace(/\.\d+/, "");
}

/** A restore as the service sends it. */
interface SentRestore {
  readonly BackupId?: string;
  readonly Status?: string;
  readonly StatusDetail?: string | null;
  readonly EndTime?: string | null;
}

/** Arguments as the user writes them. */
export interface Asked {
  readonly serviceInstanceId?: string;
  readonly backupMode?: string;
  readonly maxAge?: string;
  readonly minRetention?: string;
  readonly restoreTestedWithin?: string;
}

/** One backup, what is asked of it, and what comes of it. */
export interface Situation {
  readonly what: string;
  /** Besides being `Created`, 2 hours old and kept for ever. */
  readonly sent?: Partial<SentRow>;
  readonly asked?: Asked;
  /** Undefined: nobody asked for restores. */
  readonly restores?: readonly SentRestore[];
  /** Milliseconds after noon. */
  readonly later?: number;
  readonly verdict: "qualifies" | "pending" | "refused";
  /** The backup in words. */
  readonly told: string;
}

function duration(text: string | undefined): Duration | undefined {
  return text === undefined ? undefined : { text, ms: ms(text) };
}

/** The arguments as the verdict takes them. */
export function conditionsOf({ serviceInstanceId, backupMode, ...durations }: Asked): Conditions {
  return {
    serviceInstanceId,
    backupMode,
    maxAge: duration(durations.maxAge),
    minRetention: duration(durations.minRetention),
    restoreTestedWithin: duration(durations.restoreTestedWithin),
  };
}

/** A backup that began two hours before noon; a test names what matters to it. */
export function recentFields(fields: Partial<SentRow> = {}): Partial<SentRow> {
  return {
    StartTime: ago("2h"),
    EndTime: ago("110m"),
    CreateTime: ago("2h"),
    ModifiedTime: ago("110m"),
    ...fields,
  };
}

/** A restore as the package keeps it. */
export function restoreTask(fields: SentRestore, number = 1): RestoreTask {
  return restoreTaskList.toRow({
    RestoreTaskId: `restore-${number}`,
    BackupId: "backup-1",
    Status: "Restored",
    EndTime: ago("24h"),
    ...fields,
  });
}

/** What a situation is judged by. */
export function inputsOf({ sent, asked = {}, restores, later = 0 }: Situation): {
  row: BackupRow;
  conditions: Conditions;
  evidence: Evidence;
} {
  return {
    row: row(recentFields(sent)),
    conditions: conditionsOf(asked),
    evidence: {
      now: noon + later,
      restoreTasks: restores?.map((fields, i) => restoreTask(fields, i + 1)),
    },
  };
}

/** A verdict in one word; `both` must never come. */
export function wordOf({ qualifies, isPending }: Verdict): string {
  if (qualifies && isPending) return "both";
  if (qualifies) return "qualifies";
  return isPending ? "pending" : "refused";
}

const day = { maxAge: "24h" };
const week = { restoreTestedWithin: "7d" };
const timeless = { StartTime: null, EndTime: null, CreateTime: null };

function refused(what: string, told: string, rest: Partial<Situation> = {}): Situation {
  return { what, told: `backup-1 ${told}`, verdict: "refused", ...rest };
}

function qualifies(what: string, told: string, rest: Partial<Situation> = {}): Situation {
  return { what, told: `backup-1 ${told}`, verdict: "qualifies", ...rest };
}

function pending(what: string, told: string, rest: Partial<Situation> = {}): Situation {
  return { what, told: `backup-1 ${told}`, verdict: "pending", ...rest };
}

const statuses: Situation[] = [
  qualifies("Created", "Created, 2h old"),
  qualifies("Created with a detail, which is no reason against it", "Created, 2h old", {
    sent: { StatusDetail: "all disks" },
  }),
  pending("Creating", "Creating, 2h old", { sent: { Status: "Creating" } }),
  pending("Creating with a detail", "Creating, 2h old: 50 % done", {
    sent: { Status: "Creating", StatusDetail: "50 % done" },
  }),
  refused("CreateFailed without a detail", "CreateFailed, 2h old", {
    sent: { Status: "CreateFailed" },
  }),
  refused("CreateFailed with a detail", "CreateFailed, 2h old: Disk i-1 backup failed", {
    sent: { Status: "CreateFailed", StatusDetail: "Disk i-1 backup failed" },
  }),
  refused("CreateFailed with an empty detail", "CreateFailed, 2h old", {
    sent: { Status: "CreateFailed", StatusDetail: "" },
  }),
  refused("CreateFailed and too old: its status says it all", "CreateFailed, 31h old: no disk", {
    sent: { Status: "CreateFailed", StatusDetail: "no disk", StartTime: ago("31h") },
    asked: day,
  }),
  ...[
    "Deleting",
    "Deleted",
    "DeleteFailed",
    "Archived",
    "created",
    "CREATED",
    "Created ",
    "CreatedPartly",
    "Restored",
    "creating",
    "CreatingSnapshot",
    "toString",
  ].map((Status) => refused(`status "${Status}"`, `${Status}, 2h old`, { sent: { Status } })),
];

const inFuture = (duration: string) => `Created, not begun: its start is ${duration} in the future`;
const unreadable = (text: string) =>
  `Created, of unknown age: its start time "${text}" cannot be read`;

const starts: Situation[] = [
  qualifies("young enough", "Created, 2h old", { asked: day }),
  qualifies("exactly as old as maxAge", "Created, 24h old", {
    sent: { StartTime: ago("24h") },
    asked: day,
  }),
  refused("a millisecond older than maxAge", "Created, 24h old: 1s too old", {
    sent: { StartTime: ago("24h") },
    asked: day,
    later: 1,
  }),
  refused("hours older", "Created, 31h old: 7h too old", {
    sent: { StartTime: ago("31h") },
    asked: day,
  }),
  refused("days older", "Created, 9d old: 8d too old", {
    sent: { StartTime: ago("9d") },
    asked: day,
  }),
  qualifies("old, and nobody cares", "Created, 900d old", { sent: { StartTime: ago("900d") } }),
  refused(
    "no start time; its creation does not stand in",
    "Created, of unknown age: it has no start time",
    { sent: { StartTime: null }, asked: day },
  ),
  refused("an empty start time", "Created, of unknown age: it has no start time", {
    sent: { StartTime: "" },
    asked: day,
  }),
  refused("an unreadable start time", unreadable("yesterday"), {
    sent: { StartTime: "yesterday" },
    asked: day,
  }),
  refused("a start on a day that does not exist", unreadable("2026-06-31T10:00:00Z"), {
    sent: { StartTime: "2026-06-31T10:00:00Z" },
    asked: day,
  }),
  refused("a start with a wrong offset", unreadable("2026-06-01T10:00:00+99:00"), {
    sent: { StartTime: "2026-06-01T10:00:00+99:00" },
    asked: day,
  }),
  qualifies("no start time, and nobody cares", "Created, of unknown age", {
    sent: { StartTime: null },
  }),
  qualifies("an unreadable start time, and nobody cares", "Created, of unknown age", {
    sent: { StartTime: "yesterday" },
  }),
  qualifies("no offset: counts by the older reading, 10h", "Created, 10h old", {
    sent: { StartTime: "2026-06-01T10:00:00" },
    asked: day,
  }),
  qualifies("no offset: exactly as old by the older reading", "Created, 24h old", {
    sent: { StartTime: "2026-05-31T20:00:00" },
    asked: day,
  }),
  refused("no offset: young in UTC, too old in China", "Created, 32h old: 8h too old", {
    sent: { StartTime: "2026-05-31T12:00:00" },
    asked: day,
  }),
  qualifies("an offset: exactly as old", "Created, 24h old", {
    sent: { StartTime: "2026-05-31T20:00:00+08:00" },
    asked: day,
  }),
  refused("an offset: too old", "Created, 24h old: 1m too old", {
    sent: { StartTime: "2026-05-31T19:59:00+08:00" },
    asked: day,
  }),
  qualifies("4 minutes in the future", "Created, just begun", {
    sent: { StartTime: ago("-4m") },
    asked: day,
  }),
  qualifies("exactly 5 minutes in the future", "Created, just begun", {
    sent: { StartTime: ago("-5m") },
    asked: day,
  }),
  refused("a millisecond more than 5 minutes in the future", inFuture("5m"), {
    sent: { StartTime: ago("-5m") },
    asked: day,
    later: -1,
  }),
  refused("6 minutes in the future", inFuture("6m"), {
    sent: { StartTime: ago("-6m") },
    asked: day,
  }),
  refused("a year in the future", inFuture("365d"), {
    sent: { StartTime: ago("-365d") },
    asked: day,
  }),
  qualifies("now", "Created, 0s old", {
    sent: { StartTime: new Date(noon).toISOString() },
    asked: day,
  }),
];

const retentions: Situation[] = [
  qualifies("kept for ever", "Created, 2h old", { asked: { minRetention: "1000d" } }),
  qualifies("an empty retention: kept for ever", "Created, 2h old", {
    sent: { RetentionDays: "" },
    asked: { minRetention: "1000d" },
  }),
  qualifies("not expired, nothing asked", "Created, 2h old", { sent: { RetentionDays: 7 } }),
  qualifies('retention as text "7", enough', "Created, 2h old", {
    sent: { RetentionDays: "7" },
    asked: { minRetention: "6d" },
  }),
  refused('retention as text "7", too short', "Created, 2h old: expires in 6d, 7d are needed", {
    sent: { RetentionDays: "7" },
    asked: { minRetention: "7d" },
  }),
  qualifies("exactly enough left", "Created, 2h old", {
    sent: { RetentionDays: 1 },
    asked: { minRetention: "22h" },
  }),
  refused("a millisecond too little left", "Created, 2h old: expires in 21h, 22h are needed", {
    sent: { RetentionDays: 1 },
    asked: { minRetention: "22h" },
    later: 1,
  }),
  refused("a retention of 0 days", "Created, 2h old: expired 2h ago", {
    sent: { RetentionDays: 0 },
  }),
  refused("expires exactly now", "Created, 24h old: expired 0s ago", {
    sent: { StartTime: ago("24h"), RetentionDays: 1 },
  }),
  qualifies("expires in a millisecond, nothing asked", "Created, 23h old", {
    sent: { StartTime: ago("24h"), RetentionDays: 1 },
    later: -1,
  }),
  refused("expired a day ago", "Created, 8d old: expired 24h ago", {
    sent: { StartTime: ago("8d"), RetentionDays: 7 },
  }),
  refused("expired, and retention is asked for", "Created, 8d old: expired 24h ago", {
    sent: { StartTime: ago("8d"), RetentionDays: 7 },
    asked: { minRetention: "1s" },
  }),
  refused("expired by its creation, which came first", "Created, 2h old: expired 24h ago", {
    sent: { CreateTime: ago("8d"), RetentionDays: 7 },
  }),
  qualifies("a retention whose start is unknown counts from creation", "Created, of unknown age", {
    sent: { StartTime: "soon", RetentionDays: 7 },
    asked: { minRetention: "6d" },
  }),
  refused(
    "a retention and no time to count it from",
    "Created, of unknown age: nobody can tell when its retention of 7 days ends",
    { sent: { ...timeless, RetentionDays: 7 } },
  ),
  refused(
    "a retention and no readable time to count it from",
    "Created, of unknown age: nobody can tell when its retention of 30 days ends",
    { sent: { StartTime: "?", EndTime: "?", CreateTime: "?", RetentionDays: "30" } },
  ),
  qualifies("no time at all, but kept for ever", "Created, of unknown age", { sent: timeless }),
  qualifies("a retention beyond all calendars", "Created, 2h old", {
    sent: { RetentionDays: 999_999_999 },
    asked: { minRetention: "1000d" },
  }),
];

const kinds: Situation[] = [
  qualifies("the mode asked for", "Created, 2h old", { asked: { backupMode: "Manual" } }),
  refused("another mode", "Created, 2h old: mode Manual", { asked: { backupMode: "Auto" } }),
  refused("a mode that differs in case", "Created, 2h old: mode Manual", {
    asked: { backupMode: "manual" },
  }),
  refused("no mode", "Created, 2h old: mode unknown", {
    sent: { BackupMode: null },
    asked: { backupMode: "Manual" },
  }),
  qualifies("the service instance asked for", "Created, 2h old", {
    asked: { serviceInstanceId: "si-1" },
  }),
  refused("another service instance", "Created, 2h old: a backup of si-1", {
    asked: { serviceInstanceId: "si-2" },
  }),
  refused("a service instance whose id only begins alike", "Created, 2h old: a backup of si-1", {
    asked: { serviceInstanceId: "si-10" },
  }),
];

const restores: Situation[] = [
  qualifies("restored in time", "Created, 2h old", { asked: week, restores: [{}] }),
  qualifies("restored exactly so long ago", "Created, 2h old", {
    asked: week,
    restores: [{ EndTime: ago("7d") }],
  }),
  refused("restored a millisecond earlier", "Created, 2h old: last restored 7d ago", {
    asked: week,
    restores: [{ EndTime: ago("7d") }],
    later: 1,
  }),
  refused("no restore", "Created, 2h old: never restored", { asked: week, restores: [] }),
  refused("restores not asked for", "Created, 2h old: it is not known whether it was restored", {
    asked: week,
  }),
  refused("restores not asked for, as the age decides", "Created, 31h old: 7h too old", {
    sent: { StartTime: ago("31h") },
    asked: { ...day, ...week },
  }),
  refused("a restore of another backup", "Created, 2h old: never restored", {
    asked: week,
    restores: [{ BackupId: "backup-2" }],
  }),
  refused("a restore that failed", "Created, 2h old: its restore failed", {
    asked: week,
    restores: [{ Status: "RestoreFailed", StatusDetail: "" }],
  }),
  refused(
    "restores that failed, the latest for another reason",
    "Created, 2h old: its restore failed (no disk)",
    {
      asked: week,
      restores: [
        { Status: "RestoreFailed", StatusDetail: "no network", EndTime: "2026-05-30T12:00:00Z" },
        { Status: "RestoreFailed", StatusDetail: "no disk", EndTime: "2026-05-31T12:00:00Z" },
        { Status: "RestoreFailed", StatusDetail: "no time", EndTime: null },
      ],
    },
  ),
  refused("a restore that failed, with a reason", "Created, 2h old: its restore failed (no disk)", {
    asked: week,
    restores: [{ Status: "RestoreFailed", StatusDetail: "no disk" }],
  }),
  qualifies("a restore that failed and one that did not", "Created, 2h old", {
    asked: week,
    restores: [{ Status: "RestoreFailed" }, {}],
  }),
  refused("a restore that runs", "Created, 2h old: never restored", {
    asked: week,
    restores: [{ Status: "Restoring", EndTime: null }],
  }),
  refused("a restore that runs, in spite of its end", "Created, 2h old: never restored", {
    asked: week,
    restores: [{ Status: "Restoring" }],
  }),
  refused("a restore of an unknown status", "Created, 2h old: never restored", {
    asked: week,
    restores: [{ Status: "RestoredPartly" }],
  }),
  refused("a restore without an end", "Created, 2h old: nobody can tell when it was restored", {
    asked: week,
    restores: [{ EndTime: null }],
  }),
  refused(
    "a restore whose end cannot be read",
    "Created, 2h old: nobody can tell when it was restored",
    { asked: week, restores: [{ EndTime: "just now" }] },
  ),
  refused(
    "a restore that ended in time only in UTC, by a time without offset",
    "Created, 2h old: last restored 7d ago",
    { asked: week, restores: [{ EndTime: "2026-05-25T12:00:00" }] },
  ),
  qualifies("a restore that ended 4 minutes in the future", "Created, 2h old", {
    asked: week,
    restores: [{ EndTime: ago("-4m") }],
  }),
  refused(
    "a restore that ended 6 minutes in the future",
    "Created, 2h old: nobody can tell when it was restored",
    { asked: week, restores: [{ EndTime: ago("-6m") }] },
  ),
  refused("a restore in the future and an old one", "Created, 2h old: last restored 8d ago", {
    asked: week,
    restores: [{ EndTime: ago("-6m") }, { EndTime: ago("8d") }],
  }),
  refused("old restores: the newest is told", "Created, 2h old: last restored 8d ago", {
    asked: week,
    restores: [{ EndTime: ago("30d") }, { EndTime: ago("8d") }, { EndTime: ago("9d") }],
  }),
  qualifies("an old restore and one in time", "Created, 2h old", {
    asked: week,
    restores: [{ EndTime: ago("30d") }, { EndTime: ago("6d") }],
  }),
  qualifies("restores that nobody cares about", "Created, 2h old", {
    restores: [{ Status: "RestoreFailed" }],
  }),
];

const creating: Situation[] = [
  pending("being made, without a start yet", "Creating, of unknown age: it has no start time", {
    sent: { Status: "Creating", StartTime: null },
    asked: day,
  }),
  pending("being made, exactly as old as maxAge", "Creating, 24h old", {
    sent: { Status: "Creating", StartTime: ago("24h") },
    asked: day,
  }),
  refused("being made, a millisecond too old already", "Creating, 24h old: 1s too old", {
    sent: { Status: "Creating", StartTime: ago("24h") },
    asked: day,
    later: 1,
  }),
  refused(
    "being made, with an unreadable start",
    'Creating, of unknown age: its start time "soon" cannot be read',
    { sent: { Status: "Creating", StartTime: "soon" }, asked: day },
  ),
  refused(
    "being made, 6 minutes in the future",
    "Creating, not begun: its start is 6m in the future",
    { sent: { Status: "Creating", StartTime: ago("-6m") }, asked: day },
  ),
  pending(
    "being made, with a retention that nothing counts from yet",
    "Creating, of unknown age: nobody can tell when its retention of 7 days ends",
    { sent: { Status: "Creating", ...timeless, RetentionDays: 7 } },
  ),
  refused(
    "being made, with a retention that no readable time begins",
    "Creating, of unknown age: nobody can tell when its retention of 7 days ends",
    { sent: { ...timeless, Status: "Creating", StartTime: "?", RetentionDays: 7 } },
  ),
  refused("being made, for too short a time", "Creating, 2h old: expires in 22h, 3d are needed", {
    sent: { Status: "Creating", RetentionDays: 1 },
    asked: { minRetention: "3d" },
  }),
  refused(
    "being made, without a start, for too short a time since its creation",
    "Creating, of unknown age: expires in 22h, 3d are needed",
    {
      sent: { ...timeless, Status: "Creating", CreateTime: ago("2h"), RetentionDays: 1 },
      asked: { minRetention: "3d" },
    },
  ),
  refused("being made, expired", "Creating, 2h old: expired 2h ago", {
    sent: { Status: "Creating", RetentionDays: 0 },
  }),
  refused("being made, in another mode", "Creating, 2h old: mode Manual", {
    sent: { Status: "Creating" },
    asked: { backupMode: "Auto" },
  }),
  refused("being made, of another service instance", "Creating, 2h old: a backup of si-1", {
    sent: { Status: "Creating" },
    asked: { serviceInstanceId: "si-2" },
  }),
  refused("being made, when a restore is asked for", "Creating, 2h old: never restored", {
    sent: { Status: "Creating" },
    asked: week,
    restores: [],
  }),
  refused(
    "being made, when a restore is asked for and nobody looked",
    "Creating, 2h old: it is not known whether it was restored",
    { sent: { Status: "Creating" }, asked: week },
  ),
];

const everything = {
  serviceInstanceId: "si-1",
  backupMode: "Manual",
  ...day,
  minRetention: "3d",
  ...week,
};

const together: Situation[] = [
  qualifies("everything asked for, and fulfilled", "Created, 2h old", {
    sent: { RetentionDays: 7 },
    asked: everything,
    restores: [{}],
  }),
  refused(
    "everything asked for, and nothing fulfilled",
    "Created, 31h old: a backup of si-1, mode Manual, 7h too old, expired 7h ago, " +
      "its restore failed",
    {
      sent: { StartTime: ago("31h"), RetentionDays: 1 },
      asked: { ...everything, serviceInstanceId: "si-2", backupMode: "Auto" },
      restores: [{ Status: "RestoreFailed" }],
    },
  ),
  refused("all fulfilled but the age", "Created, 25h old: 1h too old", {
    sent: { StartTime: ago("25h"), RetentionDays: 7 },
    asked: everything,
    restores: [{}],
  }),
];

/** All situations. */
export const situations: readonly Situation[] = [
  ...statuses,
  ...starts,
  ...retentions,
  ...kinds,
  ...restores,
  ...creating,
  ...together,
];
