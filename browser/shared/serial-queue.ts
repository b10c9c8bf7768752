// Runs asynchronous operations one after the other.

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` after everything that was queued before, whether that succeeded or not. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
