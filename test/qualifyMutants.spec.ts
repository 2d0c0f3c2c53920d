// Variants of the verdict that are wrong in one place, nearly all of them too lenient: each must
// come to another verdict than the table says in at least one of its situations.

import assert from "node:assert/strict";
import type * as Qualify from "../provider/qualify";
import type * as Select from "../provider/select";
import { load, mutated, type Mutation } from "./support/mutants";
import { inputsOf, situations, wordOf } from "./support/situations";

type Judge = typeof Qualify.judge;

type File = "qualify.ts" | "select.ts";

/** The verdict, with a text in one of the two files replaced. */
function judgeWith(changes: Partial<Record<File, string>>): Judge {
  const select = load("select.ts", changes["select.ts"]);
  const stead = { "./select": select as typeof Select };
  const qualify = load("qualify.ts", changes["qualify.ts"], stead);
  return (qualify as typeof Qualify).judge;
}

/** The situations in which a variant comes to another verdict than it should. */
function wrongIn(judge: Judge): string[] {
  return situations
    .filter((situation) => {
      const { row, conditions, evidence } = inputsOf(situation);
      return wordOf(judge(row, conditions, evidence)) !== situation.verdict;
    })
    .map(({ what }) => what);
}

const createdAndGood = 'status === "Created" && reasons.length === 0';
const creatingAndHopeful = 'status === "Creating" && hopes.length === 0';

