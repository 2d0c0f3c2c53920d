import type { Family } from "../family";
import { answers, warning, type Outcome } from "../outcome";
import { simulator, type StartPeer } from "../peers";
import { backup, hoursAgo } from "../world";
import { noneQualifies } from "./words";

/** Each page with another Date, and perhaps one backup only, started so many hours ago. */
function dated(date: string, hours?: number): StartPeer {
  const options =
    hours === undefined ? {} : { backups: [backup("backup-1", { StartTime: hoursAgo(hours) })] };
  return simulator([{ kind: "wrongDate", date, times: Infinity }], options);
}

const ahead = new Date(hoursAgo(-1)).toUTCString();
const behind = new Date(hoursAgo(1)).toUTCString();

const clocksDiffer = (outcome: Outcome) =>
  warning(
    outcome,
    "The clocks differ: the service says TIME, this machine says TIME. Ages of backups are counted " +
      "from the later one.",
  );

export const clocks: Family = {
  title: "A service with a wrong clock",
  about:
    "Wrong is the `Date` of each answer, which decides how old a backup is where it is later than this\n" +
    "machine's clock.",
  cases: [
    {
      fault: "an hour ahead",
      peer: dated(ahead),
      outcome: answers(),
      gates: clocksDiffer(answers()),
    },
    {
      fault: "an hour ahead, which makes the only backup too old",
      peer: dated(ahead, 23.5),
      outcome: answers(),
      gates: clocksDiffer(noneQualifies("backup-1 Created, 24h old: N min too old")),
    },
    {
      fault: "an hour behind",
      peer: dated(behind),
      outcome: answers(),
      gates: clocksDiffer(answers()),
    },
    {
      fault: "an hour behind, which does not make the only backup young enough",
      peer: dated(behind, 24.5),
      outcome: answers(),
      gates: clocksDiffer(noneQualifies("backup-1 Created, 24h old: N min too old")),
    },
    { fault: "a `Date` that cannot be read", peer: dated("yesterday"), outcome: answers() },
    {
      fault: "a `Date` that cannot be read, and the only backup is too old",
      peer: dated("yesterday", 24.5),
      outcome: answers(),
      gates: noneQualifies("backup-1 Created, 24h old: N min too old"),
    },
    {
      fault: "no `Date`",
      peer: simulator([{ kind: "noDate", times: Infinity }]),
      outcome: answers(),
    },
  ],
};
