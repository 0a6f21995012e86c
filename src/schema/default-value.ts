/** Defaults: what a resource gets on creation when the client says nothing. RFC 7644 §3.3. */
import { ScimError } from "../error.ts";
import type { Attribute } from "./attribute.ts";
import { readBodyValue } from "./read-value.ts";
import { strictReading } from "./reading.ts";

/**
 * Checks at set-up that the defaults of a schema fit its attributes.
 *
 * @throws Error naming schema and attribute
 */
export function checkDefaults(attributes: ReadonlyMap<string, Attribute>, urn: string): void {
  for (const attribute of attributes.values()) {
    try {
      readBodyValue(attribute.defaultValue, attribute, attribute.name, strictReading);
    } catch (thrown) {
      const detail = thrown instanceof ScimError ? thrown.detail : String(thrown);
      throw new Error(`${urn}: the default does not fit: ${detail}`, { cause: thrown });
    }
  }
}

/** A default that nobody else holds, so that one resource's list is not another's. */
export function defaultOf(attribute: Attribute): unknown {
  const value = attribute.makeDefault === undefined ? attribute.defaultValue : attribute.makeDefault();
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}
