import type { Family } from "../family";
import { answers, warning } from "../outcome";
import { changing, simulator } from "../peers";
import { backup, hoursAgo, threePages } from "../world";
import { always, once, page2, page2With } from "./strikes";
import { endless, incomplete, refused, repeated } from "./words";

const tokens = { completeness: "tokens" } as const;
const newer = (list: readonly ReturnType<typeof backup>[]) => [
  backup("backup-0", { StartTime: hoursAgo(1) }),
  ...list,
];
const without50 = (list: readonly ReturnType<typeof backup>[]) =>
  list.filter(({ BackupId }) => BackupId !== "backup-50");

export const lists: Family = {
  title: "A list that does not add up",
  cases: [
    {
      fault: "the token of a page leads to the page itself",
      peer: always({ kind: "repeatToken" }),
      outcome: endless("a NextToken came again (page 2)"),
    },
    {
      fault: "the tokens lead in a circle",
      peer: simulator([{ kind: "tokenCycle", length: 3, times: Infinity }]),
      outcome: endless("a NextToken came again (page 4)"),
    },
    {
      fault: "fresh tokens and no rows, without end",
      peer: always({ kind: "endlessEmptyPages" }),
      outcome: endless("11 empty pages in a row, each with a next one (page 12)"),
    },
    {
      fault: "a token is rejected midway, once",
      peer: once({ kind: "rejectToken" }),
      outcome: answers(2),
    },
    {
      fault: "a token is rejected midway, each time",
      peer: always({ kind: "rejectToken" }),
      outcome: refused(
        "rejected",
        "InvalidParameter.NextToken, HTTP 400",
        "The specified parameter is not valid: NextToken is not one that this query was given",
      ),
    },
    {
      fault: "a row stands on a page twice, once",
      peer: once({ kind: "duplicateRow" }),
      outcome: answers(),
    },
    {
      fault: "a row stands on a page twice in the place of another, once",
      peer: once({
        kind: "page",
        patch: (answer) => {
          const [first, , ...rest] = answer["Backups"] as unknown[];
          return { ...answer, Backups: [first, first, ...rest] };
        },
      }),
      outcome: answers(3),
      listBackups: repeated(249, "TotalCount is 250", "once"),
    },
    {
      fault: "a row stands on two pages in the place of another, each time",
      peer: page2With(threePages[0]),
      outcome: repeated(249, "TotalCount is 250"),
      listBackups: repeated(249, "TotalCount is 250", "once"),
    },
    {
      fault: "a backup is made while the list is read",
      peer: changing(newer),
      outcome: answers(3),
      listBackups: repeated(250, "TotalCount changed from page to page, 251 at last", "once"),
    },
    {
      fault: "a backup is deleted while the list is read",
      peer: changing(without50),
      outcome: answers(3),
      listBackups: incomplete(249, "TotalCount changed from page to page, 249 at last", "once"),
    },
    {
      fault: "`TotalCount` is too high, each time",
      peer: simulator([{ kind: "page", patch: { TotalCount: 251 }, times: Infinity }]),
      outcome: incomplete(250, "TotalCount is 251"),
      listBackups: incomplete(250, "TotalCount is 251", "once"),
    },
    {
      fault: "`TotalCount` is too low, each time",
      peer: simulator([{ kind: "page", patch: { TotalCount: 249 }, times: Infinity }]),
      outcome: incomplete(250, "TotalCount is 249"),
      listBackups: incomplete(250, "TotalCount is 249", "once"),
    },
    {
      fault: "`TotalCount` changes from page to page, once",
      peer: once({ kind: "page", patch: { TotalCount: 251 } }),
      outcome: answers(3),
      listBackups: incomplete(250, "TotalCount changed from page to page, 250 at last", "once"),
    },
    {
      fault: "`TotalCount` changes from page to page, each time",
      peer: page2({ TotalCount: 251 }),
      outcome: incomplete(250, "TotalCount changed from page to page, 250 at last"),
      listBackups: incomplete(250, "TotalCount changed from page to page, 250 at last", "once"),
    },
    {
      fault: "no `TotalCount`",
      peer: simulator([], { omitTotalCount: true }),
      outcome: answers(),
    },
    {
      fault: "no `TotalCount`, and a backup is made while the list is read",
      peer: changing(newer, { omitTotalCount: true }),
      outcome: answers(3),
      listBackups: repeated(
        250,
        "a backup came twice, so others may have been passed over",
        "once",
      ),
    },
    {
      fault: 'with `completeness: "tokens"`, `TotalCount` is too high',
      peer: simulator([{ kind: "page", patch: { TotalCount: 251 }, times: Infinity }]),
      settings: tokens,
      outcome: warning(
        answers(),
        "ListBackups: 250 backups were read but TotalCount is 251; taken as complete because of the " +
          'setting completeness "tokens".',
      ),
    },
    {
      fault: 'with `completeness: "tokens"`, a backup is made while the list is read',
      peer: changing(newer),
      settings: tokens,
      outcome: answers(3),
      listBackups: repeated(
        250,
        "a backup came twice, so others may have been passed over",
        "once",
      ),
    },
  ],
};
