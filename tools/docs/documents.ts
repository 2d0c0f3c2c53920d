// `npm run docs`: fills in what the documents show of other files. Between `<!-- KIND: NAME -->` and
// `<!-- end -->` stands a table (`reference`), a program that the tests run (`file`, or in tabs
// `program`), or what a terminal showed (`output`, perhaps only the paragraph that begins so).

import { readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { chinese, english, type Language } from "./language";
import { tabs, type Documented } from "./programs";
import { table } from "./tables";

/** The folder that all paths in documents start from. */
export const repository = resolve(__dirname, "..", "..");

/** The documents with something to fill in, and their languages. */
export const documents: Readonly<Record<string, () => Language>> = {
  "README.md": () => english,
  "README.zh-CN.md": chinese,
  "docs/_index.md": () => english,
  "docs/installation-configuration.md": () => english,
};

const fences: Readonly<Record<string, string>> = { ".py": "python", ".yaml": "yaml", ".ts": "ts" };

function read(path: string): string {
  return readFileSync(join(repository, path), "utf8").trimEnd();
}

function fenced(text: string, language: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A program; a first comment that tells what it is would say again what the document says. */
function program(path: string): string {
  return fenced(read(path).replace(/^\/\/.*\n(?:\/\/.*\n)*\n/, ""), fences[extname(path)] ?? "");
}

/** What a terminal showed: all of it, or the paragraph whose first line begins so. */
function output(what: string): string {
  const [path = "", ...words] = what.split(" ");
  const beginning = words.join(" ");
  const paragraphs = read(path).split(/\n(?=\n)|\n(?=\S+:\n)/);
  const found = paragraphs.find((text) => text.trimStart().startsWith(beginning));
  if (found === undefined) throw new Error(`${path} has no paragraph "${beginning}".`);
  return fenced(beginning === "" ? read(path) : found.trim(), "");
}

function filling(kind: string, name: string, language: Language): string {
  if (kind === "reference") return table(name, language);
  if (kind === "program") return tabs(name as Documented);
  return kind === "file" ? program(name) : output(name);
}

/** Prettier pads the columns of tables, here to hundreds of spaces. */
function withoutPadding(text: string): string {
  const parts = text.split(/^(```[\s\S]*?^```)$/m);
  const narrow = (line: string) =>
    line.replaceAll(/ {2,}(?=\|)/g, " ").replaceAll(/\| -{3,}(?= \|)/g, "| ---");
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/^\|.*$/gm, narrow)))
    .join("");
}

/** A document as it should be. */
export async function render(document: string, language: Language): Promise<string> {
  const path = join(repository, document);
  const filled = readFileSync(path, "utf8").replaceAll(
    /(<!-- (reference|file|program|output): (.+?) -->)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, kind: string, name: string, end: string) =>
      `${start}\n\n${filling(kind, name, language)}\n\n${end}`,
  );
  const options = await resolveConfig(path);
  return withoutPadding(await format(filled, { ...options, filepath: path }));
}

async function main(): Promise<void> {
  for (const [document, language] of Object.entries(documents)) {
    writeFileSync(join(repository, document), await render(document, language()));
  }
}

if (require.main === module) void main();
