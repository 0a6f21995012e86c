/** Visit: what a store translates a filter with, and what it plans by. RFC 7644 §3.4.2.2. */
import type { Comparison, Filter, Junction, Negation, Presence, ValuePath } from "./filter.ts";

/**
 * One method per kind of node, each returning what the node is in the store's own language. Junctions and negations
 * get what their parts have become.
 */
export interface FilterVisitor<T> {
  /**
   * `path op value`. The value is a string (dateTimes and binaries too), number or boolean that fits the attribute, or
   * null, which {@link parseFilter} does not leave. For a multi-valued attribute: any value.
   */
  comparison(node: Comparison): T;
  /** `path pr`. */
  presence(node: Presence): T;
  /** `path[filter]`: the filter inside is not visited; its names are relative to one element, as another visitor's. */
  valuePath(node: ValuePath): T;
  and(parts: readonly T[], node: Junction): T;
  or(parts: readonly T[], node: Junction): T;
  not(part: T, node: Negation): T;
  constant(value: boolean): T;
}

/**
 * Translates a filter, innermost parts first. A visitor that cannot say something throws `ScimError.invalidFilter`:
 * leaving a condition out would return what nobody asked for.
 */
export function visitFilter<T>(filter: Filter, visitor: FilterVisitor<T>): T {
  switch (filter.op) {
    case "and":
    case "or": {
      const parts = filter.filters.map((part) => visitFilter(part, visitor));
      return filter.op === "and" ? visitor.and(parts, filter) : visitor.or(parts, filter);
    }
    case "not":
      return visitor.not(visitFilter(filter.filter, visitor), filter);
    case "valuePath":
      return visitor.valuePath(filter);
    case "pr":
      return visitor.presence(filter);
    case "constant":
      return visitor.constant(filter.value);
    default:
      return visitor.comparison(filter);
  }
}

/**
 * The value that every match must have at a path, if the filter says so outright: `path eq "value"` by itself, under
 * `and`, or inside brackets. A store looks it up in an index and tests what it finds by the whole filter.
 *
 * @param path - in canonical case: `userName`, `emails.value`, `urn:…:User:employeeNumber`
 * @returns undefined if the filter demands no such value; the value as written, not folded
 */
export function equalityOf(filter: Filter, path: string): string | undefined {
  switch (filter.op) {
    case "eq":
      return filter.path.text === path && typeof filter.value === "string" ? filter.value : undefined;
    case "and":
      for (const part of filter.filters) {
        const value = equalityOf(part, path);
        if (value !== undefined) return value;
      }
      return undefined;
    case "valuePath":
      return equalityOf(filter.filter, path);
    default:
      return undefined;
  }
}
