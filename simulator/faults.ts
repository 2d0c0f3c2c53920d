import type { AnswerJson } from "./actions";

/** Which requests a fault strikes; everything absent matches. */
export interface FaultMatch {
  readonly action?: string;
  /** The page asked for, from 1. */
  readonly page?: number;
  /** Strikes from the n-th request on that matches the rest, counted since the fault was added. */
  readonly request?: number;
}

interface FaultBase {
  readonly on?: FaultMatch;
  /** How many requests it strikes; Infinity for all. @default 1 */
  readonly times?: number;
}

/**
 * A refusal instead of the answer.
 *
 * - `throttle`: `Throttling.User`, HTTP 400, with `x-acs-retry-after` if `retryAfterMs` is given.
 * - `status`: any HTTP status; the body is the service's JSON error unless `body` is given (with
 *   `contentType`: an HTML page of a proxy, an XML error).
 * - `errorBody`: HTTP 200 with `{Code, Message}`, as some products answer a denial.
 * - `redirect`: to `location`.
 * - `rejectToken`: `InvalidParameter.NextToken`.
 * - `expiredToken`: `InvalidSecurityToken.Expired`.
 * - `nonceUsed`: `SignatureNonceUsed`.
 */
export type RefusalFault = FaultBase &
  (
    | {
        readonly kind: "throttle";
        readonly retryAfterMs?: number;
        readonly code?: string;
        readonly status?: number;
      }
    | {
        readonly kind: "status";
        readonly status: number;
        readonly code?: string;
        readonly message?: string;
        readonly body?: string;
        readonly contentType?: string;
      }
    | { readonly kind: "errorBody"; readonly code?: string; readonly message?: string }
    | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
    | { readonly kind: "rejectToken" | "expiredToken" | "nonceUsed" }
  );

/**
 * The right answer, broken on its way.
 *
 * - `resetBeforeHeaders`: the connection is reset and nothing is sent.
 * - `resetDuringHeaders`: the status line and part of a header, then the connection ends.
 * - `resetDuringBody`: half of the body, then the connection ends.
 * - `truncatedJson`: half of the body, as if it were the whole.
 * - `emptyBody`: HTTP status and headers, no body.
 * - `slowFirstByte`: nothing for `delayMs`, then all.
 * - `slowBody`: the headers, then `bytes` of the body after every `delayMs`.
 * - `neverAnswer`: nothing, and the connection stays open.
 * - `hugeBody`: the answer, filled up with spaces to `bytes`, streamed without a length.
 * - `gzipBomb`: the same, gzipped.
 */
export type DeliveryFault = FaultBase &
  (
    | {
        readonly kind:
          | "resetBeforeHeaders"
          | "resetDuringHeaders"
          | "resetDuringBody"
          | "truncatedJson"
          | "emptyBody"
          | "neverAnswer";
      }
    | { readonly kind: "slowFirstByte"; readonly delayMs: number }
    | { readonly kind: "slowBody"; readonly bytes: number; readonly delayMs: number }
    | { readonly kind: "hugeBody" | "gzipBomb"; readonly bytes: number }
  );

/**
 * A good answer with wrong content.
 *
 * - `page`: `patch` laid over the answer (a field that is undefined is deleted), or a function that
 *   makes another answer of it.
 * - `repeatToken`: NextToken is that of the page just answered.
 * - `tokenCycle`: after `length` pages (default 2) NextToken leads back to the first one.
 * - `endlessEmptyPages`: no rows, and a fresh NextToken.
 * - `duplicateRow`: the page's first row stands in it twice.
 */
export type ContentFault = FaultBase &
  (
    | {
        readonly kind: "page";
        readonly patch: AnswerJson | ((answer: AnswerJson) => AnswerJson);
      }
    | { readonly kind: "tokenCycle"; readonly length?: number }
    | { readonly kind: "repeatToken" | "endlessEmptyPages" | "duplicateRow" }
  );

/** Any answer without its Date header, or with another one: `date`, whatever it says. */
export type DateFault = FaultBase &
  ({ readonly kind: "noDate" } | { readonly kind: "wrongDate"; readonly date: string });

/** Any answer gzipped, whether the client asked for it or not. */
export type EncodingFault = FaultBase & { readonly kind: "gzip" };

/** Something that goes wrong with a request that was signed correctly. */
export type Fault = RefusalFault | DeliveryFault | ContentFault | DateFault | EncodingFault;

/**
 * The faults still to come, in the order they were added.
 *
 * A request takes at most one of each group: one refusal or delivery fault, one content fault, one
 * fault of the Date, one `gzip`; so two throttles strike two requests, while a patched page can be
 * gzipped.
 * Content faults are not used up by a request that is refused.
 */
export interface Faults {
  /** Adds faults to the end. */
  add(...faults: readonly Fault[]): void;
  /** Drops all of them. */
  clear(): void;
  /** Those that can still strike. */
  readonly pending: readonly Fault[];
}
