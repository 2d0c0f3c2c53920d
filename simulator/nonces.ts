/** Remembers which signature nonces were used, as long as a request with them could be accepted. */
export interface NonceMemory {
  /** Notes a nonce; false if it was used before. */
  use(nonce: string): boolean;
  /** How many are remembered. */
  readonly size: number;
}

/**
 * Creates an empty memory.
 *
 * A replay older than `keepMs` is refused by its date anyway, so older nonces are let go: a server
 * that runs for weeks stays small.
 */
export function createNonceMemory(clock: () => number, keepMs: number): NonceMemory {
  const usedAt = new Map<string, number>();

  return {
    use(nonce) {
      const now = clock();
      // A Map iterates in the order of insertion, so the oldest come first.
      for (const [old, at] of usedAt) {
        if (at + keepMs >= now) break;
        usedAt.delete(old);
      }
      if (usedAt.has(nonce)) return false;
      usedAt.set(nonce, now);
      return true;
    },
    get size() {
      return usedAt.size;
    },
  };
}
