// A list of backups as a table that fits the terminal.

import Table from "cli-table3";
import type { Backup } from "pulumi-computenest";
import { onOneLine, type Screen } from "./screen";
import { styleOf } from "./statusStyle";
import { expiryOf, instantOf, relative } from "./times";

/** What a row says in a column. */
type Cell = (backup: Backup, now: number) => string;

interface Column {
  readonly head: string;
  readonly cell: Cell;
}

const expiresIn: Cell = ({ expireTime, ...rest }, now) =>
  expireTime === undefined ? expiryOf(rest) : relative(instantOf(expireTime), now);

const id: Column = { head: "BACKUP", cell: ({ backupId }) => backupId };
const instance: Column = {
  head: "SERVICE INSTANCE",
  cell: ({ serviceInstanceId }) => serviceInstanceId,
};
const shortInstance: Column = {
  head: "INSTANCE",
  cell: ({ serviceInstanceId: whole }) =>
    whole.length <= 12 ? whole : `${whole.slice(0, 7)}\u{2026}${whole.slice(-4)}`,
};
const status: Column = { head: "STATUS", cell: (backup) => backup.status };
const started: Column = {
  head: "STARTED",
  cell: ({ startTime = "?" }, now) =>
    startTime === "?" ? "?" : `${startTime} (${relative(instantOf(startTime), now)})`,
};
const startedAgo: Column = {
  head: "STARTED",
  cell: ({ startTime }, now) => relative(instantOf(startTime), now),
};
const expires: Column = {
  head: "EXPIRES",
  cell: (backup, now) => {
    const { expireTime } = backup;
    return expireTime === undefined
      ? expiryOf(backup)
      : `${expireTime} (${expiresIn(backup, now)})`;
  },
};
const expiresSoon: Column = { head: "EXPIRES", cell: expiresIn };

/** From what says most to what needs the least room. What is not a terminal gets the first. */
const layouts: readonly (readonly Column[])[] = [
  [id, instance, status, started, expires],
  [id, instance, status, started, expiresSoon],
  [id, instance, status, startedAgo, expiresSoon],
  [id, shortInstance, status, startedAgo, expiresSoon],
];

const gap = 2;
/** With less room than this, an explanation of a status says nothing. */
const leastDetail = 24;

/** Lines apart from spaces between the columns, so that it can be copied and cut. */
const plainChars = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ".repeat(gap),
};

function widthOf(rows: readonly (readonly string[])[]): number {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  }
  return widths.reduce((sum, width) => sum + width, gap * (widths.length - 1));
}

/** The backups, one a line, under a header. */
export function backupTable(backups: readonly Backup[], now: number, screen: Screen): string {
  const laidOut = layouts.map((columns) => () => [
    columns.map(({ head }) => head),
    ...backups.map((backup) => columns.map(({ cell }) => onOneLine(cell(backup, now)))),
  ]);
  let rows: string[][] = [];
  for (const layOut of laidOut) {
    rows = layOut();
    if (widthOf(rows) <= screen.width) break;
  }

  // What is left of the line explains the status, where the service does.
  const room = screen.width - widthOf(rows) - gap;
  const hasRoom = Number.isFinite(room) && room >= leastDetail;
  const isExplained = hasRoom && backups.some(({ statusDetail }) => statusDetail !== undefined);
  const [head = [], ...body] = rows;
  const table = new Table({
    chars: plainChars,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    ...(isExplained && { colWidths: [...head.map(() => null), room] }),
  });
  table.push([...head, ...(isExplained ? ["DETAIL"] : [])].map((h) => screen.paint("bold", h)));
  body.forEach((row, i) => {
    const { status: value = "", statusDetail = "" } = backups[i] ?? {};
    const cells = row.map((cell, column) =>
      column === 2 ? screen.paint(styleOf(value), cell) : cell,
    );
    table.push([...cells, ...(isExplained ? [onOneLine(statusDetail)] : [])]);
  });
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
