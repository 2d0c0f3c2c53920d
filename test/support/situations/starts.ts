import { day, qualifies, refused } from "./parts";
import type { Situation } from "./situation";
import { ago, noon } from "./times";

const inFuture = (duration: string) => `Created, not begun: its start is ${duration} in the future`;
const unreadable = (text: string) =>
  `Created, of unknown age: its start time "${text}" cannot be read`;

/** By when the backup started. */
export const starts: readonly Situation[] = [
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
