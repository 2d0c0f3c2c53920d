/**
 * The members of groups that come one after another, one by one. An async generator would do, but
 * makes three promises for each member where one is enough.
 */
export class OneByOne<T> implements AsyncIterableIterator<T, undefined> {
  readonly #groups: AsyncGenerator<readonly T[], void, undefined>;
  #group: readonly T[] = [];
  #taken = 0;
  /** Calls that wait for a group, or for a call that does. */
  #waiting = 0;
  /** Settles when they have been answered. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(groups: AsyncGenerator<readonly T[], void, undefined>) {
    this.#groups = groups;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#waiting === 0 && this.#taken < this.#group.length) {
      return Promise.resolve(this.#take());
    }
    return this.#inTurn(() => this.#find());
  }

  /** Ends the iteration; the groups end with it. */
  return(): Promise<IteratorResult<T, undefined>> {
    return this.#inTurn(async () => {
      this.#group = [];
      await this.#groups.return();
      return { done: true, value: undefined };
    });
  }

  #take(): IteratorResult<T, undefined> {
    const value = this.#group[this.#taken] as T;
    this.#taken += 1;
    return { done: false, value };
  }

  async #find(): Promise<IteratorResult<T, undefined>> {
    while (this.#taken >= this.#group.length) {
      const next = await this.#groups.next();
      if (next.done) return { done: true, value: undefined };
      this.#group = next.value;
      this.#taken = 0;
    }
    return this.#take();
  }

  /** After the calls before it: who asks twice at a time gets one member after the other. */
  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    this.#waiting += 1;
    const answer = this.#last.then(work);
    this.#last = answer.catch(() => undefined);
    // One of its own: an error that nobody waits for is not to be lost.
    return answer.finally(() => {
      this.#waiting -= 1;
    });
  }
}
