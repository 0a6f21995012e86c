/** The elements of a multi-valued attribute: each once, and one primary at most. RFC 7643 §2.4. */
import type { Attribute } from "./attribute.ts";
import { isRecord } from "./data-type.ts";

/**
 * Merges elements with the same value and type, and keeps one primary.
 *
 * Elements are the same when `value` and `type` are, to the letter; the first keeps its place, the sub-attributes of
 * the later ones win. Elements without a `value` are left alone. Of several elements that are `primary`, the last one
 * is, and the others become `false`. Primitive values are the same when they are equal.
 *
 * Takes time linear in the elements; gives back the same array when there is nothing to do.
 *
 * @param elements - in canonical case, without nulls
 */
export function mergeElements(elements: readonly unknown[], attribute: Attribute): readonly unknown[] {
  if (elements.length < 2) return elements;
  if (attribute.type !== "complex") {
    const different = new Set(elements);
    return different.size === elements.length ? elements : [...different];
  }
  const once = attribute.subAttributes.has("value") ? mergeEqual(elements) : elements;
  return attribute.subAttributes.get("primary")?.type === "boolean" ? keepLastPrimary(once) : once;
}

function mergeEqual(elements: readonly unknown[]): readonly unknown[] {
  if (elements.length <= 8 && !elements.some(isRepeated)) return elements;
  const places = new Map<unknown, number>();
  const merged: unknown[] = [];
  for (const element of elements) {
    const key = identity(element);
    const place = key === undefined ? undefined : places.get(key);
    if (place === undefined) {
      if (key !== undefined) places.set(key, merged.length);
      merged.push(element);
    } else {
      merged[place] = Object.assign({}, merged[place], element);
    }
  }
  return merged.length === elements.length ? elements : merged;
}

/** For short lists: dearer per pair, and makes nothing. */
function isRepeated(element: unknown, index: number, elements: readonly unknown[]): boolean {
  if (!isRecord(element) || element.value === undefined) return false;
  for (let earlier = 0; earlier < index; earlier++) {
    const other = elements[earlier];
    if (isRecord(other) && other.value === element.value && other.type === element.type) return true;
  }
  return false;
}

/** Values of one attribute are of one type, and no text contains NUL, so this is never the same by chance. */
function identity(element: unknown): unknown {
  if (!isRecord(element)) return undefined;
  const { value, type } = element;
  return value === undefined || type === undefined ? value : `${type}\0${value}`;
}

function keepLastPrimary(elements: readonly unknown[]): readonly unknown[] {
  const last = elements.findLastIndex(isPrimary);
  if (last < 1 || elements.findIndex(isPrimary) === last) return elements;
  return elements.map((element, index) =>
    index !== last && isRecord(element) && element.primary === true ? { ...element, primary: false } : element,
  );
}

function isPrimary(element: unknown): boolean {
  return isRecord(element) && element.primary === true;
}
