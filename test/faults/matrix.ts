// Every fault that the package is held to, and what has to come of it: the whole right answer, or the
// documented error. docs/reliability.md is made from what came of them in the last run.

import { answersOfOthers } from "./families/answersOfOthers";
import { clocks } from "./families/clocks";
import { connections } from "./families/connections";
import { hostility } from "./families/hostility";
import { identity } from "./families/identity";
import { large } from "./families/large";
import { lists } from "./families/lists";
import { pages } from "./families/pages";
import { restores } from "./families/restores";
import { rows } from "./families/rows";
import { serverErrors } from "./families/serverErrors";
import { slowness } from "./families/slowness";
import { throttling } from "./families/throttling";
import type { Family } from "./family";
import { answers } from "./outcome";
import { simulator } from "./peers";

/** All of them. */
export const families: readonly Family[] = [
  { title: "No fault", cases: [{ fault: "none", peer: simulator([]), outcome: answers() }] },
  throttling,
  serverErrors,
  connections,
  slowness,
  answersOfOthers,
  pages,
  rows,
  lists,
  restores,
  large,
  identity,
  clocks,
  hostility,
];
