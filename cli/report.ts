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
  const isWithoutCreated = args.statuses?.includes("Created") === false;
  const timeline = timelineOf(backups, {
    now,
    from: askedSince(args, now),
    to: askedUntil(args),
    serviceInstanceIds: args.serviceInstanceIds ?? [],
    gapMs: isWithoutCreated ? undefined : gapMs,
  });
  const page = await pageOf(timeline, {
    now,
    gap,
    whyNoGaps: isWithoutCreated ? "the filters leave Created backups out" : undefined,
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