// prettier-ignore
const ofQualify: Mutation[] = [
  ["any status counts", createdAndGood, 'status !== "" && reasons.length === 0'],
  ["all but failures count", createdAndGood, '!status.endsWith("Failed") && reasons.length === 0'],
  ["all but Deleted counts", createdAndGood, 'status !== "Deleted" && reasons.length === 0'],
  ["a status that begins alike counts", createdAndGood, 'status.startsWith("Created") && reasons.length === 0'],
  ["case does not matter", createdAndGood, 'status.toLowerCase() === "created" && reasons.length === 0'],
  ["spaces do not matter", createdAndGood, 'status.trim() === "Created" && reasons.length === 0'],
  ["the status or the reasons", createdAndGood, 'status === "Created" || reasons.length === 0'],
  ["reasons do not matter", createdAndGood, 'status === "Created"'],
  ["one reason is none", createdAndGood, 'status === "Created" && reasons.length <= 1'],
  ["Creating counts", createdAndGood, '["Created", "Creating"].includes(status) && reasons.length === 0'],
  ["hopes count as much as facts", createdAndGood, 'status === "Created" && hopes.length === 0'],
  ["nothing counts", createdAndGood, "false"],
  ["any Creating one is waited for", creatingAndHopeful, 'status === "Creating"'],
  ["any hopeful one is waited for", creatingAndHopeful, "hopes.length === 0"],
  ["all that are not Created are waited for", creatingAndHopeful, 'status !== "Created" && hopes.length === 0'],
  ["a status that begins alike is waited for", creatingAndHopeful, 'status.startsWith("Creating") && hopes.length === 0'],
  ["a missing start is young", '? "it has no start time"', "? undefined"],
  ["an unreadable start is young", ": `its start time ${JSON.stringify(backup.startTime)} cannot be read`", ": undefined"],
  ["the age is not looked at", "isRecent(startedAt, maxAge.ms, now)", "true"],
  ["the age may be a little more", "isRecent(startedAt, maxAge.ms, now)", "isRecent(startedAt, maxAge.ms + 1, now)"],
  ["the age is off by the tolerance", "isRecent(startedAt, maxAge.ms, now)", "isRecent(startedAt, maxAge.ms, now - 300_000)"],
  ["any future start is young", "if (isRecent(startedAt, maxAge.ms, now)) return undefined;", "if (now - startedAt <= maxAge.ms) return undefined;"],
  ["maxAge is not passed on", "maxAge && againstAge(", "undefined && againstAge("],
  ["an unknown end of retention is none", "if (Number.isNaN(expiresAt)) {", "if (false) {"],
  ["it may expire right now", "if (expiresAt <= now)", "if (expiresAt < now)"],
  ["it may have expired", "if (expiresAt <= now)", "if (false)"],
  ["it may have expired if no retention is asked for", "if (expiresAt <= now)", "if (needed !== undefined && expiresAt <= now)"],
  ["it may have expired lately", "if (expiresAt <= now)", "if (expiresAt + 3_600_000 <= now)"],
  ["retention left is compared with the wrong time", "expiresAt - now >= needed.ms", "expiresAt >= needed.ms"],
  ["any retention left is enough", "expiresAt - now >= needed.ms", "expiresAt - now >= 0"],
  ["a millisecond of retention is forgiven", "expiresAt - now >= needed.ms", "expiresAt - now >= needed.ms - 1"],
  ["retention has to be more than enough", "expiresAt - now >= needed.ms", "expiresAt - now > needed.ms"],
  ["minRetention is not passed on", "againstRetention(row, minRetention, now)", "againstRetention(row, undefined, now)"],
  ["retention is looked at when asked for only", "againstRetention(row, minRetention, now),", "minRetention && againstRetention(row, minRetention, now),"],
  ["a restore of any backup counts", "({ backupId }) => backupId === backup.backupId", "() => true"],
  ["a restore of any status counts", '({ status }) => status === "Restored"', "() => true"],
  ["a restore that has not failed counts", '({ status }) => status === "Restored"', '({ status }) => status !== "RestoreFailed"'],
  ["a status that begins like Restored counts", '({ status }) => status === "Restored"', '({ status }) => status.startsWith("Restored")'],
  ["a restore that failed counts", '({ status }) => status === "Restored"', '({ status }) => status !== "Restoring" && status !== "RestoredPartly"'],
  ["a restore of any age counts", "restored.some(({ endedAt }) => isRecent(endedAt, within.ms, now))", "restored.length > 0"],
  ["all restores have to be recent", "restored.some(", "restored.every("],
  ["restores of any status may be recent", "restored.some(", "own.some("],
  ["a restore without an end ended now", "isRecent(endedAt, within.ms, now)", "isRecent(endedAt ?? now, within.ms, now)"],
  ["a restore in the future counts", "isRecent(endedAt, within.ms, now)", "now - (endedAt ?? NaN) <= within.ms"],
  ["a restore may be a little older", "isRecent(endedAt, within.ms, now)", "isRecent(endedAt, within.ms + 1, now)"],
  ["old restores are no reason", "if (ends.length > 0) return `last restored ${formatDuration(now - Math.max(...ends))} ago`;", "if (ends.length > 0) return undefined;"],
  ["a restore that nobody can date is no reason", 'return "nobody can tell when it was restored"', "return undefined"],
  ["no restore is no reason", 'return "never restored"', "return undefined"],
  ["a failed restore is no reason", "return `its restore failed${failed.statusDetail === undefined ? \"\" : ` (${failed.statusDetail})`}`;", "return undefined;"],
  ["restoreTestedWithin is not looked at", "if (restoreTestedWithin === undefined) return ownReasons;", "return ownReasons;"],
  ["restores that nobody asked for are good", 'ownReasons.length > 0 ? ownReasons : ["it is not known whether it was restored"]', "ownReasons"],
  ["what speaks against the restores is dropped", "untested === undefined ? ownReasons : [...ownReasons, untested]", "ownReasons"],
  ["any service instance will do", "serviceInstanceId !== undefined && serviceInstanceId !== backup.serviceInstanceId", "false"],
  ["a service instance that begins alike will do", "serviceInstanceId !== undefined && serviceInstanceId !== backup.serviceInstanceId", "serviceInstanceId !== undefined && !serviceInstanceId.startsWith(backup.serviceInstanceId)"],
  ["any mode will do", "backupMode !== undefined && backupMode !== backup.backupMode", "false"],
  ["an unknown mode will do", "backupMode !== undefined && backupMode !== backup.backupMode", "backup.backupMode !== undefined && backupMode !== undefined && backupMode !== backup.backupMode"],
  ["the case of a mode does not matter", "backupMode !== undefined && backupMode !== backup.backupMode", "backupMode?.toLowerCase() !== (backupMode && backup.backupMode?.toLowerCase())"],
  ["one shortcoming is forgiven", ".filter((reason) => reason !== undefined);", ".filter((reason) => reason !== undefined).slice(1);"],
  ["an unreadable start may get better", "if (row.backup.startTime !== undefined) return row;", "if (row.startedAt !== undefined) return row;"],
  ["any start may get better", "if (row.backup.startTime !== undefined) return row;", ""],
  ["a known end of retention may get better", "Number.isNaN(row.expiresAt) ? Infinity : row.expiresAt", "Infinity"],
  ["an unknown end of retention cannot get better", "Number.isNaN(row.expiresAt) ? Infinity : row.expiresAt", "row.expiresAt"],
  ["facts are taken at their best", "isOpen ? shortcomings(row,", "isOpen ? shortcomings(atBest(row, evidence.now),"],
  ["facts are not looked at", "isOpen ? shortcomings(row, conditions, evidence) : []", "[]"],
  ["hopes are not taken at their best", "const hopes = shortcomings(atBest(row, evidence.now),", "const hopes = shortcomings(row,"],
];

