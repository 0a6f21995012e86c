/** Sort keys: what a resource is ordered by, and how. RFC 7644 §3.4.2.3. */
import { type AttributePath, leaf, type Resource } from "../schema/attribute.ts";
import { compareText } from "./compare.ts";
import { compareInstants, type Instant, instantOf } from "./date-time.ts";
import { foldCase } from "./fold-case.ts";
import { isRecord } from "./present.ts";

/** What one resource is ordered by; undefined if it has no value there. Compare keys of one path only. */
export type SortKey = string | number | boolean | Instant | undefined;

/**
 * How to get at the key of a resource: the value at `path`, folded unless caseExact; for a multi-valued attribute that
 * of the primary element, or else of the first. A complex attribute without a sub-attribute is ordered by its `value`.
 */
export function sortKey(path: AttributePath): (resource: Resource) => SortKey {
  const { attribute, extension } = path;
  const subAttribute = path.subAttribute ?? attribute.subAttributes.get("value");
  const read = keyReader(subAttribute === undefined ? leaf(path) : subAttribute);
  return (resource) => {
    const holder = extension === undefined ? resource : resource[extension];
    if (!isRecord(holder)) return undefined;
    const value = attribute.multiValued ? principal(holder[attribute.name]) : holder[attribute.name];
    if (subAttribute === undefined) return read(value);
    return isRecord(value) ? read(value[subAttribute.name]) : undefined;
  };
}

/** The primary element, or else the first. */
function principal(elements: unknown): unknown {
  if (!Array.isArray(elements)) return elements;
  return elements.find((element) => isRecord(element) && element.primary === true) ?? elements[0];
}

function keyReader({ type, caseExact }: { type: string; caseExact: boolean }): (value: unknown) => SortKey {
  if (type === "dateTime") return instantOf;
  return (value) => {
    if (typeof value === "number" || typeof value === "boolean") return value;
    if (typeof value !== "string" || value === "") return undefined;
    return caseExact ? value : foldCase(value);
  };
}

/**
 * Orders two keys ascending: text by code points, numbers by value, dateTimes by time, false before true; no value last.
 */
export function compareSortKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "object" && typeof b === "object") return compareInstants(a, b);
  return Number(a) - Number(b);
}

/**
 * The order a query asks for, as a function for `Array.prototype.sort`. Descending is its very reverse, so that
 * resources without a value come first. Where many are sorted, take {@link sortKey} of each once instead.
 */
export function compareBy(sort: {
  readonly path: AttributePath;
  readonly descending: boolean;
}): (a: Resource, b: Resource) => number {
  const key = sortKey(sort.path);
  return sort.descending ? (a, b) => compareSortKeys(key(b), key(a)) : (a, b) => compareSortKeys(key(a), key(b));
}
