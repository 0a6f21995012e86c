/** What the page sends, read field by field: the only way from a request's body or query to the connections. */
import type { ScimBody } from "scimkit";
import { ApiError } from "./answer.ts";

/** The fields of a request by name; no other field gets in. */
export type Input = ReadonlyMap<string, unknown>;

/**
 * The fields of a JSON body.
 *
 * @param names - the fields that there may be
 * @throws ApiError 400 for what is no JSON object, or has a field of another name
 */
export function readBody(body: ScimBody | undefined, names: readonly string[]): Input {
  return readObject("The body", body === undefined ? {} : "json" in body ? body.json : parsed(body.text), names);
}

/** The fields of an object within a body. @param what - as a message begins @throws ApiError as {@link readBody} */
export function readObject(what: string, value: unknown, names: readonly string[]): Input {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ApiError(400, "errorInput", `${what} must be a JSON object.`);
  }
  return fields(Object.entries(value), names);
}

/** A list that may be absent. @param limit - values that it may have */
export function optionalList(input: Input, name: string, limit: number): readonly unknown[] {
  const value = input.get(name) ?? [];
  if (!Array.isArray(value) || value.length > limit) {
    throw new ApiError(400, "errorInput", `"${name}" must be a list of up to ${limit} values.`);
  }
  return value;
}

/** A list of texts, each as {@link text} has it, that may be absent. */
export function texts(input: Input, name: string, limit: number): readonly string[] {
  return optionalList(input, name, limit).map((value) => text(new Map([[name, value]]), name));
}

/** The fields of a query. @throws ApiError 400 for a field of another name, or one that comes twice */
export function readQuery(query: string, names: readonly string[]): Input {
  return fields([...new URLSearchParams(query)], names);
}

/** A text. @throws ApiError 400 for anything else, and for one that is longer than `limit` characters */
export function text(input: Input, name: string, limit = 200): string {
  const value = optionalText(input, name, limit);
  if (value === undefined || value === "") throw new ApiError(400, "errorInput", `"${name}" is missing.`);
  return value;
}

/** A text that may be absent. */
export function optionalText(input: Input, name: string, limit = 200): string | undefined {
  const value = input.get(name);
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw new ApiError(400, "errorInput", `"${name}" must be a text.`);
  if (value.length > limit) throw new ApiError(400, "errorInput", `"${name}" is longer than ${limit} characters.`);
  if (/\p{Cc}/u.test(value)) throw new ApiError(400, "errorInput", `"${name}" has a control character in it.`);
  return value;
}

/** A whole number within bounds, written as a number or, in a query, as digits. */
export function whole(input: Input, name: string, from: number, to: number): number {
  const value = input.get(name);
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < from || number > to) {
    throw new ApiError(400, "errorInput", `"${name}" must be a whole number from ${from} to ${to}.`);
  }
  return number;
}

/** A point in time as ISO 8601 writes it, with seconds and zone; it may be absent. */
export function optionalTime(input: Input, name: string): Date | undefined {
  const value = optionalText(input, name, 40);
  if (value === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(value)
    ? Date.parse(value)
    : Number.NaN;
  if (Number.isNaN(time)) throw new ApiError(400, "errorInput", `"${name}" must be a time as 2030-01-31T00:00:00Z.`);
  return new Date(time);
}

/** One of a few words. */
export function oneOf<const Word extends string>(input: Input, name: string, words: readonly Word[]): Word {
  const value = input.get(name);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new ApiError(400, "errorInput", `"${name}" must be one of: ${words.join(", ")}.`);
  return word;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ApiError(400, "errorInput", "The body is not valid JSON.");
  }
}

function fields(entries: readonly (readonly [string, unknown])[], names: readonly string[]): Input {
  const input = new Map<string, unknown>();
  for (const [name, value] of entries) {
    if (!names.includes(name)) {
      const known = names.length === 0 ? "none is taken here" : `it may be: ${names.join(", ")}`;
      throw new ApiError(400, "errorInput", `There is no such field as "${name.slice(0, 40)}"; ${known}.`);
    }
    if (input.has(name)) throw new ApiError(400, "errorInput", `"${name}" comes twice.`);
    input.set(name, value);
  }
  return input;
}
