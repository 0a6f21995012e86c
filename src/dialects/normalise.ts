/** Dialects made ready: what a list of them does at each point, worked out once. */
import type { Fields, SentMessage, SentOperation } from "../patch/operations.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { Relaxation, Relaxations } from "../schema/relaxation.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Dialect, DialectContext } from "./dialect.ts";
import { keyReading, nestKeys, splitKeys } from "./keys.ts";

/** What the dialects in force do to a request. Each part is undefined if none of them has anything to do there. */
export interface Normaliser {
  readonly relaxed: Relaxations;
  /** For `readOperations`. */
  readonly message: ((message: SentMessage) => SentMessage) | undefined;
  /** For `readOperations`. */
  readonly operation: ((operation: SentOperation, type: ResourceType) => readonly SentOperation[]) | undefined;
  /** The body of a POST or PUT, before it is read. */
  readonly body: ((body: Fields, type: ResourceType) => Fields) | undefined;
  /** For `Reading.coerce`. */
  readonly coerce: ((value: unknown, attribute: Attribute) => unknown) | undefined;
}

/**
 * The normaliser of a list of dialects.
 *
 * @throws Error if two dialects have the same name
 */
export function compileDialects(dialects: readonly Dialect[]): Normaliser {
  const names = new Set<string>();
  for (const { name } of dialects) {
    if (names.has(name)) throw new Error(`The dialect "${name}" is listed twice.`);
    names.add(name);
  }
  const relaxed: ReadonlySet<Relaxation> = new Set(dialects.flatMap(({ relaxes = [] }) => relaxes));
  return {
    relaxed,
    message: messageOf(dialects),
    operation: operationOf(dialects, relaxed),
    body: bodyOf(dialects, relaxed),
    coerce: coerceOf(dialects),
  };
}

function messageOf(dialects: readonly Dialect[]): Normaliser["message"] {
  const concerned = dialects.filter(({ message }) => message !== undefined);
  if (concerned.length === 0) return undefined;
  return (sent) => concerned.reduce((message, dialect) => dialect.message?.(message) ?? message, sent);
}

/** Every dialect sees what the ones before it made; keys are split last. */
function operationOf(dialects: readonly Dialect[], relaxed: Relaxations): Normaliser["operation"] {
  const concerned = dialects.filter(({ operation }) => operation !== undefined);
  const read = keyReading(dialects);
  if (concerned.length === 0 && read === undefined) return undefined;
  const rewrite = (sent: SentOperation, from: number, context: DialectContext): readonly SentOperation[] => {
    let operation = sent;
    for (let index = from; index < concerned.length; index++) {
      const rewritten = concerned[index]?.operation?.(operation, context) ?? operation;
      if (isList(rewritten)) return rewritten.flatMap((each) => rewrite(each, index + 1, context));
      operation = rewritten;
    }
    return read === undefined ? [operation] : splitKeys(operation, read, context);
  };
  return (sent, type) => rewrite(sent, 0, { type, relaxed });
}

function isList(rewritten: SentOperation | readonly SentOperation[]): rewritten is readonly SentOperation[] {
  return Array.isArray(rewritten);
}

function bodyOf(dialects: readonly Dialect[], relaxed: Relaxations): Normaliser["body"] {
  const concerned = dialects.filter(({ body }) => body !== undefined);
  const read = keyReading(dialects);
  if (concerned.length === 0 && read === undefined) return undefined;
  return (sent, type) => {
    const context: DialectContext = { type, relaxed };
    const nested = read === undefined ? sent : nestKeys(sent, read, context);
    return concerned.reduce((body, dialect) => dialect.body?.(body, context) ?? body, nested);
  };
}

type Rewrite = (value: unknown) => unknown;

/** The rewrites of an attribute are asked for once, and kept as long as the attribute lives. */
function coerceOf(dialects: readonly Dialect[]): Normaliser["coerce"] {
  const concerned = dialects.filter(({ value }) => value !== undefined);
  if (concerned.length === 0) return undefined;
  const known = new WeakMap<Attribute, Rewrite>();
  const rewriteOf = (attribute: Attribute): Rewrite => {
    const rewrites = concerned.map((dialect) => dialect.value?.(attribute)).filter((rewrite) => rewrite !== undefined);
    const rewrite = chained(rewrites);
    known.set(attribute, rewrite);
    return rewrite;
  };
  return (value, attribute) => (known.get(attribute) ?? rewriteOf(attribute))(value);
}

/** Rewrites as one; most attributes have few. */
function chained(rewrites: readonly Rewrite[]): Rewrite {
  const [first, ...others] = rewrites;
  if (first === undefined) return (value) => value;
  const rest = others.length === 0 ? undefined : chained(others);
  return rest === undefined ? first : (value) => rest(first(value));
}
