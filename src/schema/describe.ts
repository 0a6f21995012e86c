/** The documents at /Schemas and /ResourceTypes. RFC 7643 §6, §7, §8.6, §8.7. */
import type { Attribute, AttributeType, Schema } from "./attribute.ts";
import type { ResourceType } from "./resource-type.ts";

/** The types that `/Schemas` prints a case or a uniqueness for, also when the schema's author says nothing. §8.7. */
const typesWithCase: ReadonlySet<AttributeType> = new Set(["string", "reference", "binary"]);
const typesWithUniqueness: ReadonlySet<AttributeType> = new Set([
  "string",
  "reference",
  "binary",
  "integer",
  "decimal",
]);

/**
 * A schema as `/Schemas` shows it, with the keys that RFC 7643 §8.7.1 has: without nulls, and without what an
 * attribute's type has not.
 *
 * @param baseUrl - the absolute URL of the SCIM base, for `meta.location`
 */
export function describeSchema(schema: Schema, baseUrl: string): Record<string, unknown> {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: describeAttributes(schema.attributes),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/**
 * A resource type as `/ResourceTypes` shows it. RFC 7643 §6, §8.6.
 *
 * @param baseUrl - the absolute URL of the SCIM base, for `meta.location`
 */
export function describeResourceType(type: ResourceType, baseUrl: string): Record<string, unknown> {
  const schemaExtensions = type.extensions.map(({ schema, required }) => ({ schema: schema.id, required }));
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    ...(schemaExtensions.length === 0 ? {} : { schemaExtensions }),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${type.name}` },
  };
}

function describeAttributes(attributes: ReadonlyMap<string, Attribute>): readonly Record<string, unknown>[] {
  return [...attributes.values()].filter(({ listed }) => listed !== false).map(describeAttribute);
}

function describeAttribute(attribute: Attribute): Record<string, unknown> {
  const { name, type, multiValued, description, required, canonicalValues, referenceTypes } = attribute;
  const caseExact = attribute.stated?.caseExact ?? (typesWithCase.has(type) ? attribute.caseExact : undefined);
  const uniqueness = attribute.stated?.uniqueness ?? (typesWithUniqueness.has(type) ? attribute.uniqueness : undefined);
  return {
    name,
    type,
    ...(referenceTypes === undefined ? {} : { referenceTypes }),
    multiValued,
    description,
    required: attribute.stated?.required ?? required,
    ...(canonicalValues === undefined ? {} : { canonicalValues }),
    ...(caseExact === undefined ? {} : { caseExact }),
    ...(type === "complex" ? { subAttributes: describeAttributes(attribute.subAttributes) } : {}),
    mutability: attribute.mutability,
    returned: attribute.returned,
    ...(uniqueness === undefined ? {} : { uniqueness }),
  };
}
