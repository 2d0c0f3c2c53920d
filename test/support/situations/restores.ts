import { day, qualifies, refused, week } from "./parts";
import type { Situation } from "./situation";
import { ago } from "./times";

/** By how its restores went. */
export const restores: readonly Situation[] = [
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
