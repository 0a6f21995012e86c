/** Kept: what was made of objects that cannot change, within a bound. */

/** Something made, and what it takes. */
interface Sized {
  /** Bytes, or characters. */
  readonly size: number;
}

/**
 * What was made of objects, by their identity; gone with them.
 *
 * There are two generations. What is used moves to the younger; once that is half of the bound, it becomes the older, and
 * what was not used in the meantime is forgotten.
 */
export class Kept<Value extends Sized> {
  readonly #half: number;
  #young = new WeakMap<object, Value>();
  #old = new WeakMap<object, Value>();
  #size = 0;

  /** @param most - the bound, in the unit of `size` */
  constructor(most: number) {
    this.#half = most / 2;
  }

  has(key: object): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  get(key: object): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** What is larger than half of the bound is not kept. */
  set(key: object, value: Value): void {
    if (value.size > this.#half) return;
    if (this.#size + value.size > this.#half) {
      this.#old = this.#young;
      this.#young = new WeakMap();
      this.#size = 0;
    }
    this.#young.set(key, value);
    this.#size += value.size;
  }
}
