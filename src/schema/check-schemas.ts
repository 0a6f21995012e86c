/** The `schemas` of a body: which schemas its attributes come from. RFC 7643 §3. */
import { ScimError } from "../error.ts";
import type { ResourceType } from "./resource-type.ts";

/**
 * Holds the `schemas` of a POST or PUT body against the resource type.
 *
 * @throws ScimError 400 `invalidSyntax` if it is missing, not a list of URNs, lacks the type's own schema, names one that
 *   the type does not have, or leaves out an extension that the body has attributes of
 */
export function checkSchemas(body: { readonly [name: string]: unknown }, type: ResourceType): void {
  const key = Object.keys(body).find((name) => name.toLowerCase() === "schemas");
  const schemas = key === undefined ? undefined : body[key];
  const core = type.schema.id;
  if (!Array.isArray(schemas) || schemas.length === 0) {
    throw ScimError.invalidSyntax(`The body must have "schemas": ["${core}"].`);
  }
  const named = new Set<string>();
  for (const urn of schemas) {
    if (typeof urn !== "string") throw ScimError.invalidSyntax('"schemas" must be an array of URNs.');
    const folded = urn.toLowerCase();
    if (folded !== core.toLowerCase() && !type.extensionByUrn.has(folded)) {
      throw ScimError.invalidSyntax(
        `"schemas" names a schema that ${type.name} resources do not have; see /ResourceTypes.`,
      );
    }
    named.add(folded);
  }
  if (!named.has(core.toLowerCase())) throw ScimError.invalidSyntax(`"schemas" must contain "${core}".`);
  for (const name of Object.keys(body)) {
    const extension = type.extensionByUrn.get(name.toLowerCase());
    if (extension !== undefined && !named.has(name.toLowerCase())) {
      throw ScimError.invalidSyntax(`The body has attributes of "${extension.id}", which "schemas" must name then.`);
    }
  }
}
