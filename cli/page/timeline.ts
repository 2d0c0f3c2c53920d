// What is to be seen of a list of backups: a row for each service instance, bars, gaps. Pure; where a
// bar stands is a time, the page makes places of it.

import type { Backup } from "pulumi-computenest";
import { instantOf } from "../times";

/** From when to when, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A backup and the time it took; no span when no time of it can be read. */
export interface Bar {
  readonly backup: Backup;
  readonly span: Span | undefined;
}

/** The backups of one service instance. */
export interface Row {
  readonly serviceInstanceId: string;
  /** Newest first. */
  readonly bars: readonly Bar[];
  /** The times longer than asked for in which no backup was started that is Created. */
  readonly gaps: readonly Span[];
  /** When the newest Created backup started. */
  readonly newestCreated: number | undefined;
}

/** What the page shows. */
export interface Timeline {
  readonly span: Span;
  readonly rows: readonly Row[];
}

/** What was asked for, as far as the page depends on it. */
export interface Scope {
  readonly now: number;
  /** Times between which backups were asked for, where the filters say. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Service instances that were asked for by id: each gets a row, if there is no backup of it. */
  readonly serviceInstanceIds: readonly string[];
  /** How long may pass between two backups; undefined where filters leave Created ones out. */
  readonly gapMs: number | undefined;
}

const hourMs = 3_600_000;

function barOf(backup: Backup, now: number): Bar {
  const from = instantOf(backup.startTime) ?? instantOf(backup.createTime);
  if (from === undefined) return { backup, span: undefined };
  const end = instantOf(backup.endTime);
  // One that is being made goes on; of any other without an end it is only known when it began.
  const to = end ?? (backup.status === "Creating" ? now : from);
  return { backup, span: { from, to: Math.max(from, to) } };
}

function groupedByInstance(
  backups: readonly Backup[],
  ids: readonly string[],
): Map<string, Backup[]> {
  const groups = new Map<string, Backup[]>(ids.map((id) => [id, []]));
  for (const backup of backups) {
    const group = groups.get(backup.serviceInstanceId);
    if (group === undefined) groups.set(backup.serviceInstanceId, [backup]);
    else group.push(backup);
  }
  return groups;
}

/** Starts of the Created backups of a row, oldest first. */
function createdStarts(bars: readonly Bar[]): number[] {
  return bars
    .filter(({ backup }) => backup.status === "Created")
    .flatMap(({ backup }) => instantOf(backup.startTime) ?? [])
    .sort((a, b) => a - b);
}

function gapsBetween(starts: readonly number[], { from, to }: Span, gapMs: number): Span[] {
  const edges = [from, ...starts.filter((start) => start > from && start < to), to];
  return edges.slice(1).flatMap((edge, i) => {
    const before = edges[i] ?? from;
    return edge - before > gapMs ? [{ from: before, to: edge }] : [];
  });
}

/** Puts backups, newest first, in rows; the service instances in order of their ids. */
export function timelineOf(backups: readonly Backup[], scope: Scope): Timeline {
  const { now, gapMs } = scope;
  const groups = [...groupedByInstance(backups, scope.serviceInstanceIds)]
    .map(([serviceInstanceId, group]) => ({
      serviceInstanceId,
      bars: group.map((backup) => barOf(backup, now)),
    }))
    .sort((a, b) => (a.serviceInstanceId < b.serviceInstanceId ? -1 : 1));

  const spans = groups.flatMap(({ bars }) => bars.flatMap(({ span }) => span ?? []));
  const earliest = spans.reduce((least, { from }) => Math.min(least, from), Infinity);
  const latest = spans.reduce((most, { to }) => Math.max(most, to), -Infinity);
  const until = Math.min(now, scope.to ?? Infinity);
  const from = scope.from ?? (Number.isFinite(earliest) ? earliest : until - 24 * hourMs);
  const span = { from, to: Math.max(until, latest, from + hourMs) };

  return {
    span,
    rows: groups.map(({ serviceInstanceId, bars }) => {
      const starts = createdStarts(bars);
      // Before the first backup that is known of, nobody asked for any - unless the filters do.
      const first = bars.reduce((least, bar) => Math.min(least, bar.span?.from ?? least), Infinity);
      const since = scope.from ?? (Number.isFinite(first) ? first : from);
      const gaps =
        gapMs === undefined ? [] : gapsBetween(starts, { from: since, to: until }, gapMs);
      return { serviceInstanceId, bars, gaps, newestCreated: starts.at(-1) };
    }),
  };
}
