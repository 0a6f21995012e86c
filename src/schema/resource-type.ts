/** ResourceType: a kind of resource, its endpoint, its schema and its extensions. RFC 7643 §3, §6. */
import type { Attribute, Resource, Schema } from "./attribute.ts";
import { commonAttributes } from "./common.ts";

/** An extension schema as one resource type uses it. RFC 7643 §3.3, §6. */
export interface SchemaExtension {
  readonly schema: Schema;
  /** Whether every resource of the type must have it. */
  readonly required: boolean;
}

/**
 * A kind of resource, read once from its zod schemas.
 *
 * `R` is the TypeScript type of its resources; nothing of it exists at run time.
 */
export interface ResourceType<R extends Resource = Resource, Name extends string = string> {
  /** `User`: what `meta.resourceType` says. */
  readonly name: Name;
  /** `/Users`: relative to the SCIM base, with a leading slash. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly SchemaExtension[];
  /**
   * Top-level attributes by lower-cased name: the common ones (`schemas`, `id`, `externalId`, `meta`; RFC 7643 §3.1)
   * first, then the core schema's.
   */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Extension schemas by lower-cased URN. */
  readonly extensionByUrn: ReadonlyMap<string, Schema>;
  /** Carries `R`; always undefined. */
  readonly resource?: R;
}

/** The TypeScript type of a resource type's resources: `ResourceOfType<typeof Device>`. */
export type ResourceOfType<T extends ResourceType> = T extends ResourceType<infer R> ? R : never;

/** The parts that the lookup tables of a resource type are made from. */
export type ResourceTypeParts<Name extends string = string> = Pick<
  ResourceType<Resource, Name>,
  "name" | "endpoint" | "description" | "schema" | "extensions"
> & {
  /** Default: all of RFC 7643 §3.1. */
  readonly common?: ReadonlyMap<string, Attribute>;
};

/**
 * Completes a resource type with its lookup tables.
 *
 * @throws Error when two of its schemas have the same URN, or one's URN reads as an attribute of another
 */
export function buildResourceType<R extends Resource, Name extends string = string>(
  parts: ResourceTypeParts<Name>,
): ResourceType<R, Name> {
  const { name, endpoint, description, schema, extensions } = parts;
  const extensionByUrn = new Map<string, Schema>();
  for (const extension of extensions) {
    const urn = extension.schema.id.toLowerCase();
    if (extensionByUrn.has(urn) || urn === schema.id.toLowerCase()) {
      throw new Error(`${name}: two schemas are called "${extension.schema.id}".`);
    }
    extensionByUrn.set(urn, extension.schema);
  }
  refuseAmbiguous(name, [schema, ...extensionByUrn.values()]);
  const attributes = new Map([...(parts.common ?? commonAttributes), ...schema.attributes]);
  return { name, endpoint, description, schema, extensions, attributes, extensionByUrn };
}

/** `urn:a:b` must not be both a schema and the attribute `b` of the schema `urn:a`. */
function refuseAmbiguous(name: string, schemas: readonly Schema[]): void {
  const urns = new Set(schemas.map((schema) => schema.id.toLowerCase()));
  for (const urn of urns) {
    const colon = urn.lastIndexOf(":");
    const outer = schemas.find((schema) => schema.id.toLowerCase() === urn.slice(0, colon));
    if (outer?.attributes.has(urn.slice(colon + 1))) {
      throw new Error(`${name}: "${urn}" is a schema, and reads as an attribute of "${outer.id}" too; rename one.`);
    }
  }
}
