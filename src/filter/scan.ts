/** Scan: one linear pass over a filter: bounds, order of tokens, names and literals lifted out. RFC 7644 §3.4.2.2. */
import { ScimError } from "../error.ts";
import { type Cursor, malformed, peek, readWord, skipSpace } from "./cursor.ts";
import type { Grammar } from "./grammar.ts";
import { type Literal, readLiteral } from "./literal.ts";
import { isAttributeName, isAttributePath, quoted } from "./name.ts";

/** What was said in one attribute expression; a literal only after a comparison operator. */
export interface Term {
  /** A name, path or URN path that obeys the grammar; nobody has looked it up yet. */
  readonly name: string;
  readonly literal: Literal | undefined;
}

/** A filter taken apart: how it is built, and what it is about. */
export interface Scan {
  /** The same filter with `p0`, `p1`, … for its terms' names and `"0"` for its literals, in canonical spacing. */
  readonly shape: string;
  /** What the placeholders stand for: `p3` is `terms[3]`. */
  readonly terms: readonly Term[];
}

interface Bracket {
  readonly kind: "(" | "[";
  /** Where in the text and where in the shape it was opened. */
  readonly at: number;
  readonly part: number;
}

interface Scanner extends Cursor {
  readonly grammar: Grammar;
  readonly parts: string[];
  readonly terms: Term[];
  readonly open: Bracket[];
  /** Whether an open bracket is a `[`. */
  inElement: boolean;
}

