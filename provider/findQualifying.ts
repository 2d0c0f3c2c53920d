import type { Backup } from "./backup";
import { redactedLine } from "./client/redact";
import type { Refusal } from "./refusal";
import type { Look, Search } from "./search";
import { formatInstant } from "./timestamps";
import { waitForPending } from "./waiting";

/** A backup that can be relied on; `qualifies` is false only in a preview, see below. */
export interface Finding {
  readonly backup: Backup;
  readonly qualifies: boolean;
}

/** Whether a search found something. */
export function isFinding(outcome: Finding | Refusal): outcome is Finding {
  return "backup" in outcome;
}

const clocksApartMs = 15 * 60_000;

const warned = new WeakSet<Search["reader"]>();

/** Once for each call, however many service instances it asks about. */
function warnOfClocks({ reader }: Search, { serviceTime }: Look): void {
  const local = reader.clock.now();
  if (serviceTime === undefined || Math.abs(serviceTime - local) <= clocksApartMs) return;
  if (warned.has(reader)) return;
  warned.add(reader);
  reader.reporter.warn(
    `The clocks differ: the service says ${formatInstant(serviceTime)}, this machine says ${formatInstant(local)}. ` +
      "Ages of backups are counted from the later one.",
  );
}

function newestThat(look: Look, property: "qualifies" | "isPending"): Backup | undefined {
  return look.verdicts.find((verdict) => verdict[property])?.row.backup;
}

/**
 * The newest backup that can be relied on; waits for one that is being made if asked to. A preview
 * waits for nothing: it gets the one that would be waited for, which does not qualify yet.
 */
export async function findQualifying(
  search: Search,
  isPreview: boolean,
): Promise<Finding | Refusal> {
  const { reader, wanted } = search;
  const first = await search.look();
  warnOfClocks(search, first);
  const found = newestThat(first, "qualifies");
  if (found !== undefined) return { backup: found, qualifies: true };
  const pending = newestThat(first, "isPending");
  if (pending === undefined || wanted.waitTimeout === undefined) {
    return { search, look: first, vanished: [], waitedMs: undefined };
  }
  if (isPreview) {
    reader.reporter.warn(
      reader.areArgsSecret
        ? "No backup qualifies yet, but one is being made. An update would wait for it."
        : `No backup qualifies yet: ${redactedLine(pending.backupId, undefined)} is ${pending.status}. An update would wait ` +
            `for it, up to ${wanted.waitTimeout}.`,
    );
    return { backup: pending, qualifies: false };
  }
  const waited = await waitForPending(search, first, wanted.waitTimeout);
  const backup = newestThat(waited.look, "qualifies");
  return backup === undefined ? { search, ...waited } : { backup, qualifies: true };
}
