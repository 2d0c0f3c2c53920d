// Which ids a long list has brought is all that a stream of it has to keep. A Set would keep a million
// texts as a million objects, which the garbage collector moves and marks again and again; here they
// are bytes in blocks, and a table of numbers to find them by. Measured with 1,000,000 ids of 27
// characters: less memory, and half of the time.

/** The most bytes of one text: its length is kept in one byte. */
const longest = 255;
const blockBits = 13;
const blockBytes = 1 << blockBits;

/** A set of texts, exact as a Set is; it cannot forget any. */
export class TextSet {
  /**
   * Pairs: the hash of a text, and where its length and its bytes are, counted from 1. By hash, then on to
   * the next free pair, whose place is 0. Side by side, so that a look at one is one at the other.
   */
  #table = new Uint32Array(512);
  readonly #blocks: Uint8Array[] = [];
  #end = 0;
  #count = 0;
  /** Hashes and places of texts that are added together. */
  #hashes = new Uint32Array(128);
  #places = new Uint32Array(128);
  /** What was read last, kept only because a compiler leaves out what nobody has a use for. */
  protected fetched = 0;
  /** Texts that are too long, or not of one byte for each character. */
  readonly #others = new Set<string>();

  get size(): number {
    return this.#count + this.#others.size;
  }

  has(text: string): boolean {
    const hash = this.#write(text, this.#placeFor(text));
    return hash === 0 ? this.#others.has(text) : this.#table[this.#find(text, hash) + 1] !== 0;
  }

  /** Whether it was new. */
  add(text: string): boolean {
    return this.addEach([text], (one) => one).length > 0;
  }

  /**
   * Adds a text of each item, one after another, and returns the items whose text was new. Better than one
   * by one: a large table is far from what the processor has at hand, but it fetches many places at a
   * time where nothing waits for the first.
   */
  addEach<T>(items: readonly T[], textOf: (item: T) => string): T[] {
    const { length } = items;
    if (length > this.#hashes.length) {
      this.#hashes = new Uint32Array(length);
      this.#places = new Uint32Array(length);
    }
    const before = this.#end;
    for (let i = 0; i < length; i += 1) this.#prepare(textOf(items[i] as T), i);
    this.#fetch(length);
    // What is here already was written in vain, and is written over where nothing new is behind it.
    this.#end = before;
    const fresh: T[] = [];
    for (let i = 0; i < length; i += 1) {
      if (this.#note(textOf(items[i] as T), i)) fresh.push(items[i] as T);
    }
    return fresh;
  }

  /** Writes a text down as the next one. */
  #prepare(text: string, i: number): void {
    const place = this.#placeFor(text);
    const hash = this.#write(text, place);
    this.#hashes[i] = hash;
    this.#places[i] = place;
    if (hash !== 0) this.#end = place + 1 + text.length;
  }

  /** Reads all that will be looked at, with nothing in between. */
  #fetch(length: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let all = 0;
    for (let i = 0; i < length; i += 1) {
      all |= table[((this.#hashes[i] as number) << 1) & mask] as number;
    }
    this.fetched = all;
  }

  /** Takes a text in that has been written, unless it is here already. */
  #note(text: string, i: number): boolean {
    const hash = this.#hashes[i] as number;
    if (hash === 0) {
      const before = this.#others.size;
      return this.#others.add(text).size > before;
    }
    const at = this.#find(text, hash);
    if (this.#table[at + 1] !== 0) return false;
    this.#table[at] = hash;
    const place = this.#places[i] as number;
    this.#table[at + 1] = place + 1;
    this.#end = place + 1 + text.length;
    this.#count += 1;
    // A table that is more than half full takes long to search.
    if (this.#count * 4 > this.#table.length) this.#rehash();
    return true;
  }

  /** Where in the table a text is, or would be. */
  #find(text: string, hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let at = (hash << 1) & mask;
    for (let place = table[at + 1]; place; place = table[at + 1]) {
      if (table[at] === hash && this.#isAt(text, place - 1)) break;
      at = (at + 2) & mask;
    }
    return at;
  }

  #isAt(text: string, place: number): boolean {
    const block = this.#blocks[place >>> blockBits] as Uint8Array;
    const at = place & (blockBytes - 1);
    if (block[at] !== text.length) return false;
    for (let i = 0; i < text.length; i += 1) {
      if (block[at + 1 + i] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  /** Behind the last text, if it fits into the block: none goes over the end of one. */
  #placeFor({ length }: string): number {
    const used = this.#end & (blockBytes - 1);
    const fits = used + 1 + length <= blockBytes;
    return fits ? this.#end : this.#end - used + blockBytes;
  }

  /**
   * Writes a text where the next one goes and returns its hash, in one go: one that turns out to be here
   * already is written over. 0: not kept as bytes, as it does not fit into them or is too long.
   */
  #write(text: string, place: number): number {
    const { length } = text;
    if (length > longest) return 0;
    const block = (this.#blocks[place >>> blockBits] ??= new Uint8Array(blockBytes));
    let at = place & (blockBytes - 1);
    block[at] = length;
    // After FNV-1a, by four characters where there are as many.
    let hash = 0x811c9dc5;
    let all = 0;
    let i = 0;
    for (; i + 3 < length; i += 4) {
      const a = text.charCodeAt(i);
      const b = text.charCodeAt(i + 1);
      const c = text.charCodeAt(i + 2);
      const d = text.charCodeAt(i + 3);
      all |= a | b | c | d;
      hash = Math.imul(hash ^ (a | (b << 8) | (c << 16) | (d << 24)), 0x01000193);
      hash ^= hash >>> 15;
      block[at + 1] = a;
      block[at + 2] = b;
      block[at + 3] = c;
      block[(at += 4)] = d;
    }
    for (; i < length; i += 1) {
      const code = text.charCodeAt(i);
      all |= code;
      hash = Math.imul(hash ^ code, 0x01000193);
      block[(at += 1)] = code;
    }
    return all > 0xff ? 0 : mixed(hash);
  }

  #rehash(): void {
    const old = this.#table;
    const table = new Uint32Array(old.length * 2);
    const mask = table.length - 1;
    for (let from = 0; from < old.length; from += 2) {
      const place = old[from + 1] as number;
      if (place === 0) continue;
      const hash = old[from] as number;
      let at = (hash << 1) & mask;
      while (table[at + 1] !== 0) at = (at + 2) & mask;
      table[at] = hash;
      table[at + 1] = place;
    }
    this.#table = table;
  }
}

/** Its last bits, by which a place is chosen, depend on all of it. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) >>> 0;
}
