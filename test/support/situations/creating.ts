import { day, pending, refused, week, timeless } from "./parts";
import type { Situation } from "./situation";
import { ago } from "./times";

/** While it is being made. */
export const creating: readonly Situation[] = [
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
