// HTML out of texts that nobody vouches for.

/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  // A parser would make a line feed of it.
  "\r": "&#13;",
};

function escape(text: string): string {
  // HTML has no way to say a NUL.
  return text
    .replaceAll("\0", "\u{fffd}")
    .replaceAll(/[&<>"'\r]/g, (character) => references[character] ?? character);
}

/** What may stand in a template. */
export type Part = string | number | Html | readonly Html[];

function markupOf(part: Part): string {
  if (typeof part === "string") return escape(part);
  if (typeof part === "number") return String(part);
  if (part instanceof Html) return part.text;
  return part.map(({ text }) => text).join("");
}

/** HTML from a template: what stands in it is text, in elements and in quoted attributes alike. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(markupOf)));
}

/** Nothing. */
export const nothing = new Html("");
