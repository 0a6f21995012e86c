/** The documents at /Schemas and /ResourceTypes. RFC 7643 §6, §7, §8.6, §8.7. */
import type { Attribute, Schema } from "./attribute.ts";
import type { ResourceType } from "./resource-type.ts";

type Description = Record<string, unknown>;

/** A schema as `/Schemas` serves it, with the keys of RFC 7643 §8.7.1 and no null. */
export function describeSchema(schema: Schema, baseUrl: string): Description {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: describeAll(schema.attributes),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/** A resource type as `/ResourceTypes` serves it. */
export function describeResourceType(type: ResourceType, baseUrl: string): Description {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    ...(type.extensions.length === 0
      ? {}
      : { schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })) }),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${encodeURIComponent(type.name)}` },
  };
}

function describeAll(attributes: ReadonlyMap<string, Attribute>): readonly Description[] {
  return [...attributes.values()].filter(({ listed }) => listed !== false).map(describeAttribute);
}

/** `caseExact` and `uniqueness` are said of the types that have them, and where the schema's author says them. */
function describeAttribute(attribute: Attribute): Description {
  const { name, type, multiValued, description, required, mutability, returned, stated } = attribute;
  const hasCase = type === "string";
  const hasUniqueness = type !== "boolean" && type !== "complex";
  const caseExact = stated?.caseExact ?? (hasCase ? attribute.caseExact : undefined);
  const uniqueness = stated?.uniqueness ?? (hasUniqueness ? attribute.uniqueness : undefined);
  return {
    name,
    type,
    ...(type === "complex" ? { subAttributes: describeAll(attribute.subAttributes) } : {}),
    ...(attribute.referenceTypes === undefined ? {} : { referenceTypes: attribute.referenceTypes }),
    multiValued,
    description,
    required,
    ...(attribute.canonicalValues === undefined ? {} : { canonicalValues: attribute.canonicalValues }),
    ...(caseExact === undefined ? {} : { caseExact }),
    mutability,
    returned,
    ...(uniqueness === undefined ? {} : { uniqueness }),
  };
}