// prettier-ignore
const ofSelect: Mutation[] = [
  ["any future start is recent", " || startedAt > now + futureToleranceMs", ""],
  ["any future start is recent, and any missing one is not", "startedAt > now + futureToleranceMs", "false"],
  ["starts twice as far ahead are recent", "now + futureToleranceMs", "now + 2 * futureToleranceMs"],
  ["starts a millisecond further ahead are recent", "now + futureToleranceMs", "now + futureToleranceMs + 1"],
  ["no future start is recent", "now + futureToleranceMs", "now"],
  ["the tolerance ends early", "startedAt > now + futureToleranceMs", "startedAt >= now + futureToleranceMs"],
  ["the tolerance is hours", "futureToleranceMs = 5 * 60_000", "futureToleranceMs = 5 * 3_600_000"],
  ["every start is recent", "return now - startedAt <= maxAgeMs;", "return true;"],
  ["ages are rounded down", "now - startedAt <= maxAgeMs", "Math.floor((now - startedAt) / 1000) * 1000 <= maxAgeMs"],
  ["the tolerance goes for the past as well", "now - startedAt <= maxAgeMs", "now - startedAt <= maxAgeMs + futureToleranceMs"],
  ["a start exactly so long ago is too old", "now - startedAt <= maxAgeMs", "now - startedAt < maxAgeMs"],
  ["ages are compared the wrong way round", "now - startedAt <= maxAgeMs", "now - startedAt >= maxAgeMs"],
  ["a start that is not known is recent", "if (startedAt === undefined || startedAt > now + futureToleranceMs) return false;", "if (startedAt === undefined) return true; if (startedAt > now + futureToleranceMs) return false;"],
];

const mutations: [File, Mutation][] = [
  ...ofQualify.map((mutation): [File, Mutation] => ["qualify.ts", mutation]),
  ...ofSelect.map((mutation): [File, Mutation] => ["select.ts", mutation]),
];

describe("the situations tell the verdict from a wrong one", () => {
  it("and take the right one for right, loaded in the same way", () => {
    assert.deepEqual(wrongIn(judgeWith({})), []);
  });

  for (const [file, mutation] of mutations) {
    it(`in which ${mutation[0]} (${file})`, () => {
      assert.notDeepEqual(wrongIn(judgeWith({ [file]: mutated(file, mutation) })), []);
    });
  }
});
