/** The body of a POST or PUT as a resource: dialects, schema, rules. RFC 7644 §3.3, §3.5.1. */
import type { Resource } from "../schema/attribute.ts";
import { checkSchemas } from "../schema/check-schemas.ts";
import { readResource } from "../schema/read-resource.ts";
import type { Body } from "./body.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";

/**
 * Reads a whole representation.
 *
 * @returns the resource in canonical form, and the top-level attributes that the client named
 * @throws ScimError 400 `invalidValue` or `invalidSyntax` for a body that does not fit the schema
 */
export function readRepresentation(
  call: Call,
  { type }: Endpoint,
  sent: Body,
  mode: "create" | "replace",
): { readonly resource: Resource; readonly asserted: ReadonlySet<string> } {
  const { normaliser, reading } = call.options;
  const body = normaliser.body === undefined ? sent : normaliser.body(sent, type);
  checkSchemas(body, type);
  return readResource(body, type, mode, reading);
}
