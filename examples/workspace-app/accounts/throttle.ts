/** Throttle: a bound on how often something may be tried. */

/** Counts failures by key for a quarter of an hour. Kept in this process. */
export class Throttle {
  readonly #most: number;
  readonly #window: number;
  readonly #failures = new Map<string, { count: number; readonly until: number }>();

  constructor(most = 10, minutes = 15) {
    this.#most = most;
    this.#window = minutes * 60_000;
  }

  /** Whether there have been too many failures. */
  isBlocked(key: string): boolean {
    const failures = this.#failures.get(key);
    return failures !== undefined && failures.until > Date.now() && failures.count >= this.#most;
  }

  failed(key: string): void {
    const now = Date.now();
    const failures = this.#failures.get(key);
    if (failures !== undefined && failures.until > now) failures.count++;
    else this.#failures.set(key, { count: 1, until: now + this.#window });
    if (this.#failures.size > 10_000) this.#forget(now);
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }

  /** Drops what is over, and else the oldest: nobody fills the memory with made-up keys. */
  #forget(now: number): void {
    for (const [key, { until }] of this.#failures) {
      if (until <= now || this.#failures.size > 9_000) this.#failures.delete(key);
    }
  }
}
