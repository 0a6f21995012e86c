/** Primary: a value of a multi-valued attribute that does not say whether it is primary, is not. RFC 7643 §2.4. */
import type { Comparison } from "./filter.ts";

/**
 * Rewrites comparisons of `primary` so that a missing one counts as false: `eq false` becomes `ne true`, and
 * `ne false` becomes `eq true`. Everything else is returned as it is.
 */
export function assumeFalse(comparison: Comparison): Comparison {
  const { op, path, value } = comparison;
  if (value !== false || path.subAttribute?.name !== "primary" || !path.attribute.multiValued) return comparison;
  return { op: op === "eq" ? "ne" : "eq", path, value: true };
}
