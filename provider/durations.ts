import { parse } from "tinyduration";

const unitMs = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
} as const;

// `1d12h`, `90m`, `2w`: each unit at most once, the large ones first, as Go and Prometheus write it.
const shortForm = /^(?=\d)((?:\d+w)?(?:\d+d)?)((?:\d+h)?(?:\d+m)?(?:\d+s)?)$/;

/** The ISO 8601 spelling of a short duration: `1d12h` is `P1DT12H`. Any other text as it is. */
function isoForm(text: string): string {
  return text.replace(shortForm, (_, days: string, clock: string) =>
    `P${days}${clock && `T${clock}`}`.toUpperCase(),
  );
}

/**
 * Milliseconds of a duration: `90m`, `24h`, `7d`, `1d12h`, or ISO 8601 (`P1DT12H`). Undefined when
 * it is none, is less than a millisecond, or counts in months or years, which have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  let parts;
  try {
    parts = parse(isoForm(text));
  } catch {
    // The library's only answer to a text that is no duration; the caller words the error.
    return undefined;
  }
  if (parts.negative === true || parts.years || parts.months) return undefined;
  const total = Object.entries(unitMs).reduce(
    (sum, [unit, ms]) => sum + (parts[unit as keyof typeof unitMs] ?? 0) * ms,
    0,
  );
  const ms = Math.round(total);
  return ms > 0 && Number.isFinite(ms) ? ms : undefined;
}

/**
 * A length of time as a person would say it, cut off and never rounded up: `45s`, `1m20s`, `31h`,
 * `9d`. Under an hour in two units; hours up to three days, as ages of backups are compared in them.
 */
export function formatDuration(ms: number): string {
  if (ms < unitMs.hours) {
    const seconds = Math.floor(ms / unitMs.seconds);
    const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
    if (minutes === 0) return `${rest}s`;
    return rest === 0 ? `${minutes}m` : `${minutes}m${rest}s`;
  }
  return ms < 3 * unitMs.days
    ? `${Math.floor(ms / unitMs.hours)}h`
    : `${Math.floor(ms / unitMs.days)}d`;
}
