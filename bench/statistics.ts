/** Lowest, middle and highest of several measurements. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The spread of values of which there is at least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    min: at(0),
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    max: at(sorted.length - 1),
  };
}

/** The spread of the ratios between what was measured in the same round. */
export function ratioOf(values: readonly number[], to: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value / (to[round] ?? NaN)));
}

/** The spread of the differences between what was measured in the same round. */
export function differenceOf(values: readonly number[], less: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value - (less[round] ?? NaN)));
}
