/** Turns: the writes of one tenant, one after the other. */
import { ScimError } from "../error.ts";

/** Beyond it, timers fire at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * A queue of one: whoever takes a turn has it until it passes it on, after `beforeCommit`, so that two updates never start
 * from the same state.
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
   * Gives the caller its turn, who passes it on when it has ended, however that is.
   *
   * @returns undefined if it has it already; else a promise that settles when everything before has ended
   * @throws ScimError 503 (the promise) when that takes too long. A hook that writes to the tenant whose write it is part
   *   of would wait for itself for ever.
   */
  take(): Promise<void> | undefined {
    if (this.#isTaken) return this.#next();
    this.#isTaken = true;
    return undefined;
  }

  /** Ends the caller's turn. */
  pass(): void {
    for (const go of this.#waiting) {
      this.#waiting.delete(go);
      go();
      return;
    }
    this.#isTaken = false;
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
}
