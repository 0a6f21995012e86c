/** parseInTurns: what JSON.parse does, with pauses in which other requests have their turn. RFC 8259. */
import type { Breather } from "./breather.ts";
import { endOfString, tooDeep } from "./nesting.ts";

/** Characters of elements that are parsed at once: a fraction of a millisecond. */
const atOnce = 65_536;

/** What a walk through the text of an object has found beside the pieces. */
interface Outline {
  /** How many members the object has, repeated ones included. */
  readonly members: number;
  /** The first list that was cut into pieces, as positions in the text. */
  readonly list: LongList | undefined;
}

interface LongList {
  /** The quoted name of the member that it is the value of. */
  readonly name: string;
  /** Behind its opening bracket. */
  readonly start: number;
  /** At its closing bracket; the end of a text that lacks it. */
  readonly end: number;
}

/**
 * The value of a JSON text. The first long list among the members of an object is parsed in pieces, and put into what
 * the rest of the text says: the text is JSON if, and only if, that rest and each of the pieces are.
 *
 * @param pieceLength - how many characters a piece has at the least
 * @throws ScimError 400 `invalidSyntax` over `nesting` levels; SyntaxError for what is not JSON
 */
export async function parseInTurns(
  text: string,
  nesting: number,
  pause: Breather,
  pieceLength = atOnce,
): Promise<unknown> {
  const elements: unknown[] = [];
  const pieces = outline(text, nesting, pieceLength);
  let step = pieces.next();
  for (; step.done !== true; step = pieces.next()) {
    const parsed: readonly unknown[] = parseElements(step.value);
    for (const element of parsed) elements.push(element);
    const rest = pause();
    if (rest !== undefined) await rest;
  }
  const { members, list } = step.value;
  if (list === undefined) return JSON.parse(text);
  const whole: unknown = JSON.parse(text.slice(0, list.start) + text.slice(list.end));
  const held = memberOf(whole, JSON.parse(list.name), members);
  // Of members with one name the last one counts: which one that is, JSON.parse knows best.
  if (held === undefined) return JSON.parse(text);
  for (const element of elements) held.push(element);
  return whole;
}

/** @throws SyntaxError also for no elements at all, since a comma stood beside them */
function parseElements(piece: string): readonly unknown[] {
  const parsed: unknown = JSON.parse(`[${piece}]`);
  if (Array.isArray(parsed) && parsed.length > 0) return parsed;
  throw new SyntaxError("There is no element before or behind a comma.");
}

/** The empty list at a name; undefined if the object has not all of its members, because two of them have one name. */
function memberOf(whole: unknown, name: string, members: number): unknown[] | undefined {
  if (typeof whole !== "object" || whole === null || Object.keys(whole).length !== members) return undefined;
  const held: unknown = Object.getOwnPropertyDescriptor(whole, name)?.value;
  return Array.isArray(held) && held.length === 0 ? held : undefined;
}

/** Walks through a text, and yields pieces of the first long list on the second level, all of it but the commas between. */
function* outline(text: string, nesting: number, pieceLength: number): Generator<string, Outline, void> {
  let depth = 0;
  let members = 0;
  let name = "";
  /** Where the elements begin that have not been yielded, of a list that may yet turn out to be long. */
  let from = -1;
  let start = -1;
  let list: LongList | undefined;
  for (let index = nextMark(text, 0, true); index < text.length; index = nextMark(text, index + 1, depth <= 2)) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      const close = endOfString(text, index + 1);
      if (depth === 1) name = text.slice(index, close + 1);
      index = close;
    } else if (code === openBrace || code === openBracket) {
      if (++depth > nesting) throw tooDeep(nesting);
      if (depth === 2 && code === openBracket && list === undefined && name !== "") from = start = index + 1;
    } else if (code === closeBrace || code === closeBracket) {
      if (--depth !== 1 || from < 0) continue;
      if (from > start) {
        yield text.slice(from, index);
        list = { name, start, end: index };
      }
      from = -1;
    } else if (code === comma && depth === 2 && from >= 0 && index - from >= pieceLength) {
      yield text.slice(from, index);
      from = index + 1;
    } else if (code === colon && depth === 1) members++;
  }
  return { members, list };
}

/**
 * Where the next bracket is that stands outside of strings; the end of a text that has none.
 *
 * @param isShallow - whether quotes, commas and colons are looked for too: further down they say nothing
 */
function nextMark(text: string, start: number, isShallow: boolean): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      if (isShallow) return index;
      index = endOfString(text, index + 1);
    } else if (code === openBrace || code === closeBrace || code === openBracket || code === closeBracket) return index;
    else if (isShallow && (code === comma || code === colon)) return index;
  }
  return text.length;
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
