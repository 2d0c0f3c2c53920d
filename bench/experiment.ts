import type { Spread } from "./statistics";
import type { Service } from "./task";

/** What every experiment works with. */
export interface Bench {
  /** Folder of the compiled subjects. */
  readonly subjects: string;
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

/** What came of an experiment. */
export interface Outcome {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** Whether what this package promises of it holds; undefined when it promises nothing. */
  readonly target?: { readonly text: string; readonly isMet: boolean };
  /** Everything that was measured. */
  readonly samples: unknown;
}
