import type { GetBackupsResult } from "pulumi-computenest";
import { onOneLine, type Screen } from "./screen";
import { styleOf } from "./statusStyle";
import { instantOf, relative } from "./times";

/** A number and what it counts: `1 backup`, `2 backups`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A list in one line: how many, in which statuses, how old the newest that can be restored is. */
export function summaryOf(result: GetBackupsResult, now: number, screen: Screen): string {
  const { backups, statusCounts = {}, latest } = result;
  const all = Object.values(statusCounts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return "No backups match.";
  const statuses = Object.entries(statusCounts)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${screen.paint(styleOf(status), onOneLine(status))}`);
  const newest =
    latest === undefined
      ? "none can be restored"
      : `the newest Created started ${relative(instantOf(latest.startTime), now)}`;
  const cut = backups.length < all ? ` (the newest ${backups.length} shown)` : "";
  return `${counted(all, "backup")}${cut}: ${statuses.join(", ")}; ${newest}.`;
}
