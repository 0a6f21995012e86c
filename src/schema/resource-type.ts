/** ResourceType: a kind of resource, its endpoint, its schema and its extensions. RFC 7643 §3, §6. */
import type { Attribute, Resource, Schema } from "./attribute.ts";

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
export interface ResourceType<R extends Resource = Resource> {
  /** `User`: what `meta.resourceType` says. */
  readonly name: string;
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
