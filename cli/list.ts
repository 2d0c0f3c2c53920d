import type { GetBackupsArgs } from "pulumi-computenest";
import { backupCsv } from "./backupCsv";
import { backupTable } from "./backupTable";
import { UsageError } from "./endings";
import { argumentsOf, listFlags, optionsOf, type Values } from "./flags";
import { withProgress } from "./progressLine";
import { screen } from "./screen";
import { summaryOf } from "./summary";

/** `computenest-backups list`. */
export async function list(values: Values): Promise<void> {
  if (values["json"] === true && values["csv"] === true) {
    throw new UsageError("--csv cannot be combined with --json (give one of them).");
  }
  const { getBackups } = await import("pulumi-computenest");
  const args: GetBackupsArgs = argumentsOf(listFlags, values);
  const result = await withProgress(() => getBackups(args, optionsOf(values)));
  if (values["json"] === true) {
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else if (values["csv"] === true) {
    process.stdout.write(backupCsv(result.backups));
  } else {
    const now = Date.now();
    const table =
      result.backups.length === 0 ? "" : `${backupTable(result.backups, now, screen)}\n\n`;
    process.stdout.write(`${table}${summaryOf(result, now, screen)}\n`);
  }
}
