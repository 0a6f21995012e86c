/** restrictType: a resource type without what its store does not keep. RFC 7644 §3.1. */
import type { Attribute, AttributePath, Schema } from "./attribute.ts";
import { buildResourceType, type ResourceType } from "./resource-type.ts";

type Holds = (path: AttributePath) => boolean;

/**
 * The same type with the attributes that are held.
 *
 * `id`, `schemas` and `meta` are always held. A complex attribute keeps the sub-attributes that are held, and goes with
 * the last of them; an extension goes with its last attribute, unless it is required.
 *
 * @throws Error when a required attribute is not held: nothing could be created
 */
export function restrictType(type: ResourceType, holds: Holds): ResourceType {
  const common = [...type.attributes].filter(([key]) => !type.schema.attributes.has(key));
  const serversOwn = new Set(["schemas", "id", "meta"]);
  const extensions = type.extensions
    .map((extension) => ({ ...extension, schema: restrictSchema(extension.schema, extension.schema.id, holds) }))
    .filter(({ schema, required }) => required || schema.attributes.size > 0);
  return buildResourceType({
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: restrictSchema(type.schema, undefined, holds),
    extensions,
    common: new Map(
      common.filter(([key, attribute]) => serversOwn.has(key) || holds(pathOf(undefined, attribute, undefined))),
    ),
  });
}

function restrictSchema(schema: Schema, extension: string | undefined, holds: Holds): Schema {
  const attributes = new Map<string, Attribute>();
  for (const [key, attribute] of schema.attributes) {
    const held = restrictAttribute(attribute, extension, holds);
    if (held !== undefined) attributes.set(key, held);
    else if (attribute.required && attribute.mutability !== "readOnly") {
      throw new Error(`${schema.id}: "${attribute.name}" is required, and the store does not keep it.`);
    }
  }
  return attributes.size === schema.attributes.size &&
    [...attributes].every(([key, kept]) => schema.attributes.get(key) === kept)
    ? schema
    : { ...schema, attributes };
}

function restrictAttribute(attribute: Attribute, extension: string | undefined, holds: Holds): Attribute | undefined {
  if (attribute.type !== "complex") return holds(pathOf(extension, attribute, undefined)) ? attribute : undefined;
  const subAttributes = new Map(
    [...attribute.subAttributes].filter(([, part]) => holds(pathOf(extension, attribute, part))),
  );
  if (subAttributes.size === 0) return undefined;
  return subAttributes.size === attribute.subAttributes.size ? attribute : { ...attribute, subAttributes };
}

function pathOf(
  extension: string | undefined,
  attribute: Attribute,
  subAttribute: Attribute | undefined,
): AttributePath {
  const prefix = extension === undefined ? "" : `${extension}:`;
  const suffix = subAttribute === undefined ? "" : `.${subAttribute.name}`;
  return { extension, attribute, subAttribute, text: `${prefix}${attribute.name}${suffix}` };
}
