import { checkCall } from "../checkCall";
import { getBackupLookup, getBackupsLookup, type CommonArgs, type Lookup } from "../lookups";
import { withSecretArgs } from "../secretArgs";
import type { ReaderFor } from "./session";

/** One call of a function. */
export interface FunctionCall {
  readonly args: unknown;
  readonly areArgsSecret: boolean;
  readonly isPreview: boolean;
  readonly readerFor: ReaderFor;
}

type Answer = (call: FunctionCall) => Promise<object>;

function answerOf<Args extends CommonArgs, Result extends object>(
  lookup: Lookup<Args, Result>,
): [string, Answer] {
  const answer: Answer = async ({ args: given, areArgsSecret, isPreview, readerFor }) => {
    const { args } = checkCall(lookup.arguments, given, {}, areArgsSecret);
    const reader = withSecretArgs(readerFor(args.region), args, areArgsSecret);
    return lookup.perform(reader, args, isPreview);
  };
  return [lookup.token, answer];
}

/** The functions of the package by their tokens. */
export const functions: ReadonlyMap<string, Answer> = new Map([
  answerOf(getBackupsLookup),
  answerOf(getBackupLookup),
]);
