import { createHmac, randomBytes } from "node:crypto";

import { sameText } from "./signature";

/** Makes and reads the tokens that stand for the place where the next page begins. */
export interface Tokens {
  /**
   * A token for a place in the answer to a query: always the same one, unless a fresh one is asked
   * for.
   */
  issue(query: string, offset: number, fresh?: "fresh"): string;
  /** The place a token stands for; undefined if it was altered or belongs to another query. */
  read(query: string, token: string): number | undefined;
  /** The place a token claims to stand for, unverified. */
  claimedOffset(token: string): number | undefined;
}

// version (4 bytes), salt (16), offset (4), authentication code (32): with base64's padding, a
// token has the length and the characters (+ / =) that the service's own have.
const version = Buffer.from([0, 0, 0, 1]);
const saltBytes = 16;
const offsetAt = version.length + saltBytes;
const codeAt = offsetAt + 4;
const tokenBytes = codeAt + 32;

/** Creates tokens under a key of their own: those of another simulator are foreign to it. */
export function createTokens(key: Buffer = randomBytes(32)): Tokens {
  const code = (query: string, place: Buffer) =>
    createHmac("sha256", key).update(place).update(query).digest();

  return {
    issue(query, offset, fresh) {
      const place = Buffer.alloc(codeAt);
      version.copy(place);
      if (fresh === "fresh") randomBytes(saltBytes).copy(place, version.length);
      place.writeUInt32BE(offset, offsetAt);
      return Buffer.concat([place, code(query, place)]).toString("base64");
    },
    read(query, token) {
      const bytes = Buffer.from(token, "base64");
      if (bytes.length !== tokenBytes) return undefined;
      const place = bytes.subarray(0, codeAt);
      const expected = Buffer.concat([place, code(query, place)]).toString("base64");
      // The texts, not the bytes: base64 forgives strange characters, the service would not.
      return sameText(token, expected) ? bytes.readUInt32BE(offsetAt) : undefined;
    },
    claimedOffset(token) {
      const bytes = Buffer.from(token, "base64");
      return bytes.length === tokenBytes ? bytes.readUInt32BE(offsetAt) : undefined;
    },
  };
}
