// What the functions do once their arguments are checked: the same in a program and in the plugin.

import { getBackupsArguments, type GetBackupsArgs } from "./args";
import { collect } from "./collect";
import { findQualifying, isFinding } from "./findQualifying";
import { getBackupArguments, type GetBackupArgs } from "./getBackupArgs";
import { plan } from "./plan";
import type { Reader } from "./reader";
import { refuse } from "./refusal";
import { toResult, type GetBackupResult, type GetBackupsResult } from "./result";
import { createSearch } from "./search";
import type { ServiceRegion } from "./settings/region";
import type { Contract } from "./validation";

/** A function of this package. */
export interface Lookup<Args, Result> {
  readonly arguments: Contract<Args>;
  /** What the engine and other languages call it. */
  readonly token: string;
  /** A field that every result has. */
  readonly requiredField: keyof Result & string;
  perform(reader: Reader, args: Args, isPreview: boolean): Promise<Result>;
  /** Whether the result is that of a preview, and an update would get another one. */
  isProvisional(result: Result): boolean;
}

/** Arguments that every function has. */
export interface CommonArgs {
  readonly region?: ServiceRegion | undefined;
}

export const getBackupsLookup: Lookup<GetBackupsArgs, GetBackupsResult> = {
  arguments: getBackupsArguments,
  token: "computenest:index:getBackups",
  requiredField: "backups",
  async perform(reader, args) {
    const range = { nextToken: args.nextToken, maxPages: args.maxPages };
    return toResult(await collect(reader, plan(args), range), args.limit);
  },
  isProvisional: () => false,
};

export const getBackupLookup: Lookup<GetBackupArgs, GetBackupResult> = {
  arguments: getBackupArguments,
  token: "computenest:index:getBackup",
  requiredField: "backupId",
  async perform(reader, args, isPreview) {
    const outcome = await findQualifying(createSearch(reader, args), isPreview);
    if (!isFinding(outcome)) throw await refuse([outcome]);
    return { ...outcome.backup, qualifies: outcome.qualifies };
  },
  // A user's mocks may leave it out.
  isProvisional: ({ qualifies }: Partial<GetBackupResult>) => qualifies === false,
};
