/** Attribute and Schema: what an attribute is and how it behaves. RFC 7643 §2.2–2.4, §7. */

/** A SCIM data type. RFC 7643 §2.3. */
export type AttributeType =
  | "string"
  | "boolean"
  | "decimal"
  | "integer"
  | "dateTime"
  | "binary"
  | "reference"
  | "complex";

/** When an attribute may be (re)defined. RFC 7643 §7. */
export type Mutability = "readOnly" | "readWrite" | "immutable" | "writeOnly";
/** When an attribute is part of a response. RFC 7643 §7. */
export type Returned = "always" | "never" | "default" | "request";
/** How unique an attribute's value is. RFC 7643 §7. */
export type Uniqueness = "none" | "server" | "global";

/** One attribute or sub-attribute of a schema, with everything a request needs to know about it. RFC 7643 §7. */
export interface Attribute {
  /** The name in its canonical case. */
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly canonicalValues: readonly string[] | undefined;
  /** Whether strings compare with their case. Always true for binary and reference. */
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  readonly referenceTypes: readonly string[] | undefined;
  /** Sub-attributes by lower-cased name, in schema order; empty unless the type is complex. */
  readonly subAttributes: ReadonlyMap<string, Attribute>;
  /** The value assigned on creation when the client gives none; not part of the served schema. */
  readonly defaultValue: unknown;
  /** Makes the default of one resource, where the host gave a function; `defaultValue` is then an example. */
  readonly makeDefault?: (() => unknown) | undefined;
  /**
   * What the host's zod type demands beyond the SCIM type, of a value, or of one element if multi-valued; returns what
   * is wrong, or undefined.
   */
  readonly check: ((value: unknown) => string | undefined) | undefined;
  /**
   * As {@link check}, of the whole list of a multi-valued attribute (`check` looks at one element): how many elements,
   * which beside which.
   */
  readonly checkAll?: ((values: readonly unknown[]) => string | undefined) | undefined;
  /** How text is prepared before it is kept, and before stores compare with it; absent: as it is. RFC 7644 §5. */
  readonly prepare?: ((text: string) => string) | undefined;
  /**
   * What `/Schemas` repeats though the attribute behaves otherwise: RFC 7643 §8.7.1 prints `caseExact: false` at
   * references, which §2.3.7 makes case exact, and `required: false` at a group's displayName, which §4.2 requires.
   */
  readonly stated?:
    | {
        readonly caseExact?: boolean | undefined;
        readonly uniqueness?: Uniqueness | undefined;
        readonly required?: boolean | undefined;
      }
    | undefined;
  /** Whether `/Schemas` shows it; when absent, it does. */
  readonly listed?: boolean | undefined;
}

/** A schema: a URN and its attributes. RFC 7643 §7. */
export interface Schema {
  /** The URN in its canonical case. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Attributes by lower-cased name, in schema order. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A resource or part of one, before anything is known of its shape: canonical attribute names to values. */
export type Resource = { readonly [name: string]: unknown };

/** A resolved attribute name, path or URN. RFC 7644 §3.10. */
export interface AttributePath {
  /** The URN of the extension that holds the attribute; undefined for core and common attributes. */
  readonly extension: string | undefined;
  readonly attribute: Attribute;
  readonly subAttribute: Attribute | undefined;
  /** The whole path in canonical case: `name.givenName`, `urn:…:User:manager.value`. */
  readonly text: string;
}

/** The attribute that a path ends at. */
export function leaf(path: AttributePath): Attribute {
  return path.subAttribute ?? path.attribute;
}
