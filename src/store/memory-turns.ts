/** Turns: the writes of one tenant, one after the other. */
import { ScimError } from "../error.ts";

/** Beyond it, timers fire at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * A queue of one: whoever takes a turn has it until its promise settles, `beforeCommit` included, so that two updates
 * never start from the same state.
 */
export class Turns {
  readonly #patience: number;
  #last: Promise<void> | undefined;

  /** @param patience - milliseconds that a write waits for its turn */
  constructor(patience: number) {
    this.#patience = Math.min(patience, longestTimer);
  }

  /**
   * Runs `work` when everything before it has ended.
   *
   * @throws ScimError 503 when that takes too long. A hook that writes to the tenant whose write it is part of would
   *   wait for itself for ever.
   */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise: mine, resolve: end } = withResolvers();
    this.#last = mine;
    if (before !== undefined && !(await endsWithin(this.#patience, before))) {
      void before.then(end);
      throw ScimError.unavailable("Other changes are taking too long to finish. Nothing was written; try again later.");
    }
    try {
      return await work();
    } finally {
      if (this.#last === mine) this.#last = undefined;
      end();
    }
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

function endsWithin(milliseconds: number, promise: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    void promise.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
