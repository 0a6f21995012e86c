/** Lists of elements: adding to them, replacing them. RFC 7644 §3.5.2.1, §3.5.2.3; RFC 7643 §2.4. */
import { isRecord } from "../filter/present.ts";
import type { Attribute } from "../schema/attribute.ts";
import { same } from "../store/difference.ts";
import { assign } from "./assign.ts";
import { elementsOf, identityOf, isMembers, keyOf, lastPrimary, withOnePrimary } from "./element.ts";

/** A list as a value: an empty one is none. RFC 7643 §2.5. */
export function asValue(elements: readonly unknown[]): unknown {
  return elements.length === 0 ? undefined : elements;
}

/**
 * What adding `elements` makes of a list. An element that is there already is not added again; what the new one says
 * beyond it is taken over.
 */
export function appending(elements: readonly unknown[], attribute: Attribute): (value: unknown) => unknown {
  const identity = identityOf(attribute);
  const additions = distinct(elements, attribute);
  const primary = lastPrimary(elements);
  const primaryKey = primary === -1 ? undefined : identity(elements[primary]);
  return (value) => {
    const missing = new Map(additions);
    let primaryIndex = -1;
    let changed = false;
    const result: unknown[] = [];
    for (const element of elementsOf(value)) {
      const key = identity(element);
      const addition = missing.get(key);
      const next = addition === undefined ? element : combine(element, addition, attribute);
      if (addition !== undefined) missing.delete(key);
      if (next !== element) changed = true;
      if (key === primaryKey && addition !== undefined) primaryIndex = result.length;
      result.push(next);
    }
    for (const [key, element] of missing) {
      if (key === primaryKey) primaryIndex = result.length;
      result.push(element);
    }
    const settled = withOnePrimary(result, primaryIndex);
    return changed || missing.size > 0 || settled !== result ? asValue(settled) : value;
  };
}

/**
 * What replacing a list by `elements` makes of it: equal elements come once, the last primary one is it, and what the
 * server knows of an element that stays (its readOnly sub-attributes) stays with it.
 */
export function replacing(elements: readonly unknown[], attribute: Attribute): (value: unknown) => unknown {
  return (value) => {
    // A client that writes a whole resource back has changed few of its lists.
    if (value !== undefined && same(value, elements)) return value;
    const readOnly = [...attribute.subAttributes.values()].filter(({ mutability }) => mutability === "readOnly");
    const identity = identityOf(attribute);
    const list = settle(elements, attribute);
    const present =
      readOnly.length === 0 ? none : new Map(elementsOf(value).map((element) => [identity(element), element]));
    const next = asValue(
      present.size === 0 ? list : list.map((element) => carry(present.get(identity(element)), element, readOnly)),
    );
    return same(value, next) ? value : next;
  };
}

const none: ReadonlyMap<string, unknown> = new Map();

/** The elements without those that come twice, and with one primary at most: the last that says so. */
export function settle(elements: readonly unknown[], attribute: Attribute): readonly unknown[] {
  const list = [...distinct(elements, attribute)];
  const primary = lastPrimary(elements);
  if (primary === -1) return list.map(([, element]) => element);
  const key = identityOf(attribute)(elements[primary]);
  return withOnePrimary(
    list.map(([, element]) => element),
    list.findIndex(([found]) => found === key),
  );
}

/** Elements by identity, in order of first appearance; equal ones combined. */
function distinct(elements: readonly unknown[], attribute: Attribute): ReadonlyMap<string, unknown> {
  const identity = identityOf(attribute);
  const result = new Map<string, unknown>();
  for (const element of elements) {
    const key = identity(element);
    const earlier = result.get(key);
    result.set(key, earlier === undefined ? element : combine(earlier, element, attribute));
  }
  return result;
}

/** An element with what an equal one says beyond it; the very same element if that is nothing. */
function combine(element: unknown, addition: unknown, attribute: Attribute): unknown {
  if (!isRecord(element) || !isRecord(addition) || isMembers(attribute)) return element;
  const given = new Map<Attribute, unknown>();
  for (const subAttribute of attribute.subAttributes.values()) {
    const present = element[subAttribute.name];
    const next = addition[subAttribute.name];
    if (next === undefined || (present === undefined && next === false)) continue;
    const isSettled = present !== undefined && subAttribute.mutability === "immutable";
    if (!isSettled && (present === undefined || keyOf(present, subAttribute) !== keyOf(next, subAttribute))) {
      given.set(subAttribute, next);
    }
  }
  return assign(element, given, attribute) ?? element;
}

function carry(present: unknown, element: unknown, readOnly: readonly Attribute[]): unknown {
  if (!isRecord(present) || !isRecord(element)) return element;
  const known = readOnly.filter(({ name }) => present[name] !== undefined);
  return { ...element, ...Object.fromEntries(known.map(({ name }) => [name, present[name]])) };
}
