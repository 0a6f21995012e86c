/** Presence: what counts as having a value. RFC 7644 §3.4.2.2 `pr`, RFC 7643 §2.5. */
import type { Resource } from "../schema/attribute.ts";

/** Whether `value` is a complex value, or a resource: an object, and no array. */
export function isRecord(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether there is a value: neither null nor `""`, nor an array or object in which there is none. */
export function isPresent(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  if (typeof value === "function") return false;
  if (Array.isArray(value)) return value.some(isPresent);
  if (!isRecord(value) || value instanceof Date) return true;
  for (const name in value) if (Object.hasOwn(value, name) && isPresent(value[name])) return true;
  return false;
}
