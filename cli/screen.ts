// What standard output and standard error are, and how text is put on them.

import { styleText } from "node:util";

/** A style of text. One at a time: of several, Node 20 ignores that a pipe wants none. */
export type Style = Extract<Parameters<typeof styleText>[0], string>;

/** Where human readers are written to. */
export interface Screen {
  /** Columns; Infinity where it is no terminal: what reads it has no edge. */
  readonly width: number;
  /** Colours a text where colours are wanted: on terminals, unless NO_COLOR or FORCE_COLOR say else. */
  paint(style: Style, text: string): string;
}

/** Standard output. */
export const screen: Screen = {
  width: process.stdout.isTTY ? process.stdout.columns || 80 : Infinity,
  paint: (style, text) => styleText(style, text, { stream: process.stdout }),
};

/** A text of the service on one line, with nothing in it that a terminal would obey. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "\u{fffd}");
}

/** Says something on standard error, as one paragraph of this command. */
export function say(message: string): void {
  process.stderr.write(`computenest-backups: ${message}\n`);
}
