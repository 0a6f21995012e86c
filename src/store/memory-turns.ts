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
  /** In the order in which they came; calling one gives it its turn. */
  readonly #waiting = new Set<() => void>();
  #isTaken = false;

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
    if (this.#isTaken) await this.#next();
    this.#isTaken = true;
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  /** Settles when the turn is passed on to the caller; it is never free in between. */
  #next(): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(go);
        reject(
          ScimError.unavailable("Other changes are taking too long to finish. Nothing was written; try again later."),
        );
      }, this.#patience);
      this.#waiting.add(go);
    });
  }

  #pass(): void {
    for (const go of this.#waiting) {
      this.#waiting.delete(go);
      go();
      return;
    }
    this.#isTaken = false;
  }
}
