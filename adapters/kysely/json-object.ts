/** JSON objects, and what they themselves have. */

/** JSON of a known shape: an object. */
export type JsonObject = { [name: string]: unknown };

/** The member that an object itself has, never one it inherits. */
export function ownValue(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
