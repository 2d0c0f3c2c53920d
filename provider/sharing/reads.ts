// Reads that several calls share. Nothing is kept: what was read is handed out, and forgotten.

import { setMaxListeners } from "node:events";
import type { ListKind } from "../client/listKind";
import type { RetryBudget } from "../client/retry";
import { copyOfError } from "../copyOfError";
import { IncompleteListError, RequestError, ResponseError } from "../errors";
import { readList, type ListRead } from "../listing";
import { wireQuery, type ListingQuery } from "../plan";
import type { Reader } from "../reader";
import { budgetOf, callerOf, showing, tellingAll, type Callers } from "./audience";
import { combine, partOf, type Combined } from "./combine";
import { gathered } from "./gathering";
import { perConnection } from "./perConnection";
import { share, type SharedWork } from "./sharedWork";
import { canBeJoined, keysOf, type ReadRequest, type Want } from "./want";

/** What was read, and whether another call has the same rows. */
export interface SharedRead<Row> extends ListRead<Row> {
  readonly isShared: boolean;
}

/** A want, and what its callers wait for. */
interface OpenWant extends Want {
  readonly work: SharedWork<SharedRead<unknown>>;
}

/** The reading of a listing, and the wants that are parts of it. */
interface Reading {
  readonly work: SharedWork<ListRead<unknown>>;
  readonly wants: readonly Want[];
}

/** Wants that begin together. */
interface Batch {
  readonly wants: OpenWant[];
  readonly readings: SharedWork<ReadonlyMap<Want, Reading>>;
}

/**
 * Whether a combined listing may have failed for what only one of those who share it asked for.
 * Throttles, the network, credentials and permissions are the same for all.
 */
function mayBeAnothersFault(error: unknown): boolean {
  if (error instanceof RequestError) return error.kind === "rejected";
  return error instanceof ResponseError || error instanceof IncompleteListError;
}

/** Reads a listing for all who wait for it, or for a part of it. */
async function readFor(
  { query, wants }: Combined<unknown, Want>,
  stop: AbortSignal | undefined,
): Promise<ListRead<unknown>> {
  // There are some: this begins when the first of them waits.
  const callers = wants.flatMap((want) => [...want.callers]) as [Callers[0], ...Callers[0][]];
  const [{ reader: first }] = callers;
  const budget = budgetOf(callers);
  for (const want of wants) want.budget = budget;
  const reporter = tellingAll(wants);
  const context = { budget, signal: stop, progress: reporter.progress };
  const [{ request }] = wants;
  const reader = { ...first, context, reporter };
  return readList(reader, request.kind, wireQuery(query), request.range);
}

/** Begins all that is still wanted, in as few listings as it takes. */
function begin(wants: readonly OpenWant[]): ReadonlyMap<Want, Reading> {
  const still = wants.filter(({ work }) => !work.isAbandoned);
  return new Map(
    combine(still).flatMap((listing) => {
      const work = share((stop) => readFor(listing, stop));
      return listing.wants.map((want) => [want, { work, wants: listing.wants }]);
    }),
  );
}

/** Waits for what was read; reads it for a want alone where others may have spoilt it. */
async function readingOf(
  want: Want,
  { work, wants }: Reading,
  stop: AbortSignal | undefined,
): Promise<SharedRead<unknown>> {
  const isShared = wants.length > 1;
  try {
    return { ...(await work.join(stop)), isShared };
  } catch (error) {
    if (!isShared || stop?.aborted || !mayBeAnothersFault(error)) {
      throw copyOfError(error, showing([want], wants));
    }
  }
  try {
    return { ...(await readFor({ query: want.query, wants: [want] }, stop)), isShared: false };
  } catch (error) {
    throw copyOfError(error, showing([want], [want]));
  }
}

