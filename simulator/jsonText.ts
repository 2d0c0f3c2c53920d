/** Where a text stops being JSON, as `line:column` from 1; undefined if it never does. */
export function jsonErrorPosition(text: string): string | undefined {
  // JSON.parse says where in some versions of Node only, and in some cases only.
  try {
    const end = skipSpace(text, skipValue(text, 0));
    if (end < text.length) throw new Stop(end);
    return undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const lines = text.slice(0, error.at).split("\n");
    return `${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
  }
}

class Stop extends Error {
  readonly at: number;

  constructor(at: number) {
    super("not JSON");
    this.at = at;
  }
}

const space = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw new Stop(at);
  return pattern.lastIndex;
}

function skipSpace(text: string, at: number): number {
  return skip(space, text, at);
}

function skipValue(text: string, before: number): number {
  const at = skipSpace(text, before);
  if (text[at] === "[") return skipItems(text, at + 1, "]", skipValue);
  if (text[at] === "{") return skipItems(text, at + 1, "}", skipMember);
  return skip(text[at] === '"' ? string : scalar, text, at);
}

function skipMember(text: string, before: number): number {
  const colon = skipSpace(text, skip(string, text, skipSpace(text, before)));
  if (text[colon] !== ":") throw new Stop(colon);
  return skipValue(text, colon + 1);
}

function skipItems(
  text: string,
  before: number,
  close: string,
  skipItem: (text: string, at: number) => number,
): number {
  let at = skipSpace(text, before);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = skipSpace(text, skipItem(text, at));
    if (text[at] === close) return at + 1;
    if (text[at] !== ",") throw new Stop(at);
    at += 1;
  }
}
