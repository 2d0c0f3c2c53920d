// Words for what a user wrote: where it stands, what it is, and what was meant.

import { inspect } from "node:util";
import { closest, distance } from "fastest-levenshtein";

/** `["filters", 1, "values"]` as a person writes it: `filters[1].values`. */
export function formatPath(path: readonly PropertyKey[], whole: string): string {
  if (path.length === 0) return whole;
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

const longestShown = 80;

/** A value as a person would recognise it, on one line and not too long. */
export function describe(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: longestShown });
  const lines = text.split("\n").map((part) => part.trim());
  const line = lines.filter((part) => part !== "").join(" ");
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
}

/** The known name that a wrong one was probably meant to be. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const caseless = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const guess = caseless ?? closest(name, known);
  return caseless !== undefined || distance(name, guess) <= Math.max(2, name.length / 3)
    ? guess
    : undefined;
}
