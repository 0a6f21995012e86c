/** Which SCIM type a zod type without parts is, and what it demands beyond that. RFC 7643 §2.3. */
import { z } from "zod";
import type { Attribute, AttributeType } from "./attribute.ts";
import type { Characteristics } from "./characteristics.ts";

/** What is read from one zod type. */
export interface Reader {
  readonly type: AttributeType;
  readonly canonicalValues: readonly string[] | undefined;
  readonly check: Attribute["check"];
  readonly subAttributes?: ReadonlyMap<string, Attribute>;
}

type Checks = readonly z.core.$ZodCheck<never>[];

/** Types that a zod format says by itself. */
const typeOfFormat: ReadonlyMap<string, AttributeType> = new Map([
  ["datetime", "dateTime"],
  ["base64", "binary"],
  ["base64url", "binary"],
  ["url", "reference"],
  ["safeint", "integer"],
  ["int32", "integer"],
  ["uint32", "integer"],
]);

const stringTypes: readonly AttributeType[] = ["string", "reference", "binary", "dateTime"];
const numberTypes: readonly AttributeType[] = ["decimal", "integer"];

/**
 * Reads a zod type that is neither object nor array.
 *
 * `z.iso.datetime()` as such takes any xsd:dateTime and `z.base64()` either alphabet, padded or not, as RFC 7643 §2.3
 * does; told more (`{ precision: 3 }`), zod's own format is demanded as well. `z.url()` demands an absolute URL.
 *
 * @throws Error for a type that has no SCIM type
 */
export function readPrimitive(node: z.core.$ZodType, described: Characteristics, where: string): Reader {
  if (node instanceof z.core.$ZodBoolean) return reader(node, "boolean", ["boolean"], described, where);
  if (node instanceof z.core.$ZodString) return reader(node, "string", stringTypes, described, where);
  if (node instanceof z.core.$ZodNumber) return reader(node, "decimal", numberTypes, described, where);
  const words = wordsOf(node);
  if (words !== undefined) {
    const canonicalValues = [...words];
    const among = `must be one of ${canonicalValues.map((word) => `"${word}"`).join(", ")}`;
    const more = reader(node, "string", stringTypes, described, where);
    const check = (value: unknown): string | undefined =>
      typeof value === "string" && words.has(value) ? more.check?.(value) : among;
    return { type: more.type, canonicalValues, check };
  }
  if (node instanceof z.core.$ZodTemplateLiteral) {
    const { type } = reader(node, "string", stringTypes, described, where);
    return { type, canonicalValues: undefined, check: (value) => problem(node, value) };
  }
  throw new Error(`${where}: zod's "${node._zod.def.type}" has no SCIM type. ${advice(node)}`);
}

function reader(
  node: z.core.$ZodType,
  plain: AttributeType,
  possible: readonly AttributeType[],
  described: Characteristics,
  where: string,
): Reader {
  if ("coerce" in node._zod.def && node._zod.def.coerce === true) {
    throw new Error(`${where}: z.coerce would change values, which are kept as they are sent; use the plain type.`);
  }
  const checks: Checks = [...(isCheck(node) ? [node] : []), ...(node._zod.def.checks ?? [])];
  const said = checks.map(formatOf).find((format) => format !== undefined && typeOfFormat.has(format));
  const type = described.type ?? (said === undefined ? plain : typeOfFormat.get(said)) ?? plain;
  if (!possible.includes(type)) {
    throw new Error(`${where}: zod's "${node._zod.def.type}" cannot be a SCIM "${type}".`);
  }
  const beyond = checks.filter((check) => !isSaidByType(check, type));
  return { type, canonicalValues: undefined, check: demandOf(beyond, where) };
}

/**
 * A function that runs zod's checks alone, without the type they hang on.
 *
 * @returns undefined when there are none
 * @throws Error for a check that would change the value
 */
export function demandOf(
  checks: Checks | undefined,
  where: string,
): ((value: unknown) => string | undefined) | undefined {
  if (checks === undefined || checks.length === 0) return undefined;
  if (checks.some((check) => check instanceof z.core.$ZodCheckOverwrite)) {
    throw new Error(`${where}: trim, toLowerCase and the like would change values, which are kept as they are sent.`);
  }
  const demand = new z.core.$ZodUnknown({ type: "unknown", checks: [...checks] });
  return (value) => problem(demand, value);
}

function problem(type: z.core.$ZodType, value: unknown): string | undefined {
  const result = z.core.safeParse(type, value);
  return result.success ? undefined : (result.error.issues[0]?.message ?? "is not acceptable");
}

/** A format such as `z.email()` is its own first check; in zod 4.0, every number is an instance of a format. */
function isCheck(node: z.core.$ZodType): node is z.core.$ZodStringFormat | z.core.$ZodNumberFormat {
  const isFormat = node instanceof z.core.$ZodStringFormat || node instanceof z.core.$ZodNumberFormat;
  return isFormat && "check" in node._zod.def;
}

function formatOf(check: z.core.$ZodCheck<never>): string | undefined {
  const isFormat = check instanceof z.core.$ZodCheckStringFormat || check instanceof z.core.$ZodCheckNumberFormat;
  return isFormat ? check._zod.def.format : undefined;
}

/** Whether a check says no more than that the value is of this SCIM type. */
function isSaidByType(check: z.core.$ZodCheck<never>, type: AttributeType): boolean {
  const format = formatOf(check);
  if (format === undefined || typeOfFormat.get(format) !== type) return false;
  if (type === "dateTime") return !hasDateTimeOptions(check._zod.def);
  return type === "binary" || format === "safeint";
}

function hasDateTimeOptions(def: object): boolean {
  const { offset, local, precision } = { offset: false, local: false, precision: null, ...def };
  return offset !== false || local !== false || precision !== null;
}

/** The words of an enum, a literal or a union of them. */
function wordsOf(node: z.core.$ZodType): ReadonlySet<string> | undefined {
  if (node instanceof z.core.$ZodUnion) {
    const parts = node._zod.def.options.map((option) => wordsOf(option));
    if (!parts.every((part) => part !== undefined)) return undefined;
    return new Set(parts.flatMap((part) => [...part]));
  }
  if (!(node instanceof z.core.$ZodEnum || node instanceof z.core.$ZodLiteral)) return undefined;
  const words = [...node._zod.values];
  return words.every((word) => typeof word === "string") ? new Set(words) : undefined;
}

function advice(node: z.core.$ZodType): string {
  if (node instanceof z.core.$ZodDate) return "Use z.iso.datetime().";
  if (node instanceof z.core.$ZodBigInt) return "Use z.int(), or text.";
  if (node instanceof z.core.$ZodRecord) return "Name the sub-attributes in a z.object().";
  if (node instanceof z.core.$ZodPipe) return "Values are kept as they are sent; use the type without the transform.";
  return "Use z.string(), z.boolean(), z.int(), z.number(), z.enum(), z.iso.datetime(), z.object() or z.array().";
}
