/** Random choices that are the same for the same seed, on every machine. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of the items. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** So many hexadecimal digits. */
  hex(digits: number): string;
}

/** Creates a source of random choices: mulberry32, small and good enough for sample data. */
export function createRandom(seed: number): Random {
  let state = seed | 0;

  const random: Random = {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    between: (low, high) => low + Math.floor(random.next() * (high - low + 1)),
    pick: (items) => items[random.between(0, items.length - 1)] ?? items[0],
    hex(digits) {
      let text = "";
      while (text.length < digits)
        text += random
          .between(0, 2 ** 32 - 1)
          .toString(16)
          .padStart(8, "0");
      return text.slice(0, digits);
    },
  };
  return random;
}
