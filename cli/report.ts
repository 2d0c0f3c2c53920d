import { writeFile } from "node:fs/promises";
import type { GetBackupsArgs } from "pulumi-computenest";
import { parseDuration } from "../provider/durations";
import { UsageError } from "./endings";
import { argumentsOf, filterFlags, flagOf, optionsOf, type Values } from "./flags";
import { pageOf } from "./page/page";
import { timelineOf } from "./page/timeline";
import { withProgress } from "./progressLine";
import { instantOf } from "./times";
import { counted } from "./summary";

/** Filters as the user may write them again. */
function filtersOf(args: GetBackupsArgs): [string, string][] {
  return Object.entries(args).map(([argument, value]) => [
    flagOf(argument),
    [value].flat().join(" "),
  ]);
}

/** Since when backups were asked for. */
function askedSince({ startedAfter, maxAge }: GetBackupsArgs, now: number): number | undefined {
  const ageMs = maxAge === undefined ? undefined : parseDuration(maxAge);
  const bounds = [instantOf(startedAfter), ageMs === undefined ? undefined : now - ageMs];
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function askedUntil({ startedBefore, endedBefore }: GetBackupsArgs): number | undefined {
  const bounds = [startedBefore, endedBefore].map(instantOf).filter((bound) => bound !== undefined);
  return bounds.length === 0 ? undefined : Math.min(...bounds);
}

/** The filters that leave out backups of the time they are asked about: what is missing is no gap. */
const leavingOut = ["ids", "backupMode", "endedAfter", "endedBefore"] as const;

/** Why gaps cannot be told from backups that are not listed; undefined if they can. */
function whyNoGapsWith(args: GetBackupsArgs): string | undefined {
  if (args.statuses?.includes("Created") === false) return "the filters leave Created backups out";
  const flags = leavingOut.filter((argument) => args[argument] !== undefined).map(flagOf);
  if (flags.length === 0) return undefined;
  return `Created backups may be left out by ${flags.join(", ")}`;
}

async function write(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page);
  } catch (error) {
    throw new UsageError(`--html cannot be written: ${(error as Error).message}.`);
  }
}

/** `computenest-backups report`. */
export async function report(values: Values): Promise<void> {
  const { html, gap } = values as { html: string; gap: string };
  const gapMs = parseDuration(gap);
  if (gapMs === undefined) {
    throw new UsageError(
      `--gap is ${JSON.stringify(gap)}: expected a duration such as 90m, 24h, 7d or P1DT12H.`,
    );
  }
  const args: GetBackupsArgs = argumentsOf(filterFlags, values);
  const { getBackups } = await import("pulumi-computenest");
  const { backups, statusCounts = {} } = await withProgress(() =>
    getBackups(args, optionsOf(values)),
  );

  const now = Date.now();
  const whyNoGaps = whyNoGapsWith(args);
  const timeline = timelineOf(backups, {
    now,
    from: askedSince(args, now),
    to: askedUntil(args),
    serviceInstanceIds: args.serviceInstanceIds ?? [],
    gapMs: whyNoGaps === undefined ? gapMs : undefined,
  });
  const page = await pageOf(timeline, {
    now,
    gap,
    whyNoGaps,
    filters: filtersOf(args),
    statusCounts,
  });
  if (html === "-") {
    process.stdout.write(page);
    return;
  }
  await write(html, page);
  const instances = counted(timeline.rows.length, "service instance");
  process.stdout.write(`${html}: ${counted(backups.length, "backup")} of ${instances}\n`);
}
