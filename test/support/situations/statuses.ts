import { day, pending, qualifies, refused } from "./parts";
import type { Situation } from "./situation";
import { ago } from "./times";

/** By status. */
export const statuses: readonly Situation[] = [
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
