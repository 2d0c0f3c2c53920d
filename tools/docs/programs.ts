// The programs that the schema and the pages of the Pulumi Registry show: each thing of the plugin in
// four languages. documentedPrograms.spec.ts compiles and runs them.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What there is a program of, and what that shows. */
export const documented = {
  getBackups: "The ids of a service instance's backups",
  getBackup: "A backup of the last day that will be there for three more",
  BackupGate: "A database that is changed only when there is a fresh backup",
} as const;

/** The name of one of them. */
export type Documented = keyof typeof documented;

/** The languages, by the names that Pulumi's documents have for them, and the ends of file names. */
export const languages = {
  typescript: "ts",
  python: "py",
  go: "go",
  yaml: "yaml",
} as const;

/** One of the languages. */
export type ProgramLanguage = keyof typeof languages;

/** A program, as it is shown. */
export function programOf(name: Documented, language: ProgramLanguage): string {
  const file = `${name}.${languages[language]}`;
  return readFileSync(join(__dirname, "programs", file), "utf8").trimEnd();
}

/** The program in each language, one block of code after the other. */
function blocksOf(name: Documented, framed: (language: string, block: string) => string): string {
  const all = Object.keys(languages) as ProgramLanguage[];
  return all
    .map((language) => framed(language, `\`\`\`${language}\n${programOf(name, language)}\n\`\`\``))
    .join("\n\n");
}

/** A section for the description of a function or resource in a schema. */
export function exampleSection(name: Documented): string {
  const blocks = blocksOf(name, (_, block) => block);
  return [
    "{{% examples %}}",
    "## Example Usage",
    "",
    "{{% example %}}",
    `### ${documented[name]}`,
    "",
    blocks,
    "{{% /example %}}",
    "{{% /examples %}}",
  ].join("\n");
}

/** Tabs for a page of the Pulumi Registry. */
export function tabs(name: Documented): string {
  const framed = (language: string, block: string) =>
    `{{% choosable language ${language} %}}\n\n${block}\n\n{{% /choosable %}}`;
  const names = Object.keys(languages).join(",");
  return `{{< chooser language "${names}" >}}\n\n${blocksOf(name, framed)}\n\n{{< /chooser >}}`;
}
