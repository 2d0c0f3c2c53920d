// README's reference tables come from the docstrings: what an editor shows and what README says is
// one text. A table stands between `<!-- reference: NAME -->` and `<!-- end -->`. What stops what
// comes from the data that the tests hold the engine to.

import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { gateKinds, whatStopsWhat } from "../../test/engine/support/whatStopsWhat";
import { membersOf, type Member } from "./members";

const readme = resolve(__dirname, "..", "..", "README.md");

const sources: Readonly<Record<string, string>> = {
  GetBackupsArgs: "args.ts",
  Filter: "args.ts",
  GetBackupsResult: "result.ts",
  Backup: "backup.ts",
  GetBackupArgs: "getBackupArgs.ts",
  BackupGateOptions: "backupGate.ts",
  BackupGateResourceArgs: "gateArgs.ts",
  Settings: "settings/settings.ts",
  AssumeRoleSettings: "settings/settings.ts",
  AssumeRoleWithOidcSettings: "settings/settings.ts",
};

function row({ name, type, text, defaultValue }: Member): string {
  const ending = defaultValue === undefined ? "" : ` Default: \`${defaultValue}\`.`;
  return `| \`${name}\` | \`${type.replaceAll("|", "\\|")}\` | ${text.replaceAll("|", "\\|")}${ending} |`;
}

function whatStopsWhatTable(): string {
  const rows = Object.values(whatStopsWhat).map(
    ({ title, verdicts }) =>
      `| ${title} | ${gateKinds.map((kind) => verdicts[kind]).join(" | ")} |`,
  );
  const head = `| | ${gateKinds.map((kind) => `\`${kind}\``).join(" | ")} |`;
  return [head, "|---|---|---|---|", ...rows].join("\n");
}

function table(name: string): string {
  if (name === "whatStopsWhat") return whatStopsWhatTable();
  const file = sources[name];
  if (file === undefined)
    throw new Error(`README asks for a table of ${name}, which has no source.`);
  return ["| name | type | meaning |", "|---|---|---|", ...membersOf(file, name).map(row)].join(
    "\n",
  );
}

/** README with its tables made anew. */
export async function renderReadme(): Promise<string> {
  const text = await readFile(readme, "utf8");
  const filled = text.replaceAll(
    /(<!-- reference: (\w+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => `${start}\n\n${table(name)}\n\n${end}`,
  );
  const options = await resolveConfig(readme);
  return format(filled, { ...options, filepath: readme });
}

async function main(): Promise<void> {
  await writeFile(readme, await renderReadme());
}

if (require.main === module) void main();
