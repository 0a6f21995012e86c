/** A resource type without what a store does not keep. */
import type { Attribute, AttributePath, Resource, Schema } from "./attribute.ts";
import { buildResourceType, type ResourceType } from "./resource-type.ts";

/** Assigned by the core or by every store: never in question. */
const alwaysHeld: ReadonlySet<string> = new Set(["schemas", "id", "meta"]);

/**
 * Leaves out the attributes that a store does not keep, so that they are neither advertised, accepted nor filtered by.
 *
 * @param holds - asked for every attribute without sub-attributes and for every sub-attribute; a complex attribute is
 *   kept while one of its sub-attributes is, an extension while one of its attributes is
 * @throws Error naming a required attribute or extension that would go
 */
export function restrictType<R extends Resource>(
  type: ResourceType<R>,
  holds: (path: AttributePath) => boolean,
): ResourceType<R> {
  const { name, endpoint, description } = type;
  const common = [...type.attributes].filter(([key]) => !type.schema.attributes.has(key));
  const extensions = type.extensions.flatMap(({ schema, required }) => {
    const attributes = restrict(schema.attributes, schema.id, holds, name);
    if (attributes.size > 0) return [{ schema: { ...schema, attributes }, required }];
    if (required) throw new Error(`${name}: the store keeps nothing of "${schema.id}", which is required.`);
    return [];
  });
  const schema: Schema = { ...type.schema, attributes: restrict(type.schema.attributes, undefined, holds, name) };
  return buildResourceType({
    name,
    endpoint,
    description,
    schema,
    extensions,
    common: restrict(new Map(common), undefined, holds, name),
  });
}

function restrict(
  attributes: ReadonlyMap<string, Attribute>,
  extension: string | undefined,
  holds: (path: AttributePath) => boolean,
  typeName: string,
): ReadonlyMap<string, Attribute> {
  const kept = new Map<string, Attribute>();
  for (const [key, attribute] of attributes) {
    const text = extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
    const held =
      extension === undefined && alwaysHeld.has(key)
        ? attribute
        : restrictOne(attribute, extension, text, holds, typeName);
    if (held !== undefined) kept.set(key, held);
    else if (attribute.required) throw new Error(`${typeName}: the store does not keep "${text}", which is required.`);
  }
  return kept;
}

function restrictOne(
  attribute: Attribute,
  extension: string | undefined,
  text: string,
  holds: (path: AttributePath) => boolean,
  typeName: string,
): Attribute | undefined {
  if (attribute.type !== "complex") {
    return holds({ extension, attribute, subAttribute: undefined, text }) ? attribute : undefined;
  }
  const parts = [...attribute.subAttributes].filter(([, subAttribute]) =>
    holds({ extension, attribute, subAttribute, text: `${text}.${subAttribute.name}` }),
  );
  if (parts.length === attribute.subAttributes.size) return attribute;
  if (parts.length === 0) return undefined;
  const subAttributes = new Map(parts);
  for (const [key, { name, required, mutability }] of attribute.subAttributes) {
    if (!required || mutability === "readOnly" || subAttributes.has(key)) continue;
    throw new Error(`${typeName}: the store does not keep "${text}.${name}", which is required.`);
  }
  return { ...attribute, subAttributes };
}
