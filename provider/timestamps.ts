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

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const code = {
  space: 0x20,
  dot: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  plus: 0x2b,
  minus: 0x2d,
  T: 0x54,
  Z: 0x5a,
  t: 0x74,
  z: 0x7a,
} as const;
const chinaOffsetMs = 8 * hourMs;
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

function isDigit(text: string, at: number): boolean {
  const value = text.charCodeAt(at) - code.zero;
  return value >= 0 && value <= 9;
}

/** More than any month, hour or minute: what two characters stand for that are not both digits. */
const notDigits = 100;

/** The number that two digits within a text stand for, else {@link notDigits}. */
function twoDigitsAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - code.zero;
  const ones = text.charCodeAt(at + 1) - code.zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : notDigits;
}

/** A power of two: more days than most listings span. */
const places = 1024;

/** A function with a memory: the days that a listing spans are few and come again and again. */
function remembering<Value>(compute: (key: number) => Value): (key: number) => Value {
  const keys = new Float64Array(places).fill(NaN);
  const values = new Array<Value>(places);
  return (key) => {
    // Each key has a place, which it takes from another key; days that follow each other have several.
    const place = key & (places - 1);
    if (keys[place] !== key) {
      keys[place] = key;
      values[place] = compute(key);
    }
    return values[place] as Value;
  };
}

/** `YYYY-MM-DD` of a day counted from 1970. */
const dateOfDay = remembering((day) => new Date(day * dayMs).toISOString().slice(0, -14));

/** `THH:` of each hour of a day. */
const hours = Array.from({ length: 24 }, (_, hour) => `T${twoDigits(hour)}:`);

/** `YYYY-MM-DDTHH:` of an hour counted from 1970. */
const startOfText = remembering((hour) => {
  const day = Math.floor(hour / 24);
  return dateOfDay(day) + (hours[hour - day * 24] as string);
});

/** Milliseconds since 1970 of the start of a date (20240131); NaN when there is no such date. */
const startOfDate = remembering((date) => {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  return isDate(year, month, day) ? startOfDay(year, month, day) : NaN;
});

/** `MM:SSZ` of each second of an hour. */
const endsOfText = Array.from(
  { length: 60 * 60 },
  (_, second) => `${twoDigits(Math.floor(second / 60))}:${twoDigits(second % 60)}Z`,
);

/** An instant as `YYYY-MM-DDTHH:MM:SSZ`; parts of a second are dropped. */
export function formatInstant(instant: number): string {
  const hour = Math.floor(instant / hourMs);
  const second = Math.floor((instant - hour * hourMs) / 1000);
  // One joint only: each makes an object that lives as long as the text; the parts are shared.
  return startOfText(hour) + (endsOfText[second] as string);
}

/** Whether the punctuation up to the minutes is that of `YYYY-MM-DDTHH:MM`. */
function isPunctuated(text: string): boolean {
  const between = text.charCodeAt(10);
  return (
    text.charCodeAt(4) === code.minus &&
    text.charCodeAt(7) === code.minus &&
    (between === code.T || between === code.space || between === code.t) &&
    text.charCodeAt(13) === code.colon
  );
}

/** Where the time of day ends and the offset begins: seconds and parts of them may be missing. */
function endOfClock(text: string): number {
  if (text.charCodeAt(16) !== code.colon) return 16;
  if (text.charCodeAt(19) !== code.dot) return 19;
  let at = 20;
  while (at < 29 && isDigit(text, at)) at += 1;
  return at === 20 ? 19 : at;
}

/** Minutes east of UTC: `Z`, `+08:00` or `+0800`. Undefined: no offset; NaN: not one. */
function offsetMinutes(text: string): number | undefined {
  const at = endOfClock(text);
  const length = text.length - at;
  if (length === 0) return undefined;
  const sign = text.charCodeAt(at);
  if (sign === code.Z || sign === code.z) return length === 1 ? 0 : NaN;
  if (sign !== code.plus && sign !== code.minus) return NaN;
  const minutesAt = text.charCodeAt(at + 3) === code.colon ? at + 4 : at + 3;
  const hours = twoDigitsAt(text, at + 1);
  const minutes = twoDigitsAt(text, minutesAt);
  if (hours > 23 || minutes > 59 || text.length !== minutesAt + 2) return NaN;
  return (sign === code.minus ? -1 : 1) * (hours * 60 + minutes);
}

/** Milliseconds since 1970 that the text would stand for in UTC; NaN when it cannot be read. */
function wallClock(text: string): number {
  const century = twoDigitsAt(text, 0);
  const yearOfCentury = twoDigitsAt(text, 2);
  const hour = twoDigitsAt(text, 11);
  const minute = twoDigitsAt(text, 14);
  const second = text.charCodeAt(16) === code.colon ? twoDigitsAt(text, 17) : 0;
  const isReadable =
    isPunctuated(text) &&
    century !== notDigits &&
    yearOfCentury !== notDigits &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  if (!isReadable) return NaN;
  const year = century * 100 + yearOfCentury;
  const date = (year * 100 + twoDigitsAt(text, 5)) * 100 + twoDigitsAt(text, 8);
  return startOfDate(date) + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Whether a text, if it can be read, is `YYYY-MM-DDTHH:MM:SSZ`: no other that can has this length. */
function isNormal(text: string): boolean {
  return text.length === 20 && text.charCodeAt(10) === code.T && text.charCodeAt(19) === code.Z;
}

/** Reads a time in any form the service uses. Never throws: an unreadable text stays what it is. */
export function parseTimestamp(text: string): Timestamp {
  const offset = offsetMinutes(text);
  const instant = wallClock(text) - (offset === undefined ? chinaOffsetMs : offset * 60_000);
  if (Number.isNaN(instant)) return { text, instant: undefined };
  // Beyond the years 0 to 9999 the normal form has no room.
  if (offset === undefined || isNormal(text) || instant < firstInstant || instant > lastInstant) {
    return { text, instant };
  }
  return { text: formatInstant(instant), instant };
}

/**
 * The text of {@link parseTimestamp} alone. What looks like the normal form stays as sent whether it
 * can be read or not, so it need not be.
 */
export function normalText(text: string): string {
  return isNormal(text) ? text : parseTimestamp(text).text;
}

/** Milliseconds since 1970 of a day's start; `Date.UTC` would take the years 0 to 99 for 1900 on. */
function startOfDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** Whether a text that {@link parseTimestamp} read names its offset, as RFC 3339 requires. */
export function hasOffset(text: string): boolean {
  return Number.isFinite(offsetMinutes(text));
}
