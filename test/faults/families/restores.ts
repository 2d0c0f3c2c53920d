import type { Fault } from "../../../simulator";
import type { FaultCase, Family } from "../family";
import { answers, type Failed } from "../outcome";
import { simulator, type StartPeer } from "../peers";
import { threePagesOfRestores as restoreTasks } from "../world";
import { onPage2 } from "./strikes";
import {
  deniedByRam,
  gaveUp,
  incomplete,
  late,
  noAnswer,
  temporary,
  throttled,
  unusable,
} from "./words";

const action = "ListRestoreTasks";

/** Strikes the second of three pages of restores, once. */
function once(fault: Fault): StartPeer {
  return simulator([{ on: { action, ...onPage2 }, ...fault }], { restoreTasks });
}

/** The same, each time it is asked for. */
function always(fault: Fault): StartPeer {
  return once({ times: Infinity, ...fault });
}

/** What is said of backups that cannot be listed is said of restores. */
function ofRestores({ error, message }: Failed): Failed {
  const words = message.replaceAll("ListBackups", action).replaceAll("backups", "restore tasks");
  return { error, message: words };
}

const cases: readonly Omit<FaultCase, "wanted">[] = [
  { fault: "none", peer: simulator([], { restoreTasks }), outcome: answers() },
  { fault: "throttled once", peer: once({ kind: "throttle" }), outcome: answers(1) },
  {
    fault: "throttled for as long as it is tried",
    peer: always({ kind: "throttle" }),
    outcome: ofRestores(throttled(`${gaveUp} `)),
  },
  { fault: "503 once", peer: once({ kind: "status", status: 503 }), outcome: answers(1) },
  {
    fault: "503 each time",
    peer: always({ kind: "status", status: 503 }),
    outcome: ofRestores(temporary),
  },
  {
    fault: "no answer with the restores, each time",
    peer: always({ kind: "neverAnswer" }),
    // The backups have to come before: as long as a busy machine may take for a page.
    settings: { clientReadTimeout: 1000 },
    outcome: ofRestores(noAnswer("no answer within 1000 ms (clientReadTimeout)")),
    openApi: { because: "late", outcome: ofRestores(late) },
  },
  {
    fault: "RAM denies the action, though it allows to list backups",
    peer: simulator([], { restoreTasks, deny: [action] }),
    outcome: ofRestores(deniedByRam),
  },
  {
    fault: "`RestoreTasks` is missing",
    peer: always({ kind: "page", patch: { RestoreTasks: undefined } }),
    outcome: ofRestores(unusable("it has no list RestoreTasks")),
  },
  {
    fault: "a row lacks `BackupId`",
    peer: always({
      kind: "page",
      patch: { RestoreTasks: [{ ...restoreTasks[0], BackupId: null }] },
    }),
    outcome: ofRestores(
      unusable("RestoreTasks[0].BackupId: invalid input: expected string, received null"),
    ),
  },
  {
    fault: "`TotalCount` is too high, each time",
    peer: simulator(
      [{ kind: "page", patch: { TotalCount: 251 }, on: { action }, times: Infinity }],
      { restoreTasks },
    ),
    outcome: ofRestores(incomplete(250, "TotalCount is 251")),
  },
];

export const restores: Family = {
  title: "A list of restores that cannot be had",
  about:
    "`getBackup` and gates with `restoreTestedWithin` ask for the restores as well, here three pages of " +
    "them.\nA fault strikes the second of these; the backups are listed without any.",
  cases: cases.map((fault) => ({ ...fault, wanted: { restoreTestedWithin: "7d" } })),
};