/** Gives a want its part of what was read. */
async function answer(
  want: Want,
  reading: Reading,
  { connection }: Reader,
  stop: AbortSignal | undefined,
): Promise<SharedRead<unknown>> {
  const read = await readingOf(want, reading, stop);
  if (want.group === undefined) return read;
  const { isShared } = read;
  return { ...partOf(read, want.query, connection.completeness), isShared };
}

/** The reads of all calls that ask the same service as the same. */
class Reads {
  /** Those that can be joined, by their keys. */
  readonly #open = new Map<string, OpenWant>();
  #batch: Batch | undefined;

  async read(
    reader: Reader,
    request: ReadRequest<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<SharedRead<unknown>> {
    signal?.throwIfAborted();
    const want = this.#wantOf(reader, request);
    const caller = callerOf(reader);
    want.callers.add(caller);
    want.callerCount += 1;
    for (const secret of reader.secrets) want.secrets.add(secret);
    const joined = want.work.join(signal).finally(() => want.callers.delete(caller));
    try {
      const read = await joined;
      return { ...read, isShared: read.isShared || want.callerCount > 1 };
    } catch (error) {
      signal?.throwIfAborted();
      // One for each caller: what becomes of it there is no matter of the others.
      throw copyOfError(error);
    }
  }

  #wantOf(reader: Reader, request: ReadRequest<unknown>): OpenWant {
    const { key, group } = keysOf(request, reader);
    const open = this.#open.get(key);
    if (open?.work.isAbandoned === false && canBeJoined(open, request)) return open;
    const want: OpenWant = {
      request,
      query: request.query,
      group,
      callers: new Set(),
      secrets: new Set(),
      callerCount: 0,
      budget: undefined,
      work: share(async (stop) => {
        try {
          const { wants, readings } = this.#batchFor(reader);
          wants.push(want);
          // Whoever waits until then is among them.
          const reading = (await readings.join(stop)).get(want) as Reading;
          stop?.throwIfAborted();
          return await answer(want, reading, reader, stop);
        } finally {
          if (this.#open.get(key) === want) this.#open.delete(key);
        }
      }),
    };
    this.#open.set(key, want);
    return want;
  }

  #batchFor(reader: Reader): Batch {
    if (this.#batch?.readings.isAbandoned === false) return this.#batch;
    const wants: OpenWant[] = [];
    const readings = share(async (stop) => {
      await gathered(reader, () => wants.length, stop);
      this.#batch = undefined;
      return begin(wants);
    });
    this.#batch = { wants, readings };
    return this.#batch;
  }
}

/** Ends many reads: with the first of them that fails, or with the call. */
function joint(stop: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  const both = signal ? AbortSignal.any([stop, signal]) : stop;
  // Node warns of a leak when many listen to one signal.
  setMaxListeners(0, both);
  return both;
}

const readsOf = perConnection(() => new Reads());

/**
 * Reads lists side by side, each together with the calls that ask for it, or for a like one, at the
 * same time. When one of them fails, the others are not waited for.
 */
export async function readAll<Row>(
  reader: Reader,
  kind: ListKind<Row>,
  queries: readonly ListingQuery<Row>[],
  options: Pick<ReadRequest<Row>, "range" | "mayJoin">,
): Promise<SharedRead<Row>[]> {
  const { context } = reader;
  const { budget } = context;
  // Each spends what the call has left; time that overlaps is spent once.
  const budgets = queries.map(() => ({ ...budget }));
  const stop = new AbortController();
  const signal = queries.length === 1 ? context.signal : joint(stop.signal, context.signal);
  try {
    const reads = queries.map((query, i) => {
      const own = { ...reader, context: { ...context, budget: budgets[i] as RetryBudget } };
      return readsOf(reader).read(own, { kind, query, ...options }, signal);
    });
    // Requests of one key are of one kind of row.
    const lists = (await Promise.all(reads)) as SharedRead<Row>[];
    budget.spentMs = Math.max(budget.spentMs, ...budgets.map(({ spentMs }) => spentMs));
    return lists;
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}
