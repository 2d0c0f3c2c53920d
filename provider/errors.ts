/**
 * What kind of failure a {@link BackupsError} is. Stable across releases: programs may switch on it.
 */
export type BackupsErrorCode =
  | "InvalidArgument"
  | "Configuration"
  | "Request"
  | "Response"
  | "IncompleteList"
  | "NoQualifyingBackup"
  | "WaitTimeout";

/**
 * A frame of the SDK as its source maps name it: `node_modules/@pulumi/output.ts:516`. Node 20's
 * `util.inspect` spends half a minute on such a line before it gives up when it is to add colours,
 * and the SDK inspects every error that ends a program.
 */
const endlessFrame = /\n[^\n]*[/\\]node_modules[/\\]@[^/\\\n]+[/\\][^/\\\n]+(?=\n|$)/g;

/**
 * The base of every error this package throws; never thrown itself.
 *
 * The Pulumi engine prints the message of a `RunError` alone, without a stack. It recognises one by
 * the mark `__pulumiRunError` (pulumi/pulumi sdk/nodejs/errors.ts), so the family carries that mark
 * instead of extending the SDK's class: the core needs no engine, and two copies of the SDK in one
 * process make no difference.
 */
export abstract class BackupsError extends Error {
  /** What kind of failure this is. */
  readonly code: BackupsErrorCode;

  protected constructor(code: BackupsErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    if (this.stack !== undefined) this.stack = this.stack.replaceAll(endlessFrame, "");
  }

  /** Whether `value` is an error of this package, whichever copy of the package made it. */
  static isInstance(value: unknown): value is BackupsError {
    return value instanceof Error && "__computenestError" in value;
  }
}
// On the prototype and not enumerable, so that neither mark shows when an error is inspected.
Object.defineProperties(BackupsError.prototype, {
  __pulumiRunError: { value: true },
  __computenestError: { value: true },
});

function named(constructor: { prototype: Error }, name: string): void {
  Object.defineProperty(constructor.prototype, "name", { value: name, configurable: true });
}

/** One thing wrong with the arguments of a call. */
export interface ArgumentProblem {
  /** Where, as the caller wrote it: `filters[1].values`. */
  readonly property: string;
  /** What is wrong there: the value, and what is expected instead. */
  readonly reason: string;
}

/** A list of thousands may be wrong in each of its elements. */
const mostNamed = 20;

/**
 * The arguments of a call are not valid. Thrown before any request, with everything that is wrong
 * in one error (the message names the first twenty). Whose turn: the author of the program.
 */
export class InvalidArgumentError extends BackupsError {
  /** Everything that is wrong, in the order of the arguments. */
  readonly problems: readonly ArgumentProblem[];

  constructor(functionName: string, problems: readonly ArgumentProblem[]) {
    const count = problems.length === 1 ? "an invalid argument" : "invalid arguments";
    const named = problems
      .slice(0, mostNamed)
      .map(({ property, reason }) => `${property} ${reason}`)
      .join("; ");
    const rest = problems.length - mostNamed;
    const more = rest > 0 ? `; and ${rest} more problems` : "";
    super("InvalidArgument", `${functionName} was given ${count}: ${named}${more}.`);
    this.problems = problems;
  }
}
named(InvalidArgumentError, "InvalidArgumentError");

/**
 * A setting (region, credentials, endpoint, timeout …) is missing, contradictory or unreadable.
 * Whose turn: whoever runs the program.
 */
export class ConfigurationError extends BackupsError {
  constructor(message: string, options?: { cause?: unknown }) {
    super("Configuration", message, options);
  }
}
named(ConfigurationError, "ConfigurationError");

/**
 * Why a request got no answer that could be used: `denied` (no permission, bad key), `throttled`
 * (too many requests, for the whole time budget), `unavailable` (the service or the way to it is
 * down), `rejected` (the service refuses the request itself).
 */
export type RequestErrorKind = "denied" | "throttled" | "unavailable" | "rejected";

/** What is known of a failed request. */
export interface RequestErrorDetails {
  readonly kind: RequestErrorKind;
  /** The service's own code, e.g. `Forbidden.RAM`, when it gave one. */
  readonly serviceCode?: string | undefined;
  /** HTTP status, when there was an answer. */
  readonly httpStatus?: number | undefined;
  /** The service's id of the request, for its support. */
  readonly requestId?: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
  readonly cause?: unknown;
}

/** The service could not be asked, or refused. Whose turn: see {@link RequestErrorKind}. */
export class RequestError extends BackupsError {
  readonly kind: RequestErrorKind;
  readonly serviceCode: string | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number;

  constructor(message: string, details: RequestErrorDetails) {
    super("Request", message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.serviceCode = details.serviceCode;
    this.httpStatus = details.httpStatus;
    this.requestId = details.requestId;
    this.attempts = details.attempts;
  }
}
named(RequestError, "RequestError");

/**
 * The service answered with something that is not a page of backups. Whose turn: whoever runs the
 * service, or a proxy on the way to it.
 */
export class ResponseError extends BackupsError {
  /** Which page of the listing, counted from 1. */
  readonly page: number | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, details: { page?: number; requestId?: string | undefined } = {}) {
    super("Response", message);
    this.page = details.page;
    this.requestId = details.requestId;
  }
}
named(ResponseError, "ResponseError");

/**
 * The pages of a listing did not add up, each time it was read: rows may be missing. A partial list
 * is never returned in its place. Whose turn: whoever runs the program; once more, or with the
 * setting `completeness`.
 */
export class IncompleteListError extends BackupsError {
  /** How many distinct backups were read the last time. */
  readonly readCount: number;
  /** What the service said there are, the last time, if it said. */
  readonly totalCount: number | undefined;

  constructor(message: string, counts: { readCount: number; totalCount: number | undefined }) {
    super("IncompleteList", message);
    this.readCount = counts.readCount;
    this.totalCount = counts.totalCount;
  }
}
named(IncompleteListError, "IncompleteListError");

/** A backup that was looked at, and why it does not count. */
export interface SeenBackup {
  readonly backupId: string;
  readonly serviceInstanceId: string;
  readonly status: string;
  /** What speaks against it besides its status; empty when the status alone does. */
  readonly reasons: readonly string[];
}

/**
 * There is no backup to rely on: none at all, or none that fulfils what was asked for. Whose turn:
 * whoever is responsible for the backups. Never thrown for a service that could not be asked.
 */
export class NoQualifyingBackupError extends BackupsError {
  /** Every backup that was looked at, newest first; none where the arguments were secret. */
  readonly seen: readonly SeenBackup[];

  constructor(message: string, seen: readonly SeenBackup[]) {
    super("NoQualifyingBackup", message);
    this.seen = seen;
  }
}
named(NoQualifyingBackupError, "NoQualifyingBackupError");

/**
 * `waitTimeout` was over while a backup that may qualify was still being made. Whose turn: whoever is
 * responsible for the backups.
 */
export class WaitTimeoutError extends BackupsError {
  /** Every backup that was looked at, newest first; none where the arguments were secret. */
  readonly seen: readonly SeenBackup[];

  constructor(message: string, seen: readonly SeenBackup[]) {
    super("WaitTimeout", message);
    this.seen = seen;
  }
}
named(WaitTimeoutError, "WaitTimeoutError");
