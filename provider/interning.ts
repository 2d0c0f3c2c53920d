// A list repeats ids of service instances and descriptions again and again, and each comes over the
// wire as a text of its own. Kept once, they are a quarter of a long list's memory.

/** A power of two. */
const places = 4096;
/** Longer texts are seldom repeated, and would be kept for long. */
const longest = 256;

/** The latest text of each place; another one that belongs there takes it over. */
const recent = new Array<string | undefined>(places);

/** A text, or an equal one that came before. */
export function interned(text: string): string {
  const { length } = text;
  if (length > longest) return text;
  // The ends differ most, in ids at least; a hash of it all would take longer than the comparison.
  const ending =
    (text.charCodeAt(length - 1) * 31 + text.charCodeAt(length - 2)) * 31 +
    text.charCodeAt(length - 3);
  const place = (ending * 31 + length) & (places - 1);
  const known = recent[place];
  if (known === text) return known;
  recent[place] = text;
  return text;
}
