/** frozenCopy: what the memory store keeps, so that nobody outside can change it. */
import type { Resource } from "../schema/attribute.ts";

/**
 * A copy of plain data, frozen to its depths; a Date becomes RFC 3339 text. Since it cannot be changed, reads hand it
 * out without another copy.
 *
 * @param known - the state before, itself a frozen copy: what `value` still has of it is shared, since an update
 *   leaves most of a resource as it is
 */
export function frozenCopy<T extends Resource>(value: T, known?: Resource): T;
export function frozenCopy(value: Resource, known?: Resource): unknown {
  const copy: { [name: string]: unknown } = { ...value };
  for (const name of Object.keys(copy)) {
    const held = copy[name];
    if (typeof held === "object" && held !== null && known?.[name] !== held) copy[name] = frozenValue(held);
  }
  return Object.freeze(copy);
}

function frozenValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenValue));
  return value instanceof Date ? value.toISOString() : frozenCopy({ ...value });
}
