/** Random filters and resources, and a literal-minded evaluator that shares nothing with the engine. RFC 7644 §3.4.2.2. */
import fc from "fast-check";
import { ENTERPRISE } from "./filter-type.ts";

/** A JSON value. */
type Json = string | number | boolean | null;
/** Any object, as the evaluator sees resources. */
type Thing = { readonly [name: string]: unknown };

/** A filter as the tests think of it; `path` is a row of {@link paths}. */
export type Expression =
  | { readonly kind: "compare"; readonly path: Path; readonly op: string; readonly value: Json }
  | { readonly kind: "present"; readonly path: Path }
  | { readonly kind: "element"; readonly list: string; readonly inner: Expression }
  | { readonly kind: "and" | "or"; readonly parts: readonly Expression[] }
  | { readonly kind: "not"; readonly part: Expression };

type Kind = "text" | "exact" | "number" | "boolean" | "time";

interface Path {
  /** As written in the filter. */
  readonly text: string;
  readonly kind: Kind;
  readonly many: boolean;
  /** All that the resource, or inside brackets the element, has there: for each value or gap, one entry. */
  readonly values: (subject: Thing) => readonly unknown[];
}

const thing = (value: unknown): Thing => (typeof value === "object" && value !== null ? { ...value } : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const single = (text: string, kind: Kind, read: (subject: Thing) => unknown): Path => ({
  text,
  kind,
  many: false,
  values: (subject) => [read(subject)],
});

const several = (text: string, kind: Kind, values: (subject: Thing) => readonly unknown[]): Path => ({
  text,
  kind,
  many: true,
  values,
});

const userName = single("userName", "text", (r) => r.userName);

const paths: readonly Path[] = [
  userName,
  single("title", "text", (r) => r.title),
  single("externalId", "exact", (r) => r.externalId),
  single("name.givenName", "text", (r) => thing(r.name).givenName),
  single("active", "boolean", (r) => r.active),
  single("level", "number", (r) => r.level),
  single("birthday", "time", (r) => r.birthday),
  single(`${ENTERPRISE}:department`, "text", (r) => thing(r[ENTERPRISE]).department),
  single(`${ENTERPRISE}:manager`, "exact", (r) => thing(thing(r[ENTERPRISE]).manager).value),
  several("nickNames", "text", (r) => list(r.nickNames)),
  several("luckyNumbers", "number", (r) => list(r.luckyNumbers)),
  several("emails", "text", (r) => list(r.emails).map((email) => thing(email).value)),
  several("emails.type", "text", (r) => list(r.emails).map((email) => thing(email).type)),
  several("emails.primary", "boolean", (r) => list(r.emails).map((email) => thing(email).primary ?? false)),
];

const inEmails: readonly Path[] = [
  single("value", "text", (e) => e.value),
  single("type", "text", (e) => e.type),
  single("primary", "boolean", (e) => e.primary ?? false),
];
const inNickNames: readonly Path[] = [single("value", "text", (e) => e.itself)];

const words = ["a", "A", "ab", "b", "ba", "é", "É", "", 'q"\\', "😀"];
const times = [
  "2011-05-13T04:42:34Z",
  "2011-05-13T06:42:34+02:00",
  "2011-05-13T04:42:34.0000001Z",
  "1999-12-31T23:59:59Z",
];
const instants = new Map(times.map((time, index) => [time, [1, 1, 2, 0][index]]));
const literals: Readonly<Record<Kind, readonly Json[]>> = {
  text: words,
  exact: words,
  number: [-10, 0, 1.5, 1000],
  boolean: [true, false],
  time: times,
};
const order = ["gt", "ge", "lt", "le"];
const operators: Readonly<Record<Kind, readonly string[]>> = {
  text: ["eq", "ne", "co", "sw", "ew", ...order],
  exact: ["eq", "ne", "co", "sw", "ew", ...order],
  number: ["eq", "ne", ...order],
  boolean: ["eq", "ne"],
  time: ["eq", "ne", ...order],
};

const condition = (choices: readonly Path[]): fc.Arbitrary<Expression> =>
  fc.constantFrom(...choices).chain((path) =>
    fc.oneof(
      fc.record({
        kind: fc.constant("compare" as const),
        path: fc.constant(path),
        op: fc.constantFrom(...operators[path.kind]),
        value: fc.constantFrom(...literals[path.kind]),
      }),
      // What `emails pr` and `emails eq null` mean is not what `emails.value` means.
      path.text === "emails" ||
        path.text.endsWith(".primary") ||
        path.text.endsWith("manager") ||
        path.text === "primary"
        ? fc.record({
            kind: fc.constant("compare" as const),
            path: fc.constant(path),
            op: fc.constant("eq"),
            value: fc.constantFrom(...literals[path.kind]),
          })
        : fc.oneof(
            fc.record({ kind: fc.constant("present" as const), path: fc.constant(path) }),
            fc.record({
              kind: fc.constant("compare" as const),
              path: fc.constant(path),
              op: fc.constantFrom("eq", "ne"),
              value: fc.constant(null),
            }),
          ),
    ),
  );

const combined = (leaf: fc.Arbitrary<Expression>, depth: number): fc.Arbitrary<Expression> =>
  fc.letrec<{ any: Expression }>((tie) => ({
    any: fc.oneof(
      { maxDepth: depth, withCrossShrink: true },
      leaf,
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        parts: fc.array(tie("any"), { minLength: 2, maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant("not" as const), part: tie("any") }),
    ),
  })).any;

const inBrackets = (name: string, choices: readonly Path[]): fc.Arbitrary<Expression> =>
  combined(condition(choices), 2).map((inner) => ({ kind: "element", list: name, inner }));

/** Any `emails[…]`. */
export const emailsExpression: fc.Arbitrary<Expression> = inBrackets("emails", inEmails);

/** `userName eq` any word. */
export const userNameExpression: fc.Arbitrary<Expression> = fc
  .constantFrom(...words)
  .map((value) => ({ kind: "compare", path: userName, op: "eq", value }));

const element = fc.oneof(emailsExpression, inBrackets("nickNames", inNickNames));

/** Any filter on the attributes of {@link personType}. */
export const expression: fc.Arbitrary<Expression> = combined(
  fc.oneof({ arbitrary: condition(paths), weight: 3 }, { arbitrary: element, weight: 1 }),
  4,
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.constantFrom(...words);

/** A resource of {@link personType}, with gaps everywhere. */
export const resource: fc.Arbitrary<Thing> = fc.record({
  userName: word,
  title: fc.option(word),
  externalId: maybe(word),
  name: maybe(fc.record({ givenName: maybe(word), familyName: maybe(word) })),
  active: maybe(fc.boolean()),
  level: maybe(fc.constantFrom(-10, 0, 1.5, 2, 1000)),
  birthday: maybe(fc.constantFrom(...times)),
  nickNames: maybe(fc.array(word, { maxLength: 3 })),
  luckyNumbers: maybe(fc.array(fc.constantFrom(-10, 0, 7, 1000), { maxLength: 3 })),
  emails: maybe(
    fc.array(fc.record({ value: maybe(word), type: maybe(word), primary: maybe(fc.boolean()) }), { maxLength: 3 }),
  ),
  [ENTERPRISE]: maybe(fc.record({ department: maybe(word), manager: maybe(fc.record({ value: maybe(word) })) })),
});

/** What the RFC says of an expression and a resource, word by word. */
export function evaluate(filter: Expression, subject: Thing): boolean {
  switch (filter.kind) {
    case "and":
      return filter.parts.every((part) => evaluate(part, subject));
    case "or":
      return filter.parts.some((part) => evaluate(part, subject));
    case "not":
      return !evaluate(filter.part, subject);
    case "element":
      return list(subject[filter.list]).some((item) =>
        evaluate(filter.inner, filter.list === "nickNames" ? { itself: item } : thing(item)),
      );
    case "present":
      return filter.path.values(subject).some(hasValue);
    case "compare": {
      const { path, op, value } = filter;
      if (value === null) return path.values(subject).some(hasValue) === (op === "ne");
      return path.values(subject).some((actual) => satisfies(path.kind, actual, op, value));
    }
  }
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

function satisfies(kind: Kind, actual: unknown, op: string, literal: string | number | boolean): boolean {
  if (actual === undefined || actual === null) return op === "ne";
  const [a, b] = [comparable(kind, actual), comparable(kind, literal)];
  if (op === "eq") return a === b;
  if (op === "ne") return a !== b;
  if (op === "co") return String(a).includes(String(b));
  if (op === "sw") return String(a).slice(0, String(b).length) === String(b);
  if (op === "ew") return String(b) === "" || String(a).slice(-String(b).length) === String(b);
  const sign = compare(a, b);
  return op === "gt" ? sign > 0 : op === "ge" ? sign >= 0 : op === "lt" ? sign < 0 : sign <= 0;
}

function comparable(kind: Kind, value: unknown): unknown {
  if (kind === "text") return String(value).toLowerCase();
  return kind === "time" ? instants.get(String(value)) : value;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return Math.sign(a - b);
  const [left, right] = [[...String(a)], [...String(b)]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Ways to write the same thing: how much space, in which case, with how many parentheses. */
export interface Style {
  readonly space: string;
  readonly upper: boolean;
  readonly parentheses: boolean;
}

/** Any style. */
export const style: fc.Arbitrary<Style> = fc.record({
  space: fc.constantFrom(" ", "  ", " \t\n"),
  upper: fc.boolean(),
  parentheses: fc.boolean(),
});

/** An expression as the text of a filter. */
export function write(filter: Expression, how: Style): string {
  const word = (text: string) => (how.upper ? text.toUpperCase() : text);
  const s = how.space;
  const inner = (part: Expression, closer: boolean) =>
    how.parentheses || closer ? `(${write(part, how)})` : write(part, how);
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.parts
        .map((part) => inner(part, filter.kind === "and" && part.kind === "or"))
        .join(`${s}${word(filter.kind)}${s}`);
    case "not":
      return `${word("not")}${s}(${write(filter.part, how)})`;
    case "element":
      return `${word(filter.list)}[${write(filter.inner, how)}]`;
    case "present":
      return `${word(filter.path.text)}${s}${word("pr")}`;
    case "compare":
      return `${word(filter.path.text)}${s}${word(filter.op)}${s}${JSON.stringify(filter.value)}`;
  }
}
