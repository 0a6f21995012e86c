/** Characteristics: what SCIM says of an attribute beside its zod type, in a registry of our own. RFC 7643 §2.2, §7. */
import { z } from "zod";
import type { AttributeType, Mutability, Returned, Uniqueness } from "./attribute.ts";

/** What {@link attribute} says of an attribute; everything has RFC 7643 §2.2's default. */
export interface Characteristics {
  /** For `/Schemas`. Default: what zod's `.describe()` says, else empty. */
  readonly description?: string;
  /**
   * Whether every resource (for a sub-attribute: every value of its attribute) must have it, and not blank. Default:
   * true unless the zod type is optional, nullable or has a default.
   */
  readonly required?: boolean;
  /** What `/Schemas` says of `required`, where a specification prints other than it means. Default: `required`. */
  readonly requiredAsListed?: boolean;
  /** Suggested values, for `/Schemas`; only a zod enum restricts. Default: the values of the zod enum, if it is one. */
  readonly canonicalValues?: readonly string[];
  /** Whether text compares with its case. Default false; binary and reference compare with their case whatever is said. */
  readonly caseExact?: boolean;
  /** When the attribute may be (re)defined. Default `readWrite`. */
  readonly mutability?: Mutability;
  /** When it is part of a response. Default `default`; `never` for `writeOnly`. */
  readonly returned?: Returned;
  /** How unique its value is. Default `none`. */
  readonly uniqueness?: Uniqueness;
  /** What a reference points at: names of resource types, `external`, `uri`. Default for references: `["external"]`. */
  readonly referenceTypes?: readonly string[];
  /**
   * The SCIM type, where zod's type leaves it open: text may be `reference`, `binary` or `dateTime`, a number
   * `decimal` or `integer`. Default: `string`, or what `z.url()`, `z.base64()`, `z.iso.datetime()` and `z.int()` say;
   * `decimal` for `z.number()`.
   */
  readonly type?: Exclude<AttributeType, "complex" | "boolean">;
  /** Assigned on creation when the client says nothing. Default: the default of the zod type. Not for sub-attributes. */
  readonly defaultValue?: unknown;
  /**
   * Makes one text of all that mean the same, before it is kept and wherever a filter compares with it; done twice is
   * done once. Default: text stays as it is; `userName` and `password` are prepared by RFC 7613. RFC 7644 §5.
   */
  readonly prepare?: (text: string) => string;
  /** Whether `/Schemas` shows it. Default true. */
  readonly listed?: boolean;
}

/** Ours alone: nothing of it reaches zod's global registry, and through that the host's OpenAPI documents. */
export const characteristics: z.core.$ZodRegistry<Characteristics> = z.registry<Characteristics>();

/**
 * Says what SCIM needs to know of an attribute beyond its zod type.
 *
 * Checks belong inside (`attribute(z.string().min(3), …)`), since they make a new type, which older versions of zod do
 * not connect with the one before; `.optional()`, `.nullable()`, `.default()` and arrays may come around it.
 *
 * @returns the same zod type, so that its TypeScript type stays
 * @example
 * ```ts
 * const Badge = z.object({
 *   badgeNumber: attribute(z.string(), { uniqueness: "server", caseExact: true }),
 *   floor: z.int().optional(),
 * });
 * ```
 * @see RFC 7643 §2.2
 */
export function attribute<T extends z.core.$ZodType>(type: T, described: Characteristics): T {
  characteristics.add<z.core.$ZodType>(type, described);
  return type;
}
