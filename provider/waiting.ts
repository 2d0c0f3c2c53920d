import { redactedLine } from "./client/redact";
import { formatDuration, parseDuration } from "./durations";
import type { Look, Search } from "./search";
import { untilNextPoll } from "./sharing/pollTicks";

const defaultPollMs = 10_000;
/** Polls see the candidates only; every so many, all backups are looked at, for new ones. */
const pollsToFullLook = 6;
/** The last look may end this long after the time to wait is over. */
const graceMs = 10_000;

function pendingIn({ verdicts }: Look): string[] {
  return verdicts.filter(({ isPending }) => isPending).map(({ row }) => row.backup.backupId);
}

/** Whether a look decides: a backup qualifies, or none may come to it. */
function isDecisive(look: Look): boolean {
  return look.verdicts.some(({ qualifies }) => qualifies) || pendingIn(look).length === 0;
}

/** `backup-9 Creating, 1m20s of 10m`; nothing of arguments that are secret. */
function progressOf(search: Search, look: Look, elapsedMs: number, waitTimeout: string): string {
  const elapsed = formatDuration(elapsedMs);
  if (search.reader.areArgsSecret) return `A backup is Creating, ${elapsed}`;
  const [first = "", ...others] = pendingIn(look);
  const named = redactedLine(first, undefined);
  const who = others.length === 0 ? named : `${named} and ${others.length} more`;
  return `${who} Creating, ${elapsed} of ${waitTimeout}`;
}

/** How a wait ended. */
export interface Waited {
  /** The last look. */
  readonly look: Look;
  /** Candidates that were gone by then. */
  readonly vanished: readonly string[];
  /** How long it took, when the time was over before anything was decided. */
  readonly waitedMs: number | undefined;
}

/**
 * Looks again and again until a backup qualifies, all that might have are done or gone, or the time
 * is over.
 */
export async function waitForPending(
  search: Search,
  first: Look,
  waitTimeout: string,
): Promise<Waited> {
  const { reader, wanted } = search;
  const { clock, context, reporter } = reader;
  const pollMs = parseDuration(wanted.pollInterval ?? "") ?? defaultPollMs;
  const startedAt = clock.now();
  const deadline = startedAt + (parseDuration(waitTimeout) ?? 0);
  const limit = AbortSignal.timeout(deadline - startedAt + graceMs);
  const signal = context.signal === undefined ? limit : AbortSignal.any([context.signal, limit]);
  const candidates = new Set(pendingIn(first));
  let look = first;

  /** The candidates only, as long as nothing changes with them; else everything. */
  async function lookAgain(polls: number): Promise<Look> {
    const ids = pendingIn(look);
    const isDue = polls % pollsToFullLook === 0 || clock.now() + pollMs > deadline;
    if (!isDue) {
      const poll = await search.look({ ids, signal });
      if (pendingIn(poll).length === ids.length) return look;
    }
    return search.look({ signal });
  }

  function waited(waitedMs?: number): Waited {
    const present = new Set(look.verdicts.map(({ row }) => row.backup.backupId));
    return { look, vanished: [...candidates].filter((id) => !present.has(id)), waitedMs };
  }

  for (let polls = 1; !isDecisive(look); polls += 1) {
    const rest = deadline - clock.now();
    if (rest <= 0) return waited(clock.now() - startedAt);
    reporter.progress(progressOf(search, look, clock.now() - startedAt, waitTimeout));
    await untilNextPoll(reader, pollMs, rest);
    try {
      look = await lookAgain(polls);
    } catch (error) {
      context.signal?.throwIfAborted();
      if (limit.aborted) return waited(clock.now() - startedAt);
      throw error;
    }
    for (const id of pendingIn(look)) candidates.add(id);
  }
  return waited();
}
