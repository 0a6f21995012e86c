/** What a JSON value must be for each SCIM data type. RFC 7643 §2.3. */
import type { AttributeType } from "./attribute.ts";

/** NUL, which PostgreSQL cannot store, and lone surrogates, which UTF-8 cannot say. */
const unstorable = /[\0\p{Surrogate}]/u;

/** xsd:dateTime with a four-digit year; the day is checked against its month below. RFC 7643 §2.3.5. */
const dateTime =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/;

/** Either alphabet of RFC 4648, padded or not. RFC 7643 §2.3.6. */
const base64 = /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)(={0,2})$/;

/** Any URI reference, relative ones and non-ASCII ones included. RFC 7643 §2.3.7. */
const uri = /^[^\s\p{Cc}]+$/u;

/**
 * Says what is wrong with a value of a type that has no parts.
 *
 * @returns undefined when it fits; else the end of a sentence that begins with the attribute's name
 */
export function misfit(value: unknown, type: AttributeType): string | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" ? misfitText(value) : expected("a string", value);
    case "boolean":
      return typeof value === "boolean" ? undefined : expected("true or false", value);
    case "decimal":
      return typeof value === "number" && Number.isFinite(value) ? undefined : expected("a number", value);
    case "integer":
      return Number.isSafeInteger(value) ? undefined : expected("a whole number below 2^53", value);
    case "dateTime":
      return typeof value === "string" && isDateTime(value)
        ? undefined
        : expected("a date and time like 2008-01-23T04:56:22Z", value);
    case "binary":
      return typeof value === "string" && isBase64(value) ? undefined : expected("base64", value);
    case "reference":
      if (typeof value !== "string") return expected("a URI", value);
      return uri.test(value) ? misfitText(value) : expected("a URI, without spaces", value);
    case "complex":
      return isRecord(value) ? undefined : expected("an object", value);
  }
}

/** A JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `must be a string, not a number`: names what was found, and never shows it. */
export function expected(what: string, value: unknown): string {
  return `must be ${what}, not ${found(value)}`;
}

function found(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "an array";
  const kinds: Readonly<Record<string, string>> = {
    string: value === "" ? "empty text" : "this text",
    number: "this number",
    boolean: "a boolean",
    object: "an object",
  };
  return kinds[typeof value] ?? "that";
}

function misfitText(value: string): string | undefined {
  return unstorable.test(value) ? "must not contain NUL characters or unpaired surrogates" : undefined;
}

function isDateTime(value: string): boolean {
  const [whole, year, month, day] = dateTime.exec(value) ?? [];
  if (whole === undefined || year === "0000") return false;
  return Number(day) <= new Date(Date.UTC((Number(year) % 400) + 2000, Number(month), 0)).getUTCDate();
}

function isBase64(value: string): boolean {
  const padding = base64.exec(value)?.[1];
  if (padding === undefined) return false;
  return padding === "" ? value.length % 4 !== 1 : value.length % 4 === 0;
}
