/** frozenCopy: what the memory store keeps, so that nobody outside can change it. */
import type { Resource } from "../schema/attribute.ts";

/**
 * A copy of plain data, frozen to its depths; a Date becomes RFC 3339 text. Since it cannot be changed, reads hand it
 * out without another copy.
 *
 * @param known - the state before, itself a frozen copy: what `value` still has of it is shared, since an update
 *   leaves most of a resource as it is
 */
export function frozenCopy<T extends Resource>(value: T, known?: Resource): T {
  return frozen({ ...value }, known);
}

/**
 * As {@link frozenCopy}, of an object that the caller has just made and gives away: it is itself frozen.
 *
 * @param part - a part of it that is frozen to its depths already
 */
export function frozen<T extends Resource>(fresh: T, known?: Resource, part?: object): T;
export function frozen(fresh: { [name: string]: unknown }, known?: Resource, part?: object): unknown {
  for (const name of Object.keys(fresh)) {
    const held = fresh[name];
    if (typeof held !== "object" || held === null || held === part || known?.[name] === held) continue;
    fresh[name] = frozenValue(held);
  }
  return Object.freeze(fresh);
}

function frozenValue(value: object): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenElement));
  return value instanceof Date ? value.toISOString() : frozen({ ...value });
}

function frozenElement(value: unknown): unknown {
  return typeof value === "object" && value !== null ? frozenValue(value) : value;
}
