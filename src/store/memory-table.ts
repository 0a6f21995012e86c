/** MemoryTable: the resources of one type in one tenant, in the order of their creation, with their indexes. */
import { ScimError } from "../error.ts";
import type { Resource } from "../schema/attribute.ts";
import { frozenState } from "./memory-frozen.ts";
import { type IndexedPath, MemoryIndex } from "./memory-index.ts";
import type { Stored, StoredMeta } from "./stored.ts";

/** One resource in a table. */
export interface Row<R extends Resource = Resource> {
  readonly id: string;
  /** Grows with every row of the table: the order of creation. */
  readonly sequence: number;
  /** The current state, frozen to its depths; never changed, only replaced. */
  stored: Stored<R>;
}

/** What a client has a say in. */
export type Attributes<R extends Resource> = Omit<R, "id" | "meta" | "schemas">;

const none: ReadonlySet<string> = new Set();

/**
 * Rows by id, in order and by indexed values. Nothing here waits: whoever writes has the tenant's turn, checks with
 * `compose`, and then calls what cannot fail.
 */
export class MemoryTable<R extends Resource> {
  readonly #now: () => Date;
  readonly #byId = new Map<string, Row<R>>();
  /** By ascending sequence, without gaps, so that paging by index needs no counting. */
  readonly #rows: Row<R>[] = [];
  #indexed: readonly IndexedPath[] = [];
  #indexes: readonly MemoryIndex<Row<R>>[] = [];
  #secrets = none;
  #sequence = 0;
  /** The time of the last write in milliseconds, and as text. */
  #time = Number.NaN;
  #timestamp = "";

  /** A table without indexes. */
  constructor(now: () => Date) {
    this.#now = now;
  }

  /** All rows, in order; the table's own array. */
  get rows(): readonly Row<R>[] {
    return this.#rows;
  }

  /** An id may be any text. */
  find(id: string): Row<R> | undefined {
    return this.#byId.get(id);
  }

  /** The index on a path in canonical case, if there is one. */
  index(path: string): MemoryIndex<Row<R>> | undefined {
    return this.#indexes.find((index) => index.path.text === path);
  }

  /** What {@link reindex} was given. */
  get indexed(): readonly IndexedPath[] {
    return this.#indexed;
  }

  /**
   * Replaces the indexes. Rows that are there already stay, whether they are unique by the new ones or not.
   *
   * @param secrets - attributes that are not kept, since nobody may read them
   */
  reindex(indexed: readonly IndexedPath[], secrets: ReadonlySet<string>): void {
    this.#indexed = indexed;
    this.#secrets = secrets;
    this.#indexes = indexed.map((path) => new MemoryIndex(path));
    for (const row of this.#rows) for (const index of this.#indexes) index.add(row.stored, row);
  }

  /**
   * The first state of a new resource, not yet in the table.
   *
   * @throws ScimError 409 `uniqueness`
   */
  compose(attributes: Attributes<R>): Stored<R> {
    const created = this.#currentTime();
    const meta = Object.freeze({ created, lastModified: created, version: "1" });
    const stored = frozenState<R>({ id: globalThis.crypto.randomUUID(), meta }, attributes, this.#secrets);
    this.#checkUnique(stored, undefined);
    return stored;
  }

  /**
   * The next state of a row, not yet in the table.
   *
   * @throws ScimError 409 `uniqueness`
   */
  recompose(row: Row<R>, attributes: Attributes<R>): Stored<R> {
    const next = frozenState<R>({ id: row.id, meta: this.#nextMeta(row) }, attributes, this.#secrets, row.stored);
    this.#checkUnique(next, row);
    return next;
  }

  insert(stored: Stored<R>): Row<R> {
    const row: Row<R> = { id: stored.id, sequence: ++this.#sequence, stored };
    this.#byId.set(row.id, row);
    this.#rows.push(row);
    for (const index of this.#indexes) index.insert(stored, row);
    return row;
  }

  replace(row: Row<R>, next: Stored<R>): void {
    for (const index of this.#indexes) index.move(row.stored, next, row);
    row.stored = next;
  }

  remove(row: Row<R>): void {
    for (const index of this.#indexes) index.remove(row.stored, row);
    this.#byId.delete(row.id);
    this.#rows.splice(firstAfter(this.#rows, row.sequence - 1), 1);
  }

  /** Gives a row a new version, because something that is shown with it has changed. */
  touch(row: Row<R>): void {
    row.stored = frozenState<R>({ id: row.id, meta: this.#nextMeta(row) }, row.stored, none, row.stored);
  }

  #nextMeta({ stored: { meta } }: Row<R>): StoredMeta {
    const { created, version } = meta;
    return Object.freeze({ created, lastModified: this.#currentTime(), version: String(Number(version) + 1) });
  }

  /** The time as text; of writes in one millisecond it is made once. */
  #currentTime(): string {
    const now = this.#now();
    const time = now.getTime();
    if (time !== this.#time) {
      this.#timestamp = now.toISOString();
      this.#time = time;
    }
    return this.#timestamp;
  }

  #checkUnique(stored: Stored<R>, row: Row<R> | undefined): void {
    for (const index of this.#indexes) {
      if (index.unique && !index.isSame(stored, row?.stored) && index.isTaken(stored, row))
        throw ScimError.uniqueness(index.path.text);
    }
  }
}

/** The position in `rows`, which are in order, of the first one with a greater sequence. */
function firstAfter(rows: readonly { readonly sequence: number }[], sequence: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && row.sequence <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
