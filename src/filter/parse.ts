/** Parse: a filter to its syntax tree, by way of scim2-parse-filter, which never sees what a client sent. RFC 7644 §3.4.2.2. */
import { parse as parseShape, type Filter as ShapeFilter } from "scim2-parse-filter";
import type { CompareOperator } from "./filter.ts";
import type { Grammar } from "./grammar.ts";
import { scan, type Term } from "./scan.ts";

/** How a filter is built. A `term` is an index into {@link Syntax.terms}. */
export type Shape =
  | { readonly op: CompareOperator | "pr"; readonly term: number }
  | { readonly op: "valuePath"; readonly term: number; readonly filter: Shape }
  | { readonly op: "and" | "or"; readonly filters: readonly Shape[] }
  | { readonly op: "not"; readonly filter: Shape };

/** A filter that obeys the grammar; its names are not resolved. */
export interface Syntax {
  readonly shape: Shape;
  readonly terms: readonly Term[];
}

/**
 * Shapes by their placeholder text, oldest first. An IdP sends the same shape with other values all day. There is
 * nothing of a client in it, neither a name nor a value, so all tenants may share it.
 */
const shapes = new Map<string, Shape>();
const maxShapes = 256;
/** Longer shapes are rare, and would make the cache large. */
const maxCachedLength = 1_000;

/**
 * Parses a filter.
 *
 * @throws ScimError 400 `invalidFilter`, as {@link scan}
 */
export function parse(text: string, grammar: Grammar): Syntax {
  const { shape, terms } = scan(text, grammar);
  return { shape: shapeOf(shape), terms };
}

function shapeOf(text: string): Shape {
  const known = shapes.get(text);
  if (known !== undefined) return known;
  const shape = readShape(parseShape(text));
  if (text.length > maxCachedLength) return shape;
  if (shapes.size >= maxShapes) {
    for (const oldest of shapes.keys()) {
      shapes.delete(oldest);
      break;
    }
  }
  shapes.set(text, shape);
  return shape;
}

function readShape(filter: ShapeFilter): Shape {
  switch (filter.op) {
    case "and":
    case "or":
      return { op: filter.op, filters: filter.filters.map(readShape) };
    case "not":
      return { op: "not", filter: readShape(filter.filter) };
    case "[]":
      return { op: "valuePath", term: termOf(filter.attrPath), filter: readShape(filter.valFilter) };
    default:
      return { op: filter.op, term: termOf(filter.attrPath) };
  }
}

/** `p12` → 12. */
function termOf(placeholder: string): number {
  return Number(placeholder.slice(1));
}
