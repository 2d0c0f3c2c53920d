import { qualifies, refused } from "./parts";
import type { Situation } from "./situation";

/** By what it is a backup of, and how it came about. */
export const kinds: readonly Situation[] = [
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
