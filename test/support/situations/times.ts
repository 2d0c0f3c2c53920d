import { parseDuration } from "../../../provider/durations";

/** When the situations play. */
export const noon = Date.parse("2026-06-01T12:00:00Z");

/** A length of time in milliseconds; one that starts with a minus sign lies in the future. */
export function ms(duration: string): number {
  const isFuture = duration.startsWith("-");
  const length = parseDuration(isFuture ? duration.slice(1) : duration) ?? NaN;
  return isFuture ? -length : length;
}

/** The instant so long before noon, as the service writes it. */
export function ago(duration: string): string {
  return new Date(noon - ms(duration)).toISOString().replace(/\.\d+/, "");
}
