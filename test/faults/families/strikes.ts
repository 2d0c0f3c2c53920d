// Faults of the simulator where most of them strike: on the second of three pages.

import type { Fault } from "../../../simulator";
import { simulator, type StartPeer } from "../peers";

export const onPage2 = { page: 2 } as const;

/** Strikes the second of three pages, once. */
export function once(fault: Fault): StartPeer {
  return simulator([{ on: onPage2, ...fault }]);
}

/** Strikes the second of three pages, each time it is asked for. */
export function always(fault: Fault): StartPeer {
  return once({ times: Infinity, ...fault });
}

/** The second page, its fields replaced, each time. */
export function page2(patch: Record<string, unknown>): StartPeer {
  return always({ kind: "page", patch });
}

/** The second page with something put in front of its rows, each time. */
export function page2With(row: unknown): StartPeer {
  return always({
    kind: "page",
    patch: (answer) => ({
      ...answer,
      Backups: [row, ...(answer["Backups"] as unknown[]).slice(1)],
    }),
  });
}
