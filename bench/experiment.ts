import type { Spread } from "./statistics";
import type { Service } from "./task";

/** What every experiment works with. */
export interface Bench {
  /** Folder of the compiled subjects. */
  readonly subjects: string;
  /** A simulator of many backups. */
  readonly service: Service;
  /** Fewer and shorter rounds, to see whether it works. */
  readonly isQuick: boolean;
}

/** One line of the result. */
export interface Figure {
  readonly name: string;
  /** `ms`, `MiB`, or empty for a ratio. */
  readonly unit: string;
  readonly spread: Spread;
}

/** What this package promises of a figure. */
export interface Target {
  readonly text: string;
  readonly isMet: boolean;
}

/** What came of an experiment. */
export interface Outcome {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
  /** Everything that was measured. */
  readonly samples: unknown;
}

/** The promise that the middle of what was measured is at most so much. */
export function atMost(limit: number, { median }: Spread, text: string): Target {
  return { text, isMet: median <= limit };
}

/** How often each contender is measured, in turn. */
export function roundsOf({ isQuick }: Bench): number {
  return isQuick ? 2 : 16;
}
