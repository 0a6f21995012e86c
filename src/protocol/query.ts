/** Query: the parameters of a request, from its URL or from a SearchRequest. RFC 7644 §3.4.2, §3.4.3, §3.9. */
import { ScimError } from "../error.ts";
import type { Body } from "./body.ts";

/** What a client asks of a query or of a response; undefined where it does not say. */
export interface Query {
  readonly filter?: string;
  readonly sortBy?: string;
  readonly sortOrder?: string;
  readonly startIndex?: number;
  readonly count?: number;
  /** Empty for the first page. RFC 9865 §2. */
  readonly cursor?: string;
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The query without parameters. */
const emptyQuery: Query = {};

/** Parameter names by lower case: `Filter=` must not be taken for an unknown parameter and return everything. */
const parameters = new Map<string, keyof Query>(
  (["filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"] as const).map(
    (name) => [name.toLowerCase(), name],
  ),
);

/**
 * Reads the query part of a URL, as form data: `+` is a space. Unknown and empty parameters are ignored.
 *
 * @param text - what follows the `?`, percent-encoded or raw
 * @throws ScimError 400 `invalidValue` for a parameter that comes twice, for broken percent-encoding, and for a number
 *   that is none
 */
export function readQuery(text: string): Query {
  if (text === "") return emptyQuery;
  const query: Mutable<Query> = {};
  for (const pair of text.split("&")) {
    const equals = pair.indexOf("=");
    const name = parameters.get(decode(equals < 0 ? pair : pair.slice(0, equals)).toLowerCase());
    if (name === undefined) continue;
    if (Object.hasOwn(query, name)) {
      throw ScimError.invalidValue(`The query parameter "${name}" comes more than once; send it once.`);
    }
    assign(query, name, equals < 0 ? "" : decode(pair.slice(equals + 1)));
  }
  return checked(query);
}

/**
 * Reads the same parameters from the body of a `/.search` request.
 *
 * @throws ScimError 400 `invalidSyntax` for a parameter of the wrong JSON type
 */
export function readSearchRequest(body: Body): Query {
  const query: Mutable<Query> = {};
  for (const [key, value] of Object.entries(body)) {
    const name = parameters.get(key.toLowerCase());
    if (name === undefined || value === null) continue;
    if (typeof value === "string" || typeof value === "number") assign(query, name, String(value));
    else if (Array.isArray(value) && (name === "attributes" || name === "excludedAttributes")) {
      query[name] = value.filter((item) => typeof item === "string");
    } else throw ScimError.invalidSyntax(`"${name}" has the wrong JSON type for a SearchRequest (RFC 7644 §3.4.3).`);
  }
  return checked(query);
}

function assign(query: Mutable<Query>, name: keyof Query, value: string): void {
  if (name === "startIndex" || name === "count") {
    if (value !== "") query[name] = integer(name, value);
  } else if (name === "attributes" || name === "excludedAttributes") {
    if (value.trim() !== "") query[name] = splitNames(value);
  } else if (name === "cursor" || value !== "") query[name] = value;
}

/** A bracketed filter after a name may contain commas. */
function splitNames(value: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= value.length; index++) {
    const character = value[index];
    if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (character === undefined || (character === "," && depth <= 0)) {
      const name = value.slice(start, index).trim();
      if (name !== "") names.push(name);
      start = index + 1;
    }
  }
  return names;
}

function integer(name: string, value: string): number {
  const text = value.trim();
  if (!/^[+-]?\d{1,15}$/.test(text)) throw ScimError.invalidValue(`"${name}" must be an integer.`);
  return Number(text);
}

function checked(query: Query): Query {
  if (query.attributes !== undefined && query.excludedAttributes !== undefined) {
    throw ScimError.invalidValue('Send either "attributes" or "excludedAttributes", not both (RFC 7644 §3.9).');
  }
  return query;
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch (cause) {
    throw ScimError.invalidValue("The query string is not valid percent-encoded UTF-8.", { cause });
  }
}
