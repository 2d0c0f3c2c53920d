// The tables of the documents, from the docstrings and from the data that tests hold the engine to:
// what an editor shows and what README says is one text.

import { gateKinds, whatStopsWhat } from "../../test/engine/support/whatStopsWhat";
import type { Language } from "./language";
import { choicesOf, documentationOf, membersOf, ownPropertiesOf, type Member } from "./members";

/** Interfaces that have a table, where they are, and whether they go in or come out. */
const interfaces: Readonly<Record<string, readonly [file: string, way: "in" | "out"]>> = {
  GetBackupsArgs: ["args.ts", "in"],
  Filter: ["args.ts", "in"],
  GetBackupsResult: ["result.ts", "out"],
  Backup: ["backup.ts", "out"],
  GetBackupArgs: ["getBackupArgs.ts", "in"],
  BackupGateOptions: ["backupGate.ts", "in"],
  BackupGateResourceArgs: ["gateArgs.ts", "in"],
  Settings: ["settings/settings.ts", "in"],
  AssumeRoleSettings: ["settings/settings.ts", "in"],
  AssumeRoleWithOidcSettings: ["settings/settings.ts", "in"],
};

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, head.map(() => "---"), ...rows];
  return cells.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const escaped = (text: string) => text.replaceAll("|", "\\|");

/** What holds where nothing is given: a value, or (`no waiting`) what comes of it in words. */
function defaultOf(value: string, { say }: Language): string {
  const isValue = !value.includes(" ") || value.startsWith("[");
  return say("Default: ….").replace("…", isValue ? `\`${value}\`` : say(value));
}

function meaning(member: Member, way: "in" | "out", language: Language): string {
  const { say, space } = language;
  const { text, defaultValue, isOptional } = member;
  const parts = [say(text)];
  if (way === "in" && !isOptional) parts.push(say("Required."));
  if (defaultValue !== undefined) parts.push(defaultOf(defaultValue, language));
  return parts.join(space);
}

function interfaceTable(name: string, language: Language): string {
  const [file, way] = interfaces[name] ?? [];
  if (file === undefined || way === undefined) throw new Error(`There is no table of ${name}.`);
  const { say } = language;
  const rows = membersOf(file, name).map((member) => [
    `\`${member.name}${way === "out" && member.isOptional ? "?" : ""}\``,
    `\`${escaped(member.type)}\``,
    escaped(meaning(member, way, language)),
  ]);
  return tableOf([say("name"), say("type"), say("meaning")], rows);
}

function whatStopsWhatTable({ say }: Language): string {
  const rows = Object.values(whatStopsWhat).map(({ title, verdicts }) => [
    say(title),
    ...gateKinds.map((kind) => say(verdicts[kind])),
  ]);
  return tableOf(["", ...gateKinds.map((kind) => `\`${kind}\``)], rows);
}

function errorTable({ say }: Language): string {
  const rows = choicesOf("errors.ts", "BackupsErrorCode").map((code) => {
    const name = `${code}Error`;
    const carried = ownPropertiesOf("errors.ts", name).map((property) => `\`${property}\``);
    const text = say(documentationOf("errors.ts", name));
    return [`\`${name}\``, `\`${code}\``, text, carried.join(", ")];
  });
  return tableOf([say("class"), "`code`", say("meaning"), say("carries")], rows);
}

/** The table of this name. */
export function table(name: string, language: Language): string {
  if (name === "whatStopsWhat") return whatStopsWhatTable(language);
  if (name === "errors") return errorTable(language);
  if (name === "RequestErrorKind") return language.say(documentationOf("errors.ts", name));
  return interfaceTable(name, language);
}
