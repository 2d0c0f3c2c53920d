// The service writes times in three forms, sometimes all in one object: `…Z`, `…+08:00`, and
// without an offset (reference pages of ListBackups and GetBackup). Parsing by hand and not through
// `Date`: normalising four times in each of 100 rows costs a tenth of what `Date` costs.

/** A time as the service sent it, understood as far as it can be. */
export interface Timestamp {
  /** UTC as `YYYY-MM-DDTHH:MM:SSZ`; the text as sent when it has no offset or cannot be read. */
  readonly text: string;
  /**
   * Milliseconds since 1970 to sort and compare by; undefined when the text cannot be read. A text
   * without an offset counts as the older of its two likely readings, UTC and +08:00: no backup is
   * ever taken for fresher than it may be.
   */
  readonly instant: number | undefined;
}

const form = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;
const dayMs = 86_400_000;
const code = {
  zero: 0x30,
  colon: 0x3a,
  plus: 0x2b,
  minus: 0x2d,
  T: 0x54,
  Z: 0x5a,
  z: 0x7a,
} as const;
const chinaOffsetMs = 8 * 3_600_000;
const firstInstant = startOfDay(0, 1, 1);
/** The last instant that `YYYY-MM-DDTHH:MM:SSZ` has room for. */
export const lastInstant = startOfDay(10_000, 1, 1) - 1;
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function isDate(year: number, month: number, day: number): boolean {
  const last = month === 2 && isLeapYear(year) ? 29 : (daysInMonth[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** The number that two digits within a text stand for. */
function twoDigitsAt(text: string, at: number): number {
  return (text.charCodeAt(at) - code.zero) * 10 + text.charCodeAt(at + 1) - code.zero;
}

/** A function with a memory: the days that a listing spans are few and come again and again. */
function remembering<Value>(compute: (key: number) => Value): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      if (known.size > 10_000) known.clear();
      known.set(key, value);
    }
    return value;
  };
}

/** `YYYY-MM-DD` of a day counted from 1970. */
const dateOfDay = remembering((day: number) => new Date(day * dayMs).toISOString().slice(0, -14));

/** `THH:MM:` of a minute counted from midnight. */
const clockOfMinute = remembering(
  (minute: number) => `T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:`,
);

/** Milliseconds since 1970 of the start of a date (20240131); NaN when there is no such date. */
const startOfDate = remembering((date: number) => {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  return isDate(year, month, day) ? startOfDay(year, month, day) : NaN;
});

/** `SSZ` of a second of its minute. */
const endOfSecond = remembering((second: number) => `${twoDigits(second)}Z`);

/** An instant as `YYYY-MM-DDTHH:MM:SSZ`; parts of a second are dropped. */
export function formatInstant(instant: number): string {
  const day = Math.floor(instant / dayMs);
  const seconds = Math.floor((instant - day * dayMs) / 1000);
  const minute = Math.floor(seconds / 60);
  // Two joints only: each makes an object that lives as long as the text.
  return dateOfDay(day) + clockOfMinute(minute) + endOfSecond(seconds - minute * 60);
}

/** Minutes east of UTC that a text of the form ends in: `Z`, `+08:00` or `+0800`. NaN: no such offset. */
function offsetMinutes(text: string): number | undefined {
  const end = text.length;
  const last = text.charCodeAt(end - 1);
  if (last === code.Z || last === code.z) return 0;
  const hoursAt = text.charCodeAt(end - 3) === code.colon ? end - 5 : end - 4;
  const sign = text.charCodeAt(hoursAt - 1);
  if (sign !== code.plus && sign !== code.minus) return undefined;
  const hours = twoDigitsAt(text, hoursAt);
  const minutes = twoDigitsAt(text, end - 2);
  if (hours > 23 || minutes > 59) return NaN;
  return (sign === code.minus ? -1 : 1) * (hours * 60 + minutes);
}

/** Whether a text of the form is `YYYY-MM-DDTHH:MM:SSZ` already: no other has this length. */
function isNormal(text: string): boolean {
  return text.length === 20 && text.charCodeAt(10) === code.T && text.charCodeAt(19) === code.Z;
}

/** Reads a time in any form the service uses. Never throws: an unreadable text stays what it is. */
export function parseTimestamp(text: string): Timestamp {
  if (!form.test(text)) return { text, instant: undefined };
  const year = twoDigitsAt(text, 0) * 100 + twoDigitsAt(text, 2);
  const date = (year * 100 + twoDigitsAt(text, 5)) * 100 + twoDigitsAt(text, 8);
  const hour = twoDigitsAt(text, 11);
  const minute = twoDigitsAt(text, 14);
  const second = text.charCodeAt(16) === code.colon ? twoDigitsAt(text, 17) : 0;
  const wallClock = startOfDate(date) + ((hour * 60 + minute) * 60 + second) * 1000;
  const offset = offsetMinutes(text);
  const instant = wallClock - (offset === undefined ? chinaOffsetMs : offset * 60_000);
  if (Number.isNaN(instant) || hour > 23 || minute > 59 || second > 59) {
    return { text, instant: undefined };
  }
  // Beyond the years 0 to 9999 the normal form has no room.
  if (offset === undefined || isNormal(text) || instant < firstInstant || instant > lastInstant) {
    return { text, instant };
  }
  return { text: formatInstant(instant), instant };
}

/** Milliseconds since 1970 of a day's start; `Date.UTC` would take the years 0 to 99 for 1900 on. */
function startOfDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** Whether a text that {@link parseTimestamp} read names its offset, as RFC 3339 requires. */
export function hasOffset(text: string): boolean {
  return form.test(text) && offsetMinutes(text) !== undefined;
}
