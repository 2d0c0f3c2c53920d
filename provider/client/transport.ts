import type { Connection } from "../settings/connection";

/** One request of the service's RPC style: an action and its parameters. */
export interface WireRequest {
  readonly action: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What came back, whatever its status; nothing has been understood yet. */
export interface WireResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/**
 * Carries one request to the service and brings back what it answered. Signs it, follows no
 * redirect, tries once. Rejects with the signal's reason when that is aborted, and with a
 * {@link TransportError} when there is no whole answer.
 */
export interface Transport {
  send(request: WireRequest, signal: AbortSignal | undefined): Promise<WireResponse>;
}

/** There is no whole answer: no connection, a broken one, a body that is too large. */
export class TransportError extends Error {
  /** Whether asking again could help. */
  readonly retryable: boolean;
  /** What to do about it, where more is known than that the way to the service is down. */
  readonly advice: string | undefined;

  constructor(
    message: string,
    options: { retryable: boolean; advice?: string | undefined; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
    this.advice = options.advice;
  }
}

/** An answer as a whole has this many times the read timeout, which starts anew with each byte. */
const readTimeoutsToAnswer = 10;

/** How long an answer as a whole may take. */
export function answerLimitMs({ readTimeoutMs }: Pick<Connection, "readTimeoutMs">): number {
  return readTimeoutMs * readTimeoutsToAnswer;
}

/** An answer that takes longer than {@link answerLimitMs}. */
export function tooSlow(limitMs: number): TransportError {
  const reason = `the answer was not complete within ${limitMs} ms`;
  return new TransportError(reason, { retryable: true });
}

/** The largest body that is read, after unpacking: 100 backups take some 50 KB. */
export const maxBodyBytes = 64 * 1024 * 1024;

/** The largest headers that are read, all together: the service's take 1 KB. */
export const maxHeaderBytes = 16 * 1024;

/** A body that goes beyond {@link maxBodyBytes}. */
export function tooLarge(): TransportError {
  const megabytes = maxBodyBytes / 1024 / 1024;
  return new TransportError(`the answer is larger than ${megabytes} MiB`, { retryable: false });
}

/** The version of the API that this package speaks. */
export const apiVersion = "2021-06-01";
