import { day, qualifies, refused, week } from "./parts";
import type { Situation } from "./situation";
import { ago } from "./times";

const everything = {
  serviceInstanceId: "si-1",
  backupMode: "Manual",
  ...day,
  minRetention: "3d",
  ...week,
};

/** By several things at a time. */
export const together: readonly Situation[] = [
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
