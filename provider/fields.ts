// What single arguments must be, and how each is told what it should have been.

import { parseDuration } from "./durations";
import { serviceRegions } from "./settings/region";
import { hasOffset, parseTimestamp } from "./timestamps";
import * as z from "./zod";

/** Half of a character that takes two code units: no request can carry it. */
const loneSurrogate = /\p{Surrogate}/u;

/** A text that says something. */
export function text(expected: string) {
  return z
    .string({ error: expected })
    .min(1, { error: `${expected} (leave it out to mean all)` })
    .refine((value) => !loneSurrogate.test(value), {
      error: `${expected} (half a character, a lone surrogate, cannot be sent)`,
    });
}

/** A list of such texts, at least one. */
export function texts(expected: string) {
  return z
    .array(text("expected a text"), { error: expected })
    .min(1, { error: `${expected} (leave it out to mean all)` });
}

/** A whole number. */
export function integer(min: number, max: number) {
  const range = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
  const error = `expected a whole number ${range}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** An instant: RFC 3339, with an offset. */
export const time = z
  .string({ error: "expected an RFC 3339 time such as 2026-01-31T00:00:00Z" })
  .refine((value) => parseTimestamp(value).instant !== undefined && hasOffset(value), {
    error: (issue) =>
      parseTimestamp(String(issue.input)).instant === undefined
        ? "expected an RFC 3339 time such as 2026-01-31T00:00:00Z"
        : "expected an offset at the end of the time: Z, or one such as +08:00",
  });

const durationError = "expected a duration such as 90m, 24h, 7d or P1DT12H";
/** A length of time. */
export const duration = z
  .string({ error: durationError })
  .refine((value) => parseDuration(value) !== undefined, { error: durationError });

/** One of the service's two regions. */
export const region = z.enum(serviceRegions, {
  error: `expected one of ${serviceRegions.join(", ")}`,
});
