import type { GetBackupArgs, GetBackupResult } from "pulumi-computenest";
import { endingOf, exitCodes, UsageError, type Ending } from "./endings";
import { argumentsOf, checkFlags, optionsOf, type Values } from "./flags";
import { withProgress } from "./progressLine";
import { onOneLine, say, screen } from "./screen";
import { styleOf } from "./statusStyle";
import { expiryOf, instantOf, relative } from "./times";

/** The conditions, with the service instances apart: each of them has to have a backup. */
interface Wanted extends Omit<GetBackupArgs, "serviceInstanceId"> {
  readonly serviceInstanceId?: readonly string[];
}

/** A call for each service instance. */
function callsFor({ serviceInstanceId: ids, ...conditions }: Wanted): GetBackupArgs[] {
  if (ids === undefined) {
    if (conditions.backupId !== undefined) return [conditions];
    throw new UsageError(
      "--service-instance is missing, and so is --backup: say what has to have a backup.",
    );
  }
  if (ids.length > 1 && conditions.backupId !== undefined) {
    throw new UsageError("--backup is of one service instance (give one --service-instance).");
  }
  return [...new Set(ids)].map((serviceInstanceId) => ({ ...conditions, serviceInstanceId }));
}

function lineOf(backup: GetBackupResult, now: number): string {
  const { backupId, serviceInstanceId, status, startTime } = backup;
  const started =
    startTime === undefined ? "?" : `${startTime} (${relative(instantOf(startTime), now)})`;
  return (
    `${onOneLine(serviceInstanceId)}: ${onOneLine(backupId)} ${screen.paint(styleOf(status), onOneLine(status))}, ` +
    `started ${onOneLine(started)}, expires ${onOneLine(expiryOf(backup))}`
  );
}

/** What is wrong with the command comes first, then what is certain, then what is not known. */
const gravest = [exitCodes.usage, exitCodes.none, exitCodes.unanswered];

/** `computenest-backups check`; gives the exit code. */
export async function check(values: Values): Promise<number> {
  const calls = callsFor(argumentsOf(checkFlags, values));
  const { getBackup } = await import("pulumi-computenest");
  const options = optionsOf(values);
  const outcomes = await withProgress(() =>
    Promise.allSettled(calls.map((args) => getBackup(args, options))),
  );

  const found = outcomes.flatMap((outcome) =>
    outcome.status === "fulfilled" ? [outcome.value] : [],
  );
  const endings: Ending[] = [];
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") endings.push(await endingOf(outcome.reason));
  }
  // What is wrong with all calls alike is told once.
  for (const message of new Set(endings.map((ending) => ending.message))) say(message);
  const failed = gravest.find((code) => endings.some(({ exitCode }) => exitCode === code));
  const isGood = failed === undefined && found.every(({ qualifies }) => qualifies);
  const now = Date.now();
  if (values["json"] !== true) {
    for (const backup of found) process.stdout.write(`${lineOf(backup, now)}\n`);
  } else if (isGood) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  }
  return isGood ? exitCodes.done : (failed ?? exitCodes.none);
}
