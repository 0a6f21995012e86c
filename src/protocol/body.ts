/** Request bodies: media type, JSON, nesting. RFC 7644 §3.8. */
import { ScimError } from "../error.ts";
import { header, type ScimRequest } from "../request.ts";
import { type Breather, turn } from "./breather.ts";
import { checkDepth, checkTextDepth } from "./nesting.ts";
import { parseInTurns } from "./parse-in-turns.ts";

const json = /^(?:application|text)\/(?:[\w.-]+\+)?json(?:\+scim)?\s*(?:;|$)/i;

/** A JSON object whose keys nobody has looked at. */
export type Body = { readonly [name: string]: unknown };

/** Whether a value is a JSON object. */
export function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The body of a request as a JSON object.
 *
 * @param nesting - how many objects and arrays may lie within one another
 * @throws ScimError 415 for a media type that is not JSON; 400 `invalidSyntax` for a missing body, for text that is not
 *   JSON, for JSON that is not an object, and for JSON that is nested too deep
 */
export function readBody(request: ScimRequest, nesting: number): Body {
  checkMediaType(request);
  return asObject(readJson(request, nesting));
}

/** Characters that are parsed at once: a millisecond or two. */
const short = 262_144;

/**
 * As {@link readBody}, of a body that may have so many operations that other requests would wait for it to be parsed.
 */
export async function readLongBody(request: ScimRequest, nesting: number, pause: Breather): Promise<Body> {
  const { body } = request;
  if (body === undefined || !("text" in body) || body.text.length <= short) return readBody(request, nesting);
  checkMediaType(request);
  // So long a text has taken a while to be put together.
  await turn();
  try {
    return asObject(await parseInTurns(body.text, nesting, pause));
  } catch (cause) {
    throw cause instanceof SyntaxError ? notJson(cause) : cause;
  }
}

function checkMediaType({ headers }: ScimRequest): void {
  const contentType = header(headers, "content-type");
  if (contentType !== undefined && contentType !== "" && !json.test(contentType)) {
    throw new ScimError(
      415,
      'The request body must be JSON: send it as "application/scim+json" or "application/json".',
    );
  }
}

function asObject(value: unknown): Body {
  if (isBody(value)) return value;
  const found = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
  throw ScimError.invalidSyntax(`The request body must be a JSON object; it is ${found}.`);
}

function notJson(cause: unknown): ScimError {
  return ScimError.invalidSyntax("The request body is not valid JSON.", { cause });
}

function readJson(request: ScimRequest, nesting: number): unknown {
  const body = request.body;
  if (body === undefined || ("text" in body && body.text.trim() === "")) {
    throw ScimError.invalidSyntax("The request has no body; send a JSON object.");
  }
  if ("json" in body) {
    checkDepth(body.json, nesting);
    return body.json;
  }
  checkTextDepth(body.text, nesting);
  try {
    return JSON.parse(body.text);
  } catch (cause) {
    throw notJson(cause);
  }
}
