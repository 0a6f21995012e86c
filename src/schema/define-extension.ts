/** defineExtension: a schema extension, written in zod. RFC 7643 §3.3. */
import type { z } from "zod";
import type { Schema } from "./attribute.ts";
import { checkDefaults } from "./default-value.ts";
import { readAttributes } from "./read-zod.ts";
import type { SchemaExtension } from "./resource-type.ts";
import { checkUrn } from "./urn.ts";

/** A schema extension that knows the TypeScript type of what it holds. */
export interface Extension<Urn extends string = string, Value = unknown, Required extends boolean = boolean>
  extends SchemaExtension {
  readonly schema: Schema & { readonly id: Urn };
  readonly required: Required;
  /** Carries `Value`; always undefined. */
  readonly value?: Value;
}

/** What {@link defineExtension} takes beside URN and schema. */
export interface ExtensionOptions {
  /** For `/Schemas`. Default: the URN. */
  readonly name?: string;
  /** For `/Schemas`. Default: empty. */
  readonly description?: string;
  /** Whether every resource must have it. Default false. */
  readonly required?: boolean;
}

/**
 * Defines a schema extension.
 *
 * @param urn - names it, in bodies (`"urn:…": { … }`), in `schemas` and in paths (`urn:…:badgeNumber`)
 * @param schema - its attributes; see {@link attribute}
 * @throws Error if the URN is none, or SCIM cannot say what the schema says
 * @example
 * ```ts
 * const badge = defineExtension(
 *   "urn:acme:params:scim:schemas:badge:2.0:User",
 *   z.object({ badgeNumber: attribute(z.string(), { caseExact: true }), floor: z.int().optional() }),
 * );
 * ```
 * @see RFC 7643 §3.3
 */
export function defineExtension<const Urn extends string, T extends z.core.$ZodObject>(
  urn: Urn,
  schema: T,
  options: ExtensionOptions & { readonly required: true },
): Extension<Urn, z.core.output<T>, true>;
export function defineExtension<const Urn extends string, T extends z.core.$ZodObject>(
  urn: Urn,
  schema: T,
  options?: ExtensionOptions & { readonly required?: false },
): Extension<Urn, z.core.output<T>, false>;
export function defineExtension<const Urn extends string, T extends z.core.$ZodObject>(
  urn: Urn,
  schema: T,
  options: ExtensionOptions = {},
): Extension<Urn, z.core.output<T>> {
  checkUrn(urn);
  const attributes = readAttributes(schema, urn);
  checkDefaults(attributes, urn);
  return {
    schema: { id: urn, name: options.name ?? urn, description: options.description ?? "", attributes },
    required: options.required ?? false,
  };
}
