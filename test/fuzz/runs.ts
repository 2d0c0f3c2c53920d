// How long properties are tried. `npm test` tries them for seconds; `npm run fuzz` far longer. A
// failure prints its seed, and FUZZ_SEED tries that again.

import type { Parameters } from "fast-check";

const times = Number(process.env["FUZZ_TIMES"] ?? 1);
const seed = process.env["FUZZ_SEED"];

/** So many runs of a property in `npm test`, and its share of a long run. */
export function runs<T>(usual: number): Parameters<T> {
  return {
    numRuns: Math.ceil(usual * times),
    ...(seed !== undefined && { seed: Number(seed) }),
  };
}

/** The time that mocha gives a property that takes so many seconds; a busy machine takes thrice. */
export function timeFor(seconds: number): number {
  return seconds * 3000 * Math.max(1, times);
}
