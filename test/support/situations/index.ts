// Situations in which backups are judged, and what each comes to: the table that qualify.ts has to
// fulfil, and that has to tell every lenient variant of it from the real one.

import { creating } from "./creating";
import { kinds } from "./kinds";
import { restores } from "./restores";
import { retentions } from "./retentions";
import { starts } from "./starts";
import { statuses } from "./statuses";
import { together } from "./together";
import type { Situation } from "./situation";

export * from "./situation";
export * from "./times";

/** All situations. */
export const situations: readonly Situation[] = [
  ...statuses,
  ...starts,
  ...retentions,
  ...kinds,
  ...restores,
  ...creating,
  ...together,
];
