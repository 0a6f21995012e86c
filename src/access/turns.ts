/** Turns: work of the same name, one piece after the other. */

/** Who waits for whom in this process. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does work once all earlier work of that name has ended, well or not. */
  run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(name, mine);
    const end = (): void => {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    };
    mine.then(end, end);
    return mine;
  }
}
