import { getBackupsArguments } from "../args";
import { checkCall } from "../call";
import { collect } from "../collect";
import { findQualifying, isFinding } from "../findQualifying";
import { getBackupArguments } from "../gateArgs";
import type { Reader } from "../listing";
import { plan } from "../query";
import { refuse } from "../refusal";
import { toResult } from "../result";
import { createSearch } from "../search";
import type { ServiceRegion } from "../settings/region";

/** One call of a function. */
export interface FunctionCall {
  readonly args: unknown;
  readonly areArgsSecret: boolean;
  readonly isPreview: boolean;
  readonly readerFor: (region: ServiceRegion | undefined) => Reader;
}

type Answer = (call: FunctionCall) => Promise<object>;

const getBackups: Answer = async ({ args: given, areArgsSecret, readerFor }) => {
  const args = checkCall(getBackupsArguments, given, {}, areArgsSecret);
  const range = { nextToken: args.nextToken, maxPages: args.maxPages };
  return toResult(await collect(readerFor(args.region), plan(args), range), args.limit);
};

const getBackup: Answer = async ({ args: given, areArgsSecret, isPreview, readerFor }) => {
  const args = checkCall(getBackupArguments, given, {}, areArgsSecret);
  const search = createSearch(readerFor(args.region), args, areArgsSecret);
  const outcome = await findQualifying(search, isPreview);
  if (!isFinding(outcome)) throw await refuse([outcome]);
  return { ...outcome.backup, qualifies: outcome.qualifies };
};

/** The functions of the package by their tokens. */
export const functions: ReadonlyMap<string, Answer> = new Map([
  ["computenest:index:getBackups", getBackups],
  ["computenest:index:getBackup", getBackup],
]);
