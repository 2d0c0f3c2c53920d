// Times as people compare them: how long ago, how soon.

import type { Backup } from "pulumi-computenest";
import { formatDuration } from "../provider/durations";
import { parseTimestamp } from "../provider/timestamps";

/** A time of a backup as an instant; undefined when it is missing or cannot be read. */
export function instantOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : parseTimestamp(time).instant;
}

/** `3h ago`, `in 27d`; `?` for what cannot be told. */
export function relative(instant: number | undefined, now: number): string {
  if (instant === undefined) return "?";
  return instant > now
    ? `in ${formatDuration(instant - now)}`
    : `${formatDuration(now - instant)} ago`;
}

/** When the service may delete a backup: a time, `never`, or `?` when nobody can tell. */
export function expiryOf({ retentionDays, expireTime }: Backup): string {
  return expireTime ?? (retentionDays === undefined ? "never" : "?");
}
