/** Compare: equality, order and substrings per data type and caseExact. RFC 7644 §3.4.2.2 table 3, RFC 7643 §2.3. */
import type { Attribute, AttributeType } from "../schema/attribute.ts";
import { compareInstants, type Instant, instantOf, parseDateTime } from "./date-time.ts";
import type { CompareOperator, FilterValue } from "./filter.ts";
import { containsFolded, endsFolded, equalsFolded, foldCase, startsFolded, type TextTest } from "./fold-case.ts";

/** Whether a value of one attribute, as a resource holds it, satisfies a comparison; undefined and null are no value. */
export type ValueTest = (value: unknown) => boolean;

/** A literal that is a value. */
export type Operand = Exclude<FilterValue, null>;

/**
 * Orders text by code points, as a database does under the collation "C" in UTF-8. JavaScript's `<` orders by UTF-16
 * code units, which puts U+1F600 before U+FF5E.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all of the others. */
function rank(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit;
}

/** What the data types can be asked. Order on boolean and binary is an error by RFC 7644 table 3. */
const operatorsOf: Readonly<Record<AttributeType, readonly CompareOperator[]>> = {
  string: ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
  reference: ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
  binary: ["eq", "ne", "co", "sw", "ew"],
  boolean: ["eq", "ne"],
  integer: ["eq", "ne", "gt", "ge", "lt", "le"],
  decimal: ["eq", "ne", "gt", "ge", "lt", "le"],
  // A dateTime has many texts (2011-05-13T04:42:34Z, …T06:42:34+02:00), so its substrings mean nothing.
  dateTime: ["eq", "ne", "gt", "ge", "lt", "le"],
  complex: [],
};

/** The comparison operators that make sense for a data type. */
export function operatorsFor(type: AttributeType): readonly CompareOperator[] {
  return operatorsOf[type];
}

/**
 * The test that `operator value` is for one value of `attribute`, the one the comparison's path ends at.
 *
 * A value that is absent, or of another type than its attribute, is identical to nothing: it satisfies `ne` and
 * nothing else. Against a literal of the wrong type, nothing is equal. Null is no literal here: it asks for presence.
 */
export function valueTest(operator: CompareOperator, attribute: Attribute, literal: Operand): ValueTest {
  if (operator === "ne") {
    const equal = valueTest("eq", attribute, literal);
    return (value) => !equal(value);
  }
  if (attribute.type === "dateTime") return instantTest(operator, literal);
  if (typeof literal === "string") return textTest(operator, attribute.caseExact, literal);
  if (operator === "eq") return (value) => value === literal;
  return typeof literal === "number" ? numberTest(operator, literal) : () => false;
}

type PositiveOperator = Exclude<CompareOperator, "ne">;

/** Whether a comparison, negative, 0 or positive, is what the operator asks for. */
const orders: Readonly<Record<PositiveOperator, (comparison: number) => boolean>> = {
  eq: (comparison) => comparison === 0,
  gt: (comparison) => comparison > 0,
  ge: (comparison) => comparison >= 0,
  lt: (comparison) => comparison < 0,
  le: (comparison) => comparison <= 0,
  co: () => false,
  sw: () => false,
  ew: () => false,
};

function numberTest(operator: PositiveOperator, literal: number): ValueTest {
  const holds = orders[operator];
  return (value) => typeof value === "number" && holds(value - literal);
}

function instantTest(operator: PositiveOperator, literal: Operand): ValueTest {
  const bound: Instant | undefined = typeof literal === "string" ? parseDateTime(literal) : undefined;
  if (bound === undefined) return () => false;
  const holds = orders[operator];
  return (value) => {
    const instant = instantOf(value);
    return instant !== undefined && holds(compareInstants(instant, bound));
  };
}

function textTest(operator: PositiveOperator, caseExact: boolean, literal: string): ValueTest {
  return caseExact ? exactTest(operator, literal) : foldedTest(operator, foldCase(literal));
}

function exactTest(operator: PositiveOperator, wanted: string): TextTest {
  switch (operator) {
    case "eq":
      return (value) => value === wanted;
    case "co":
      return (value) => typeof value === "string" && value.includes(wanted);
    case "sw":
      return (value) => typeof value === "string" && value.startsWith(wanted);
    case "ew":
      return (value) => typeof value === "string" && value.endsWith(wanted);
    default: {
      const holds = orders[operator];
      return (value) => typeof value === "string" && holds(compareText(value, wanted));
    }
  }
}

function foldedTest(operator: PositiveOperator, wanted: string): TextTest {
  switch (operator) {
    case "eq":
      return equalsFolded(wanted);
    case "co":
      return containsFolded(wanted);
    case "sw":
      return startsFolded(wanted);
    case "ew":
      return endsFolded(wanted);
    default: {
      const holds = orders[operator];
      return (value) => typeof value === "string" && holds(compareText(foldCase(value), wanted));
    }
  }
}
