/** Tenants: one partition of the memory store per key of the Context. */

/** The partitions of a store, by tenant. */
export class Tenants<Partition, Ctx> {
  readonly #keyOf: ((ctx: Ctx) => string) | undefined;
  readonly #create: () => Partition;
  readonly #partitions = new Map<string, Partition>();

  /** @param keyOf - undefined: everything is one tenant's */
  constructor(keyOf: ((ctx: Ctx) => string) | undefined, create: () => Partition) {
    this.#keyOf = keyOf;
    this.#create = create;
  }

  /**
   * The tenant's partition; undefined if nothing was ever written there.
   *
   * @throws Error if the Context names no tenant
   */
  find(ctx: Ctx): Partition | undefined {
    return this.#partitions.get(this.#key(ctx));
  }

  /**
   * The tenant's partition, made if there is none.
   *
   * @throws Error as {@link find}
   */
  open(ctx: Ctx): Partition {
    const key = this.#key(ctx);
    const known = this.#partitions.get(key);
    if (known !== undefined) return known;
    const created = this.#create();
    this.#partitions.set(key, created);
    return created;
  }

  /** Every partition there is. */
  all(): Iterable<Partition> {
    return this.#partitions.values();
  }

  /** Nothing falls back to a tenant that everybody shares: without a key there is no answer. */
  #key(ctx: Ctx): string {
    if (this.#keyOf === undefined) return "";
    const key: unknown = this.#keyOf(ctx);
    if (typeof key === "string" && key !== "") return key;
    const got = key === "" ? "an empty string" : key === null ? "null" : typeof key;
    throw new Error(
      `The memory store's option "tenant" must return a non-empty string; for this Context it returned ${got}.`,
    );
  }
}
