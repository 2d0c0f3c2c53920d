// How a search that found nothing is told: what was asked for, what was seen, who was asked.

import { redactedLine } from "./client/redact";
import { formatDuration } from "./durations";
import { NoQualifyingBackupError, WaitTimeoutError, type SeenBackup } from "./errors";
import { describeConditions, describeVerdict, type Verdict } from "./qualify";
import type { Look, Search } from "./search";
import { otherRegion } from "./settings/region";

/** A search that came to nothing. */
export interface Refusal {
  readonly search: Search;
  /** The last look. */
  readonly look: Look;
  /** Backups that were being made, and are gone. */
  readonly vanished: readonly string[];
  /** How long it was waited for one that is still being made; undefined when none is. */
  readonly waitedMs: number | undefined;
}

/** What a preview warns of when a gate cannot be asked yet. */
export const uncheckedGate = "The backup gate was not checked: what it asks for is not known yet.";

/** Backups told of one search, and service instances of one fleet; the error has them all. */
const mostShown = 5;

function clean(text: string): string {
  return redactedLine(text, undefined);
}

/** What was looked for: `No backup of si-1 qualifies`. */
function subjectOf({ wanted, reader }: Search): string {
  const { backupId, serviceInstanceId = "" } = wanted;
  if (backupId !== undefined) {
    return `${reader.areArgsSecret ? "The backup" : `Backup ${backupId}`} does not qualify`;
  }
  return `No backup of ${reader.areArgsSecret ? "the service instance" : serviceInstanceId} qualifies`;
}

function askedFor({ conditions, reader }: Search): string {
  return clean(describeConditions(reader.areArgsSecret ? {} : conditions));
}

/** Why there may be no backup at all. */
function whyNone({ reader, wanted }: Search): string {
  const otherSite = `it is on the other site (region ${otherRegion(reader.connection.region)})`;
  return wanted.backupId === undefined
    ? "none was made yet, or the service's provider has not enabled upgrade/downgrade (变配), " +
        `which backups need, or the id is wrong, or ${otherSite}`
    : `it was deleted, or the id is wrong, or ${otherSite}`;
}

/** A verdict in words; reasons repeat arguments, so that secret ones take them along. */
function told({ wanted, reader }: Search, verdict: Verdict, now: number): string {
  if (!reader.areArgsSecret) return clean(describeVerdict(verdict, now));
  const { row } = verdict;
  const backupId = wanted.backupId === undefined ? row.backup.backupId : "it is";
  const bare = { ...verdict, reasons: [], row: { ...row, backup: { ...row.backup, backupId } } };
  return clean(describeVerdict(bare, now));
}

function howLong({ wanted, reader }: Search, waitedMs: number | undefined): string {
  if (waitedMs === undefined) return "";
  if (reader.areArgsSecret) return "waited in vain; ";
  return `waited ${formatDuration(waitedMs)} (waitTimeout is ${wanted.waitTimeout ?? ""}); `;
}

function whoVanished({ wanted, reader }: Search, vanished: readonly string[]): string {
  if (vanished.length === 0) return "";
  const isHidden = reader.areArgsSecret && wanted.backupId !== undefined;
  return `vanished while being made${isHidden ? "" : `: ${clean(vanished.join(", "))}`}; `;
}

/** What was seen, newest first, each backup with the reasons why it does not count. */
function whatWasSeen({ search, look, vanished, waitedMs }: Refusal): string {
  const { verdicts, now } = look;
  const { length } = verdicts;
  const before = howLong(search, waitedMs) + whoVanished(search, vanished);
  if (length === 0) {
    return `${before}there is none${search.wanted.backupId === undefined ? "" : " of this id"}`;
  }
  const shown = verdicts.slice(0, mostShown).map((verdict) => told(search, verdict, now));
  const count = length > mostShown ? `${length}, the newest ${mostShown}` : String(length);
  return `${before}seen ${count}: ${shown.join("; ")}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

async function whoWasAsked({ reader }: Search): Promise<string> {
  const { region, regionGuess } = reader.connection;
  const guess =
    regionGuess === undefined
      ? ""
      : `The region was a guess: ${regionGuess}; the other site is ${otherRegion(region)}. `;
  return guess + (await reader.api.asked());
}

function ofOne(refusal: Refusal): string {
  const { search } = refusal;
  const why = refusal.look.verdicts.length === 0 ? `: ${whyNone(search)}` : "";
  return `${subjectOf(search)} (${askedFor(search)}). ${capitalised(whatWasSeen(refusal))}${why}.`;
}

/** Several service instances each of which needs a backup. */
function ofFleet(refusals: readonly Refusal[], search: Search, size: number): string {
  const idOf = ({ search: { wanted } }: Refusal) => wanted.serviceInstanceId ?? "";
  const lead =
    `${refusals.length} of ${size} service instances have no backup that qualifies ` +
    `(${askedFor(search)})`;
  if (search.reader.areArgsSecret) return `${lead}.`;
  const each = refusals
    .slice(0, mostShown)
    .map((refusal) => ` ${idOf(refusal)}: ${whatWasSeen(refusal)}.`);
  const others = refusals.slice(mostShown).map(idOf);
  const isEmpty = refusals.some(({ look }) => look.verdicts.length === 0);
  const why = isEmpty ? ` Where there is none: ${whyNone(search)}.` : "";
  const rest = others.length === 0 ? "" : ` The others: ${others.join(", ")}.`;
  return `${lead}.${each.join("")}${rest}${why}`;
}

function seenIn({ look, search: { reader } }: Refusal): SeenBackup[] {
  if (reader.areArgsSecret) return [];
  return look.verdicts.map(({ row: { backup }, reasons }) => ({
    backupId: backup.backupId,
    serviceInstanceId: backup.serviceInstanceId,
    status: backup.status,
    reasons: reasons.map(clean),
  }));
}

/** The error for searches that came to nothing, at least one; `size`: how many searches there were. */
export async function refuse(
  refusals: readonly [Refusal, ...Refusal[]],
  size = 1,
): Promise<NoQualifyingBackupError | WaitTimeoutError> {
  const [{ search }] = refusals;
  const words = size === 1 ? ofOne(refusals[0]) : ofFleet(refusals, search, size);
  const message = `${words} ${await whoWasAsked(search)}`;
  const seen = refusals.flatMap(seenIn);
  return refusals.every(({ waitedMs }) => waitedMs !== undefined)
    ? new WaitTimeoutError(message, seen)
    : new NoQualifyingBackupError(message, seen);
}
