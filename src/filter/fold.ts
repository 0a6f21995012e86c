/** Folding: filters put together so that constants vanish and junctions lie flat. RFC 7644 §3.4.2.2. */
import type { Constant, Filter } from "./filter.ts";

/** The filter that every resource satisfies. */
const always: Constant = { op: "constant", value: true };
/** The filter that no resource satisfies. */
const never: Constant = { op: "constant", value: false };

/** The filter with this outcome. */
export function constant(value: boolean): Constant {
  return value ? always : never;
}

/** All, or any, of `filters`: without the constants, and without a junction of the same kind inside. */
export function junction(op: "and" | "or", filters: readonly Filter[]): Filter {
  const neutral = op === "and";
  const parts: Filter[] = [];
  for (const filter of filters) {
    if (filter.op === "constant") {
      if (filter.value !== neutral) return filter;
    } else if (filter.op === op) parts.push(...filter.filters);
    else parts.push(filter);
  }
  const [first] = parts;
  if (first === undefined) return constant(neutral);
  return parts.length === 1 ? first : { op, filters: parts };
}

/** The opposite of `filter`; the opposite of an opposite is the thing itself. */
export function negation(filter: Filter): Filter {
  if (filter.op === "constant") return constant(!filter.value);
  return filter.op === "not" ? filter.filter : { op: "not", filter };
}
