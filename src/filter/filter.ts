/** Filter: a filter that is parsed, checked and resolved against the schema. RFC 7644 §3.4.2.2. */
import type { AttributePath } from "../schema/attribute.ts";

/** A comparison operator of RFC 7644 table 3, lower case. */
export type CompareOperator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";

/**
 * A literal that fits its attribute: a string (also for dateTime, binary and reference), a finite number, a boolean,
 * or null (`eq null` and `ne null` only).
 */
export type FilterValue = string | number | boolean | null;

/** `path op value`. On a multi-valued attribute it holds if it holds for any value. */
export interface Comparison {
  readonly op: CompareOperator;
  /** A complex attribute has already been given its `value` sub-attribute. */
  readonly path: AttributePath;
  readonly value: FilterValue;
}

/** `path pr`: the attribute has a value that is neither null, nor empty, nor a complex value without content. */
export interface Presence {
  readonly op: "pr";
  readonly path: AttributePath;
}

/**
 * `path[filter]`: one and the same element of a multi-valued (or the value of a complex) attribute satisfies `filter`.
 *
 * Paths inside `filter` are whole paths too: their `attribute` is this node's, their `subAttribute` the element's. On
 * a simple multi-valued attribute, `value` in the brackets is the element itself and its `subAttribute` is undefined.
 */
export interface ValuePath {
  readonly op: "valuePath";
  readonly path: AttributePath;
  readonly filter: Filter;
}

/** All, or any, of two or more filters. */
export interface Junction {
  readonly op: "and" | "or";
  readonly filters: readonly Filter[];
}

/** The opposite of a filter. */
export interface Negation {
  readonly op: "not";
  readonly filter: Filter;
}

/** A filter whose outcome is known without looking: `meta.resourceType eq "User"` on /Users. */
export interface Constant {
  readonly op: "constant";
  readonly value: boolean;
}

/** A filter as a store receives it: every name resolved, every literal checked against its attribute's type. */
export type Filter = Comparison | Presence | ValuePath | Junction | Negation | Constant;
