/** The `schemas` attribute of a body. RFC 7643 §3, §3.3. */
import { ScimError } from "../error.ts";
import type { Schema } from "./attribute.ts";
import { isRecord } from "./data-type.ts";
import { shortened } from "./read-value.ts";
import { resolveExtension } from "./resolve.ts";
import type { ResourceType } from "./resource-type.ts";

/**
 * Checks that a body says what it is: `schemas` names the core schema, the extensions that the body has, no other
 * schema, and each once. URNs are the same in any case.
 *
 * @throws ScimError 400 `invalidSyntax` if `schemas` is missing or no list of URNs, 400 `invalidValue` if it does not
 *   fit the type
 */
export function checkSchemas(body: unknown, type: ResourceType): void {
  if (!isRecord(body)) return;
  const keys = Object.keys(body);
  const key = Object.hasOwn(body, "schemas") ? "schemas" : keys.find((name) => name.toLowerCase() === "schemas");
  const schemas = key === undefined ? undefined : body[key];
  if (!Array.isArray(schemas) || schemas.length === 0 || !schemas.every((urn) => typeof urn === "string")) {
    throw ScimError.invalidSyntax(`"schemas" is required: a list of URNs with "${type.schema.id}" among them.`);
  }
  const core = type.schema.id;
  const named: string[] = [];
  for (const schema of schemas) {
    const urn = schemaNamed(schema, type)?.id;
    if (urn === undefined) {
      throw ScimError.invalidValue(`"schemas" names "${shortened(schema)}", which is no schema of a ${type.name}.`);
    }
    if (named.includes(urn)) throw ScimError.invalidValue(`"schemas" names "${shortened(schema)}" twice.`);
    named.push(urn);
  }
  if (!named.includes(core)) throw ScimError.invalidValue(`"schemas" must name "${core}".`);
  for (const name of keys) {
    const extension = name.includes(":") ? resolveExtension(name, type) : undefined;
    if (extension !== undefined && !named.includes(extension.id)) {
      throw ScimError.invalidValue(`The body has "${extension.id}", so "schemas" must name it.`);
    }
  }
}

function schemaNamed(urn: string, type: ResourceType): Schema | undefined {
  if (urn === type.schema.id) return type.schema;
  const extension = resolveExtension(urn, type);
  return extension === undefined && urn.toLowerCase() === type.schema.id.toLowerCase() ? type.schema : extension;
}
