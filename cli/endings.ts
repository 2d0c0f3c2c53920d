// How the command ends: exit codes, and what is said on standard error.

import { inspect } from "node:util";
import type { BackupsErrorCode, InvalidArgumentError } from "pulumi-computenest";
import { flagOf } from "./flags";

/** What the shell is told. */
export const exitCodes = {
  /** Done; of `check`: a backup qualifies, of each service instance. */
  done: 0,
  /** Of `check`: no backup qualifies. */
  none: 1,
  /** The command line or the settings are wrong. */
  usage: 2,
  /** The service could not be asked, or its answer could not be used. */
  unanswered: 3,
  /** Ctrl-C: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
  /** Nobody reads on, e.g. behind `| head`: likewise. */
  unread: 141,
} as const;

/** The part of --help that tells of them. */
export const exitCodesHelp = `
Exit codes:
  0    done; of check: a backup qualifies, of each service instance
  1    check: no backup qualifies; standard error has the reasons
  2    the command line, an argument or a setting is wrong
  3    the service could not be asked, or its answer could not be used
  130  interrupted
Of several, check ends with 2 before 1 before 3.`;

/** A mistake on the command line that the core cannot see. */
export class UsageError extends Error {}

const codes: Readonly<Record<BackupsErrorCode, number>> = {
  InvalidArgument: exitCodes.usage,
  Configuration: exitCodes.usage,
  Request: exitCodes.unanswered,
  Response: exitCodes.unanswered,
  IncompleteList: exitCodes.unanswered,
  NoQualifyingBackup: exitCodes.none,
  WaitTimeout: exitCodes.none,
};

/** How a failure ends the command. */
export interface Ending {
  readonly exitCode: number;
  /** One paragraph. */
  readonly message: string;
}

/** Arguments by the flags that the user wrote; the reasons as they are. */
function problemsOf({ problems }: InvalidArgumentError): string {
  return problems.map(({ property, reason }) => `${flagOf(property)} ${reason}`).join("; ");
}

/** What to tell of whatever was thrown. */
export async function endingOf(error: unknown): Promise<Ending> {
  if (error instanceof UsageError) return { exitCode: exitCodes.usage, message: error.message };
  const { BackupsError, InvalidArgumentError } = await import("pulumi-computenest");
  if (error instanceof InvalidArgumentError) {
    return { exitCode: exitCodes.usage, message: `${problemsOf(error)}.` };
  }
  if (BackupsError.isInstance(error)) {
    return { exitCode: codes[error.code], message: error.message };
  }
  // A mistake of this program: whoever reports it needs to know where it was.
  return { exitCode: exitCodes.unanswered, message: inspect(error) };
}
