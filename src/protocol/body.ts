/** Request bodies: media type, JSON, nesting. RFC 7644 §3.8. */
import { ScimError } from "../error.ts";
import { header, type ScimRequest } from "../request.ts";

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
  const contentType = header(request.headers, "content-type");
  if (contentType !== undefined && contentType !== "" && !json.test(contentType)) {
    throw new ScimError(
      415,
      'The request body must be JSON: send it as "application/scim+json" or "application/json".',
    );
  }
  const value = readJson(request, nesting);
  if (!isBody(value)) {
    const found = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
    throw ScimError.invalidSyntax(`The request body must be a JSON object; it is ${found}.`);
  }
  return value;
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
    throw ScimError.invalidSyntax("The request body is not valid JSON.", { cause });
  }
}

const tooDeep = (nesting: number): ScimError =>
  ScimError.invalidSyntax(`The request body is nested more than ${nesting} levels deep.`);

/** Looks at brackets outside strings only; a text with too few of them to be nested too deep is not looked at. */
function checkTextDepth(text: string, nesting: number): void {
  if (!hasMoreBrackets(text, nesting)) return;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index + 1);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > nesting) throw tooDeep(nesting);
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}

/** Where the closing quote of a string is, or the end of a text that lacks it. */
function endOfString(text: string, start: number): number {
  let index = start;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) break;
    if (code === 0x5c) index++;
  }
  return index;
}

/** Whether there are more opening brackets than `most`, in strings too; a search is quicker than a loop. */
function hasMoreBrackets(text: string, most: number): boolean {
  if (text.length < 2 * most) return false;
  let found = 0;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) if (++found > most) return true;
  }
  return false;
}

function checkDepth(value: unknown, nesting: number): void {
  if (typeof value !== "object" || value === null) return;
  if (nesting === 0) throw tooDeep(0);
  for (const child of Object.values(value)) checkDepth(child, nesting - 1);
}
