import type { FaultCase, Family } from "../family";
import { answers } from "../outcome";
import { service } from "../peers";
import { backup, backups, hoursAgo } from "../world";
import { noneQualifies } from "./words";

const unreadable = (StartTime: string | null, seen: string): Omit<FaultCase, "fault"> => ({
  peer: service(backup("backup-1", { StartTime })),
  outcome: answers(),
  gates: noneQualifies(seen),
});

export const rows: Family = {
  title: "A backup that cannot be understood",
  cases: [
    {
      fault: "an unknown status",
      peer: service(backup("backup-1", { Status: "Archived" })),
      outcome: answers(),
      gates: noneQualifies("backup-1 Archived, 2h old"),
    },
    {
      fault: "an unknown status of the newest of several",
      peer: service(
        backup("backup-0", { Status: "Archived", StartTime: hoursAgo(1) }),
        ...backups(3),
      ),
      outcome: answers(),
    },
    {
      fault: "a start that is no time",
      ...unreadable(
        "yesterday",
        'backup-1 Created, of unknown age: its start time "yesterday" cannot be read',
      ),
    },
    {
      fault: "no start",
      ...unreadable(null, "backup-1 Created, of unknown age: it has no start time"),
    },
    {
      fault: "a start without an offset, within 24 h in one reading only",
      ...unreadable(hoursAgo(18).slice(0, -1), "backup-1 Created, 26h old: 2h too old"),
    },
    {
      fault: "a start in the far future",
      ...unreadable(
        "9999-12-31T23:59:59Z",
        "backup-1 Created, not begun: its start is N d in the future",
      ),
    },
    {
      fault: "a start before 1970",
      ...unreadable("1969-12-31T23:59:59Z", "backup-1 Created, N d old: N d too old"),
    },
  ],
};
