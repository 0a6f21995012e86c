/** Elements of multi-valued attributes: which are the same, and which is primary. RFC 7643 §2.4. */
import { instantOf } from "../filter/date-time.ts";
import { foldCase } from "../filter/fold-case.ts";
import { isRecord } from "../filter/present.ts";
import type { Attribute } from "../schema/attribute.ts";

/** The key of an element: two elements of one attribute are the same value if, and only if, their keys are equal. */
export type Identity = (element: unknown) => string;

/**
 * How the elements of a multi-valued attribute are told apart.
 *
 * Members of a group by `value` alone, exactly as it is, since it is an id; other complex elements by `type` and
 * `value`, a combination that should not come twice (RFC 7643 §2.4), or by all they hold where they have no `value`;
 * text by `caseExact`. Being the primary one makes no difference.
 */
export function identityOf(attribute: Attribute): Identity {
  if (attribute.type !== "complex") return (element) => keyOf(element, attribute);
  const value = attribute.subAttributes.get("value");
  const type = attribute.subAttributes.get("type");
  if (value === undefined) return (element) => wholeKey(element, attribute, isPrimary);
  if (isMembers(attribute)) return (element) => (isRecord(element) ? `${element.value}` : "");
  return (element) => {
    if (!isRecord(element) || element.value === undefined) return wholeKey(element, attribute, isPrimary);
    const label = type === undefined || element.type === undefined ? "" : keyOf(element.type, type);
    return `${label}\u0000${keyOf(element.value, value)}`;
  };
}

const isPrimary = (subAttribute: Attribute): boolean => subAttribute.name === "primary";

/** Text that elements (or values of single-valued attributes) share if all they hold is equal by the schema. */
function wholeKey(
  element: unknown,
  attribute: Attribute,
  leavesOut: (subAttribute: Attribute) => boolean = () => false,
): string {
  if (!isRecord(element)) return keyOf(element, attribute);
  let key = "";
  for (const subAttribute of attribute.subAttributes.values()) {
    const part = element[subAttribute.name];
    if (part === undefined || leavesOut(subAttribute)) continue;
    key += `\u0000${subAttribute.name}\u0000${keyOf(part, subAttribute)}`;
  }
  return key;
}

/** Whether two values of an attribute are equal by its type and `caseExact`, whatever the order of elements. */
export function equalValues(one: unknown, other: unknown, attribute: Attribute): boolean {
  const keys = (value: unknown): string =>
    JSON.stringify(
      elementsOf(value)
        .map((element) => wholeKey(element, attribute))
        .sort(),
    );
  return one === other || keys(one) === keys(other);
}

/** Whether an attribute lists the members of a group, which are told apart by id and may be too many to read. */
export function isMembers(attribute: Attribute): boolean {
  return attribute.name === "members" && attribute.multiValued && attribute.subAttributes.has("value");
}

/** The elements of a stored value: none for undefined, and one for the value of a single-valued attribute. */
export function elementsOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Text that values of an attribute share if they are equal by its type and `caseExact`. */
export function keyOf(value: unknown, attribute: Attribute): string {
  if (Array.isArray(value)) {
    return JSON.stringify(value.map((each) => keyOf(each, attribute)).sort());
  }
  if (attribute.type === "dateTime") {
    const instant = instantOf(value);
    if (instant !== undefined) return `${instant.milliseconds}.${instant.finer}`;
  }
  if (typeof value !== "string") return `${typeof value}:${String(value)}`;
  return attribute.caseExact ? value : foldCase(value);
}

/** The list with `primary` true at `index` and nowhere else; the same list if it is so already. RFC 7644 §3.5.2. */
export function withOnePrimary(elements: readonly unknown[], index: number): readonly unknown[] {
  if (index === -1) return elements;
  let result: unknown[] | undefined;
  for (let position = 0; position < elements.length; position++) {
    const element = elements[position];
    if (position === index || !isRecord(element) || element.primary !== true) continue;
    result ??= [...elements];
    result[position] = { ...element, primary: false };
  }
  return result ?? elements;
}

/** Where the last element lies that says it is the primary one; -1 if none does. */
export function lastPrimary(elements: readonly unknown[]): number {
  return elements.findLastIndex((element) => isRecord(element) && element.primary === true);
}
