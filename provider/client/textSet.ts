// Which ids a long list has brought is all that a stream of it has to keep. A Set would keep a million
// texts as a million objects, which the garbage collector moves and marks again and again; here they
// are bytes in blocks, and a table of numbers to find them by. Measured with 1,000,000 ids of 27
// characters: less memory, and half of the time.

/** The most bytes of one text: its length is kept in one byte. */
const longest = 255;
const blockBits = 13;
const blockBytes = 1 << blockBits;

function grown(numbers: Uint32Array) {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/** A set of texts, exact as a Set is; it cannot forget any. */
export class TextSet {
  /** By hash, then on to the next free place: 0, or the number of a text, from 1. */
  #table = new Uint32Array(256);
  /** By number: the hash of a text, and where its length and its bytes are. */
  #hashes = new Uint32Array(128);
  #places = new Uint32Array(128);
  readonly #blocks: Uint8Array[] = [];
  #end = 0;
  #count = 0;
  /** Texts that are too long, or not of one byte for each character. */
  readonly #others = new Set<string>();

  get size(): number {
    return this.#count + this.#others.size;
  }

  has(text: string): boolean {
    const hash = this.#write(text, this.#placeFor(text));
    if (hash === undefined) return this.#others.has(text);
    return this.#table[this.#find(text, hash)] !== 0;
  }

  /** Whether it was new. */
  add(text: string): boolean {
    const place = this.#placeFor(text);
    const hash = this.#write(text, place);
    if (hash === undefined) {
      const before = this.#others.size;
      return this.#others.add(text).size > before;
    }
    const at = this.#find(text, hash);
    if (this.#table[at] !== 0) return false;
    this.#end = place + 1 + text.length;
    this.#count += 1;
    if (this.#count === this.#hashes.length) {
      this.#hashes = grown(this.#hashes);
      this.#places = grown(this.#places);
    }
    this.#hashes[this.#count] = hash;
    this.#places[this.#count] = place;
    this.#table[at] = this.#count;
    // A table that is more than half full takes long to search.
    if (this.#count * 2 > this.#table.length) this.#rehash();
    return true;
  }

  /** Where in the table a text is, or would be. */
  #find(text: string, hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let at = hash & mask;
    for (let number = table[at]; number; number = table[at]) {
      if (this.#hashes[number] === hash && this.#isAt(text, this.#places[number] as number)) break;
      at = (at + 1) & mask;
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
   * Writes a text where the next one goes and returns its hash, in one go: a text that is here already
   * is written over by the next. Undefined: it does not fit into bytes, or is too long.
   */
  #write(text: string, place: number): number | undefined {
    const { length } = text;
    if (length > longest) return undefined;
    const block = (this.#blocks[place >>> blockBits] ??= new Uint8Array(blockBytes));
    let at = place & (blockBytes - 1);
    block[at] = length;
    // FNV-1a.
    let hash = 0x811c9dc5;
    let all = 0;
    for (let i = 0; i < length; i += 1) {
      const code = text.charCodeAt(i);
      all |= code;
      hash = Math.imul(hash ^ code, 0x01000193);
      block[(at += 1)] = code;
    }
    return all > 0xff ? undefined : mixed(hash);
  }

  #rehash(): void {
    const table = new Uint32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let number = 1; number <= this.#count; number += 1) {
      let at = (this.#hashes[number] as number) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = number;
    }
    this.#table = table;
  }
}

/** Its last bits, by which a place is chosen, depend on all of it. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) >>> 0;
}
