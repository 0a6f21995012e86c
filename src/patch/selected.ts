/** The elements that a value path selects, changed; or made, where a dialect allows it. RFC 7644 §3.5.2.1, §3.5.2.3. */

import { ScimError } from "../error.ts";
import type { Filter } from "../filter/filter.ts";
import { isRecord } from "../filter/present.ts";
import type { Attribute, Resource } from "../schema/attribute.ts";
import { readValue } from "../schema/read-value.ts";
import type { Reading } from "../schema/reading.ts";
import { type Assignments, assign } from "./assign.ts";
import { elementsOf, isMembers, withOnePrimary } from "./element.ts";
import { asValue } from "./list.ts";
import type { Target } from "./target.ts";

/** What becomes of one element; the very same if nothing, undefined if it goes. */
export type ElementChange = (element: unknown) => unknown;

/** The value of `attribute` with `change` made to the elements selected; the very same if that changes nothing. */
export function changeElements(
  value: unknown,
  attribute: Attribute,
  selects: (element: unknown, index: number) => boolean,
  change: ElementChange,
): unknown {
  const elements = elementsOf(value);
  let changed = false;
  const result: unknown[] = [];
  for (let index = 0; index < elements.length; index++) {
    const element = elements[index];
    const next = selects(element, index) ? change(element) : element;
    if (next !== element) changed = true;
    if (next !== undefined) result.push(next);
  }
  if (!changed) return value;
  return attribute.multiValued ? asValue(result) : result[0];
}

/** Where the elements lie that a filter selects. */
export function selectedIndexes(value: unknown, matches: (element: unknown) => boolean): ReadonlySet<number> {
  const indexes = new Set<number>();
  let index = 0;
  for (const element of elementsOf(value)) {
    if (matches(element)) indexes.add(index);
    index++;
  }
  return indexes;
}

/**
 * Where the one element lies that a path to a sub-attribute of a whole list (`emails.value`) can only mean: the only
 * one, or the primary one. Undefined if the list is empty.
 *
 * @throws ScimError 400 `noTarget` if there are several and none is primary
 */
export function soleIndex(value: unknown, target: Target): number | undefined {
  const elements = elementsOf(value);
  if (elements.length <= 1) return elements.length === 0 ? undefined : 0;
  const primary = elements.findIndex((element) => isRecord(element) && element.primary === true);
  if (primary !== -1) return primary;
  throw ScimError.noTarget(
    `"${target.text}" is ambiguous: there are ${elements.length} values, and none is primary. Select one: ${target.attribute.name}[…].`,
  );
}

/** `assign` for elements, as a change of the whole attribute that keeps one primary element. */
export function assignElements(
  value: unknown,
  attribute: Attribute,
  indexes: ReadonlySet<number>,
  given: Assignments,
): unknown {
  const next = changeElements(value, attribute, (_, index) => indexes.has(index), assigning(given, attribute));
  return makesPrimary(given) ? onePrimary(next, Math.max(...indexes)) : next;
}

/** The change of an element that makes these assignments. */
export function assigning(given: Assignments, attribute: Attribute): ElementChange {
  return (element) => (isRecord(element) ? assign(element, given, attribute) : element);
}

/** The value with a new element, which is the primary one if it says so. */
export function withElement(value: unknown, attribute: Attribute, element: unknown): unknown {
  if (!attribute.multiValued) return element;
  const elements = [...elementsOf(value), element];
  return isRecord(element) && element.primary === true ? withOnePrimary(elements, elements.length - 1) : elements;
}

function makesPrimary(given: Assignments): boolean {
  for (const [{ name }, value] of given) if (name === "primary" && value === true) return true;
  return false;
}

function onePrimary(value: unknown, index: number): unknown {
  return Array.isArray(value) ? withOnePrimary(value, index) : value;
}

/**
 * The element that a filter describes and an operation completes: `eq` terms joined by `and` supply its
 * sub-attributes. Undefined for any other filter, for members (a label must not make somebody a member), and for
 * filters on what only the server may assign.
 */
export function describedElement(
  filter: Filter,
  given: Assignments,
  attribute: Attribute,
  reading: Reading,
): Resource | undefined {
  const described = new Map<Attribute, unknown>();
  if (attribute.type !== "complex" || isMembers(attribute) || !describe(filter, described)) return undefined;
  const element = new Map<Attribute, unknown>();
  for (const [subAttribute, literal] of described) {
    if (subAttribute.mutability === "readOnly") return undefined;
    element.set(subAttribute, readValue(literal, subAttribute, `${attribute.name}.${subAttribute.name}`, reading));
  }
  return assign(undefined, new Map([...element, ...given]), attribute);
}

/** Collects what the filter says; false if it says more than which values there are. */
function describe(filter: Filter, described: Map<Attribute, unknown>): boolean {
  if (filter.op === "and") return filter.filters.every((term) => describe(term, described));
  if (filter.op !== "eq" || filter.path.subAttribute === undefined || filter.value === null) return false;
  const earlier = described.get(filter.path.subAttribute);
  if (earlier !== undefined && earlier !== filter.value) return false;
  described.set(filter.path.subAttribute, filter.value);
  return true;
}
