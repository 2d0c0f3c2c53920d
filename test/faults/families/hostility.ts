import type { Family } from "../family";
import { answers } from "../outcome";
import { service } from "../peers";
import { backup } from "../world";
import { always, page2 } from "./strikes";
import { noneQualifies, refused, unusable } from "./words";

export const hostility: Family = {
  title: "A peer that means harm",
  cases: [
    {
      fault: "an error of a million characters, with some that a terminal obeys",
      peer: always({
        kind: "status",
        status: 400,
        code: "Odd\u001b[2J",
        message: `\u001b[31mNo.\u202e${" ".repeat(1_000_000)}Or?`,
      }),
      outcome: refused("rejected", "Odd [2J, HTTP 400", "[31mNo"),
    },
    {
      fault: "a request id that a terminal obeys, on a page that is none",
      peer: page2({ Backups: null, RequestId: "\u001b[2J" }),
      outcome: unusable("it has no list Backups"),
    },
    {
      fault: "a backup whose words a terminal obeys",
      peer: service(
        backup("backup-1", { Status: "CreateFailed", StatusDetail: "\u001b[2Jgone\u202e\u0007" }),
      ),
      outcome: answers(),
      gates: noneQualifies("backup-1 CreateFailed, 2h old: [2Jgone"),
    },
    {
      fault: "a page of 200,000 rows that are none",
      peer: page2({ Backups: Array.from({ length: 200_000 }, () => ({})) }),
      outcome: unusable("Backups has 200000 rows, where a page has at most 100"),
      isLarge: true,
    },
  ],
};
