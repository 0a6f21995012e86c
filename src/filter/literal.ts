/** Literals: false, null, true, numbers and strings by the rules of JSON. RFC 7644 §3.4.2.2 compValue, RFC 7159. */
import type { Relaxations } from "../schema/relaxation.ts";
import { type Cursor, malformed, peek, readWord } from "./cursor.ts";
import type { FilterValue } from "./filter.ts";

/** A literal as it was written. */
export interface Literal {
  readonly value: FilterValue;
  /** The text of a literal that stood without quotes, `true` and `42` among them; undefined for a string in quotes. */
  readonly word: string | undefined;
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const constants = new Map<string, FilterValue>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const quote = 0x22;
const backslash = 0x5c;

/**
 * Reads the literal at the cursor.
 *
 * @throws ScimError 400 `invalidFilter`; the detail does not repeat the literal
 */
export function readLiteral(cursor: Cursor, relaxed: Relaxations): Literal {
  if (cursor.text.charCodeAt(cursor.at) === quote) return { value: readString(cursor), word: undefined };
  const start = cursor.at;
  const word = readWord(cursor);
  const value = constants.get(word);
  if (value !== undefined) return { value, word };
  if (number.test(word)) return { value: readNumber(cursor, word, start), word };
  if (word === "" || !relaxed.has("unquotedLiterals")) {
    throw malformed(cursor, "expected a value: a string in double quotes, a number, true, false or null.", start);
  }
  // `userName eq and …` has lost its value; taking the `and` for one would only hide that.
  if (/^(?:and|or)$/i.test(word)) throw malformed(cursor, "expected a value before the logical operator.", start);
  const next = peek(cursor);
  if (next === '"' || next === "(" || next === "[") {
    throw malformed(cursor, "a value with quotes or brackets in it must be a JSON string in double quotes.");
  }
  return { value: word, word };
}

function readNumber(cursor: Cursor, word: string, start: number): number {
  const value = Number(word);
  if (Number.isFinite(value)) return value;
  throw malformed(cursor, "the number is too large.", start);
}

/** Looks for the closing quote by itself, so that JSON.parse sees one string, once. */
function readString(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  let end = start + 1;
  let plain = true;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) break;
    if (code === backslash) {
      plain = false;
      end++;
    } else if (code < 0x20) plain = false;
  }
  if (end >= text.length) throw malformed(cursor, "the string that begins here is not closed with a double quote.");
  cursor.at = end + 1;
  if (plain) return text.slice(start + 1, end);
  const value = parseJson(text.slice(start, end + 1));
  if (typeof value === "string") return value;
  throw malformed(cursor, "the string that begins here is not a JSON string; check its backslashes.", start);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
