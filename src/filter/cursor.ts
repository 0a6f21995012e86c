/** Cursor: a place in the text of a filter, and the steps from there. RFC 7644 §3.4.2.2. */
import { ScimError } from "../error.ts";

/** A place in a text. */
export interface Cursor {
  readonly text: string;
  /** Index of the next code unit to read. */
  at: number;
}

const kind = { word: 0, space: 1, delimiter: 2 } as const;

const kinds = new Uint8Array(128);
for (const space of " \t\n\r") kinds[space.charCodeAt(0)] = kind.space;
for (const delimiter of '()[]"') kinds[delimiter.charCodeAt(0)] = kind.delimiter;

/** Moves over white space; the grammar has one SP, any amount of it is as clear. Tells whether there was any. */
export function skipSpace(cursor: Cursor): boolean {
  const start = cursor.at;
  while (kinds[cursor.text.charCodeAt(cursor.at)] === kind.space) cursor.at++;
  return cursor.at > start;
}

/** Reads up to white space, a bracket, a parenthesis, a double quote or the end; empty if there is nothing before it. */
export function readWord(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  let at = start;
  while (at < text.length && !kinds[text.charCodeAt(at)]) at++;
  cursor.at = at;
  return text.slice(start, at);
}

/** The code unit at the cursor as text; empty at the end. */
export function peek(cursor: Cursor): string {
  return cursor.text.charAt(cursor.at);
}

/** 400 `invalidFilter` that says where, and never repeats what may be a value. */
export function malformed(cursor: Cursor, problem: string, at = cursor.at): ScimError {
  const where = at < cursor.text.length ? `at character ${at + 1}` : "at its end";
  return ScimError.invalidFilter(`The filter is malformed ${where}: ${problem}`);
}
