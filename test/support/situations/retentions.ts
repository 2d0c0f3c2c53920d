import { qualifies, refused, timeless } from "./parts";
import type { Situation } from "./situation";
import { ago } from "./times";

/** By how long it is kept. */
export const retentions: readonly Situation[] = [
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
