// What the tests look for in documents.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where paths begin. */
export const repository = resolve(__dirname, "..", "..");

/** The text of a document. */
export function read(document: string): string {
  return readFileSync(join(repository, document), "utf8");
}

/** Every Markdown file that is kept, or is about to be. */
export function markdownFiles(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"];
  return execFileSync("git", args, { cwd: repository, encoding: "utf8" }).trim().split("\n");
}

/** A block of code in a document. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Where: `README.md:120`. */
  readonly place: string;
}

/** The blocks of code of a document. */
export function blocksOf(document: string): Block[] {
  const text = read(document);
  const found = text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm);
  return [...found].map(([, , language = "", code = ""], index) => ({
    language,
    text: code,
    place: `${document}:${lineOf(text, index)}`,
  }));
}

function lineOf(text: string, blockIndex: number): number {
  const lines = text.split("\n");
  const fences = lines.flatMap((line, at) => (/^ *```/.test(line) ? [at + 1] : []));
  return fences[blockIndex * 2] ?? 0;
}

/** A document without its blocks of code. */
export function proseOf(document: string): string {
  return read(document).replaceAll(/^( *)```\w*\n[\s\S]*?^\1```$/gm, "");
}
