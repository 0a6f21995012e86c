/** Timestamps on the wire: RFC 3339 text. RFC 7643 §2.3.5. */

/** A store's timestamp as text; text passes as it is. */
export function timestamp(value: Date | string): string {
  return typeof value === "string" ? value : value.toISOString();
}