const operators = new Set(["pr", "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]);

/**
 * Scans a filter. Linear in the length of the text; texts over `maxLength` are not looked at.
 *
 * @throws ScimError 400 `invalidFilter` for what the grammar does not allow, and for what exceeds its bounds
 */
export function scan(text: string, grammar: Grammar): Scan {
  if (text.length > grammar.maxLength) {
    throw ScimError.invalidFilter(`The filter has more than the ${grammar.maxLength} characters accepted here.`);
  }
  const scanner: Scanner = { text, at: 0, grammar, parts: [], terms: [], open: [], inElement: false };
  do readOperand(scanner);
  while (readJunction(scanner));
  return { shape: scanner.parts.join(""), terms: scanner.terms };
}

/** Reads `(`, `not (` and `name[` as often as they come, and the attribute expression behind them. */
function readOperand(scanner: Scanner): void {
  for (;;) {
    skipSpace(scanner);
    if (peek(scanner) === "(") {
      open(scanner, "(", "(");
      continue;
    }
    const start = scanner.at;
    const name = readWord(scanner);
    const spaced = skipSpace(scanner);
    const next = peek(scanner);
    if (next === "(" && isWord(name, "not")) {
      scanner.parts.push("not ");
      continue;
    }
    checkName(scanner, name, start);
    if (next !== "[") {
      if (!spaced) throw malformed(scanner, `expected a space and an operator after ${quoted(name)}.`);
      readExpression(scanner, name);
      return;
    }
    if (scanner.inElement) throw malformed(scanner, "brackets inside brackets are not allowed.");
    open(scanner, "[", `p${addTerm(scanner, name)}[`);
    scanner.inElement = true;
  }
}

function checkName(scanner: Scanner, name: string, start: number): void {
  if (name === "") throw malformed(scanner, "expected an attribute name.", start);
  if (isAttributePath(name)) return;
  throw malformed(scanner, `${quoted(name)} is not an attribute name; was a double quote forgotten?`, start);
}

/** Reads the operator and the literal of `name op literal` or `name pr`. */
function readExpression(scanner: Scanner, name: string): void {
  const start = scanner.at;
  const word = readWord(scanner);
  const operator = word.toLowerCase();
  if (!operators.has(operator)) throw malformed(scanner, unknownOperator(name, word), start);
  if (operator === "pr") {
    scanner.parts.push(`p${addTerm(scanner, name)} pr`);
    return;
  }
  // No space is needed before a quote: RFC 7644 §3.5.2.2's own example has `value eq"2819c223…"`, and nothing else
  // could be meant. Anywhere else the word would not have ended.
  skipSpace(scanner);
  const literal = readLiteral(scanner, scanner.grammar.relaxed);
  scanner.parts.push(`p${addTerm(scanner, name, literal)} ${operator} "0"`);
}

function unknownOperator(name: string, word: string): string {
  if (word === "") return `expected an operator after ${quoted(name)}.`;
  if (isWord(name, "not")) return `"not" must be followed by a filter in parentheses.`;
  const known = "eq, ne, co, sw, ew, gt, ge, lt, le or pr";
  // Only a word that looks like an operator is repeated; anything else might be part of a value.
  if (/^[A-Za-z]{1,20}$/.test(word)) return `the operator '${word}' is not supported; use ${known}.`;
  return `expected an operator: ${known}.`;
}

/** Reads closing brackets as often as they come, and `and` or `or`; false at the end of the filter. */
function readJunction(scanner: Scanner): boolean {
  for (;;) {
    const spaced = skipSpace(scanner);
    if (scanner.at >= scanner.text.length) {
      const unclosed = scanner.open.at(-1);
      if (unclosed !== undefined) throw malformed(scanner, `this "${unclosed.kind}" is not closed.`, unclosed.at);
      return false;
    }
    const character = peek(scanner);
    if (character === ")") close(scanner, "(", ")");
    else if (character === "]") readSuffix(scanner, close(scanner, "[", "]"));
    else {
      readLogical(scanner, spaced);
      return true;
    }
  }
}

function readLogical(scanner: Scanner, spaced: boolean): void {
  const start = scanner.at;
  const word = readWord(scanner).toLowerCase();
  // The word itself is not repeated: after a quote gone astray it is part of a value.
  if (word !== "and" && word !== "or") throw malformed(scanner, `expected "and", "or" or the end.`, start);
  if (!spaced) throw malformed(scanner, `a space is missing before "${word}".`, start);
  if (!skipSpace(scanner)) throw malformed(scanner, `expected a space and a filter after "${word}".`);
  scanner.parts.push(word === "and" ? " and " : " or ");
}

function open(scanner: Scanner, kind: "(" | "[", shape: string): void {
  if (scanner.open.length >= scanner.grammar.maxDepth) {
    throw malformed(scanner, `more than ${scanner.grammar.maxDepth} brackets are open.`);
  }
  scanner.open.push({ kind, at: scanner.at, part: scanner.parts.length });
  scanner.parts.push(shape);
  scanner.at++;
}

function close(scanner: Scanner, kind: "(" | "[", closing: ")" | "]"): Bracket {
  const bracket = scanner.open.pop();
  if (bracket === undefined) throw malformed(scanner, `there is no "${kind}" that this "${closing}" could close.`);
  if (bracket.kind !== kind) throw malformed(scanner, `"${bracket.kind}" cannot be closed by "${closing}".`);
  if (kind === "[") scanner.inElement = false;
  scanner.parts.push(closing);
  scanner.at++;
  return bracket;
}

/**
 * Reads what IdPs write behind a value path: `emails[type eq "work"].value eq "x"` (Q19) and
 * `emails[type eq "work"] eq "x"` (Q20) both mean `emails[(type eq "work") and value eq "x"]`.
 */
function readSuffix(scanner: Scanner, bracket: Bracket): void {
  const start = scanner.at;
  const dotted = peek(scanner) === ".";
  if (!dotted && !operatorFollows(scanner)) return;
  if (!scanner.grammar.relaxed.has("valuePathSubAttribute"))
    throw malformed(scanner, `nothing may follow "]" here; write the condition inside the brackets.`);
  let name = "value";
  if (dotted) {
    scanner.at++;
    name = readWord(scanner);
    if (!isAttributeName(name)) throw malformed(scanner, `expected a sub-attribute's name after "].".`, start);
  }
  if (!skipSpace(scanner)) throw malformed(scanner, `expected a space and an operator after ${quoted(name)}.`);
  scanner.parts[bracket.part] += "(";
  scanner.parts[scanner.parts.length - 1] = ") and ";
  readExpression(scanner, name);
  scanner.parts.push("]");
}

function operatorFollows(scanner: Scanner): boolean {
  const ahead: Cursor = { text: scanner.text, at: scanner.at };
  return skipSpace(ahead) && operators.has(readWord(ahead).toLowerCase());
}

function addTerm(scanner: Scanner, name: string, literal?: Literal): number {
  if (scanner.terms.length >= scanner.grammar.maxTerms) {
    throw ScimError.invalidFilter(`The filter has more than the ${scanner.grammar.maxTerms} conditions accepted here.`);
  }
  return scanner.terms.push({ name, literal }) - 1;
}

function isWord(word: string, keyword: string): boolean {
  return word.length === keyword.length && word.toLowerCase() === keyword;
}
