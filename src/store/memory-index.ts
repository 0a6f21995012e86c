/** MemoryIndex: rows by their value at one attribute. RFC 7643 §2.2 uniqueness, §2.4. */

import { instantOf } from "../filter/date-time.ts";
import { foldCase } from "../filter/fold-case.ts";
import { isRecord } from "../filter/present.ts";
import { type Attribute, type AttributePath, leaf, type Resource } from "../schema/attribute.ts";
import { ChurnMap } from "./memory-churn-map.ts";

/** An attribute to index. */
export interface IndexedPath {
  readonly path: AttributePath;
  /** Whether two rows may not share a value. */
  readonly unique: boolean;
}

/** A value as the index knows it; equal for values that `eq` takes for equal. */
type Key = string | number | boolean;

/** The rows that have each value of one attribute, folded unless the attribute is caseExact. */
export class MemoryIndex<Row extends object> {
  readonly path: AttributePath;
  readonly unique: boolean;
  readonly #read: (resource: Resource) => unknown;
  readonly #keyOf: (value: unknown) => Key | undefined;
  /** Mostly one row to a key, so an array is only made where there are more. */
  readonly #rows = new ChurnMap<Key, Row | Row[]>();

  constructor({ path, unique }: IndexedPath) {
    this.path = path;
    this.unique = unique;
    this.#read = reader(path);
    this.#keyOf = keyReader(leaf(path));
  }

  /** The rows with this value, in no particular order; the array may be the index's own. */
  rowsWith(value: unknown): readonly Row[] {
    const key = this.#keyOf(value);
    const rows = key === undefined ? undefined : this.#rows.get(key);
    if (rows === undefined) return [];
    return Array.isArray(rows) ? rows : [rows];
  }

  /** Whether two states have the very same value; false if there is only one state. */
  isSame(resource: Resource, other: Resource | undefined): boolean {
    return other !== undefined && this.#read(resource) === this.#read(other);
  }

  /** Whether a row other than `row` has one of the values of `resource`. */
  isTaken(resource: Resource, row: Row | undefined): boolean {
    return this.#keys(resource).some((key) => {
      const rows = this.#rows.get(key);
      return Array.isArray(rows) ? rows.some((other) => other !== row) : rows !== undefined && rows !== row;
    });
  }

  /** Enters a row whose values nobody else has where they are unique: {@link isTaken} has said so. */
  insert(resource: Resource, row: Row): void {
    if (!this.unique) this.add(resource, row);
    else for (const key of this.#keys(resource)) this.#rows.add(key, row);
  }

  /** Enters `row` by the values of `resource`. */
  add(resource: Resource, row: Row): void {
    for (const key of this.#keys(resource)) {
      const rows = this.#rows.get(key);
      if (rows === undefined) this.#rows.add(key, row);
      else if (Array.isArray(rows)) rows.push(row);
      else this.#rows.set(key, [rows, row]);
    }
  }

  /** Removes `row` from the values of `resource`. */
  remove(resource: Resource, row: Row): void {
    for (const key of this.#keys(resource)) {
      const rows = this.#rows.get(key);
      if (Array.isArray(rows) && rows.length > 1) rows.splice(rows.indexOf(row), 1);
      else this.#rows.delete(key);
    }
  }

  /** Moves `row` from the values of one state to those of the next; costs nothing if they are the same ones. */
  move(before: Resource, after: Resource, row: Row): void {
    if (this.isSame(after, before)) return;
    this.remove(before, row);
    this.add(after, row);
  }

  #keys(resource: Resource): readonly Key[] {
    const whole = this.#read(resource);
    if (whole === undefined) return none;
    if (typeof whole === "string") {
      const key = this.#keyOf(whole);
      return key === undefined ? none : [key];
    }
    const keys: Key[] = [];
    for (const value of listed(whole)) {
      const { subAttribute } = this.path;
      const held = subAttribute === undefined ? value : isRecord(value) ? value[subAttribute.name] : undefined;
      for (const single of listed(held)) {
        const key = this.#keyOf(single);
        if (key !== undefined && !keys.includes(key)) keys.push(key);
      }
    }
    return keys;
  }
}

const none: readonly Key[] = [];

function listed(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Reads the whole value of the path's top-level attribute. */
function reader({ extension, attribute }: AttributePath): (resource: Resource) => unknown {
  if (extension === undefined) return (resource) => resource[attribute.name];
  return (resource) => {
    const holder = resource[extension];
    return isRecord(holder) ? holder[attribute.name] : undefined;
  };
}

function keyReader({ type, caseExact }: Attribute): (value: unknown) => Key | undefined {
  if (type === "dateTime") {
    return (value) => {
      const instant = instantOf(value);
      return instant === undefined ? undefined : `${instant.milliseconds}.${instant.finer}`;
    };
  }
  return (value) => {
    if (typeof value === "string") return caseExact ? value : foldCase(value);
    return typeof value === "number" || typeof value === "boolean" ? value : undefined;
  };
}
