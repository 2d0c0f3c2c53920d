// The languages of the documents. English is what the docstrings have; the Chinese of each of their
// sentences is in zh-CN.json, under the English text as it is. A docstring that changes loses its
// translation, so that nobody forgets to look at it.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the Chinese is. */
export const translationsFile = join(__dirname, "zh-CN.json");

/** A language that documents are written in. */
export interface Language {
  /** A text of the docstrings in this language. */
  readonly say: (english: string) => string;
  /** How the parts of one cell follow each other. */
  readonly space: string;
}

/** The docstrings as they are. */
export const english: Language = { say: (text) => text, space: " " };

/** Chinese, which remembers what was asked for: the rest of the file is out of date. */
export function chinese(): Language & {
  readonly missing: ReadonlySet<string>;
  unused(): string[];
} {
  const known = JSON.parse(readFileSync(translationsFile, "utf8")) as Record<string, string>;
  const used = new Set<string>();
  const missing = new Set<string>();
  return {
    space: "",
    missing,
    say(text) {
      used.add(text);
      const translated = known[text];
      if (translated === undefined || translated === "") missing.add(text);
      return translated ?? text;
    },
    unused: () => Object.keys(known).filter((text) => !used.has(text)),
  };
}
