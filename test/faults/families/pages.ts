import type { Family } from "../family";
import { backup } from "../world";
import { page2, page2With } from "./strikes";
import { unusable } from "./words";

export const pages: Family = {
  title: "A page that is none",
  cases: [
    {
      fault: "`Backups` is null",
      peer: page2({ Backups: null }),
      outcome: unusable("it has no list Backups"),
    },
    {
      fault: "`Backups` is missing",
      peer: page2({ Backups: undefined }),
      outcome: unusable("it has no list Backups"),
    },
    {
      fault: "`Backups` is an object",
      peer: page2({ Backups: { Backup: [] } }),
      outcome: unusable("Backups: invalid input: expected array, received object"),
    },
    {
      fault: "a row is no object",
      peer: page2With("backup-101"),
      outcome: unusable("Backups[0]: invalid input: expected object, received string"),
    },
    {
      fault: "a row is null",
      peer: page2With(null),
      outcome: unusable("Backups[0]: invalid input: expected object, received null"),
    },
    {
      fault: "a row lacks `BackupId`",
      peer: page2With(backup(undefined as never)),
      outcome: unusable("Backups[0].BackupId: invalid input: expected string, received undefined"),
    },
    {
      fault: "a row of wrong types",
      peer: page2With({ ...backup("backup-101"), Status: 7, StartTime: 7, RetentionDays: "soon" }),
      outcome: unusable(
        "Backups[0].Status: invalid input: expected string, received number; " +
          "Backups[0].RetentionDays: expected a number of days; " +
          "Backups[0].StartTime: invalid input: expected string, received number",
      ),
    },
    {
      fault: "`TotalCount` is no number",
      peer: page2({ TotalCount: "many" }),
      outcome: unusable("TotalCount: expected a whole number, 0 or more"),
    },
    {
      fault: "`NextToken` is no text",
      peer: page2({ NextToken: 3 }),
      outcome: unusable("NextToken: invalid input: expected string, received number"),
    },
  ],
};
