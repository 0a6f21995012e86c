/** match: compares an answer with what a data file expects of it, and says in words where they differ. */

/** A JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

/** Whether `value` is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What an operator demands: the mismatches of `actual` at `at`, none if it holds. */
type Operator = (expected: unknown, actual: unknown, at: string) => string[];

const show = (value: unknown): string => {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

const differs = (expected: string, actual: unknown, at: string): string[] => [
  `${at || "body"}: expected ${expected}, got ${show(actual)}`,
];

const typeOf = (value: unknown): string =>
  value === undefined ? "nothing" : value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** Whether each of `expected` matches an element of `actual` of its own; the pairing is greedy. */
function pairUp(expected: readonly unknown[], actual: readonly unknown[], at: string): string[] {
  const left = [...actual];
  const problems: string[] = [];
  for (const item of expected) {
    const index = left.findIndex((candidate) => match(item, candidate).length === 0);
    if (index === -1) problems.push(`${at}: no element matches ${show(item)}; got ${show(actual)}`);
    else left.splice(index, 1);
  }
  return problems;
}

/** The operators: an object with one of these as its only key is a demand, everything else is a value. */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["$absent", (_, actual, at) => (actual === undefined ? [] : differs("nothing", actual, at))],
  ["$type", (expected, actual, at) => (typeOf(actual) === expected ? [] : differs(`a ${expected}`, actual, at))],
  [
    "$matches",
    (expected, actual, at) =>
      typeof actual === "string" && new RegExp(String(expected)).test(actual)
        ? []
        : differs(`text that matches /${expected}/`, actual, at),
  ],
  [
    "$length",
    (expected, actual, at) =>
      Array.isArray(actual) && actual.length === expected
        ? []
        : differs(`${expected} elements`, Array.isArray(actual) ? `${actual.length} elements` : actual, at),
  ],
  [
    "$contains",
    (expected, actual, at) =>
      Array.isArray(expected) && Array.isArray(actual)
        ? pairUp(expected, actual, at)
        : differs(`an array with ${show(expected)}`, actual, at),
  ],
  [
    "$anyOrder",
    (expected, actual, at) =>
      Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length
        ? pairUp(expected, actual, at)
        : differs(`${show(expected)} in any order`, actual, at),
  ],
  [
    "$exactly",
    (expected, actual, at) => {
      const known = isObject(expected) ? Object.keys(expected) : [];
      const surplus = isObject(actual) ? Object.keys(actual).filter((key) => !known.includes(key)) : [];
      return [...match(expected, actual, at), ...surplus.map((key) => `${at || "body"}: unexpected key "${key}"`)];
    },
  ],
  [
    "$oneOf",
    (expected, actual, at) =>
      Array.isArray(expected) && expected.some((option) => match(option, actual).length === 0)
        ? []
        : differs(`one of ${show(expected)}`, actual, at),
  ],
  [
    "$not",
    (expected, actual, at) => (match(expected, actual).length > 0 ? [] : differs(`not ${show(expected)}`, actual, at)),
  ],
]);

function matchObject(expected: JsonObject, actual: unknown, at: string): string[] {
  const [key, ...more] = Object.keys(expected);
  const operator = key !== undefined && more.length === 0 ? operators.get(key) : undefined;
  if (operator !== undefined && key !== undefined) return operator(expected[key], actual, at);
  if (!isObject(actual)) return differs(show(expected), actual, at);
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = Object.hasOwn(actual, name) ? actual[name] : undefined;
    return match(value, found, at === "" ? name : `${at}.${name}`);
  });
}

/**
 * Compares `actual` with `expected`.
 *
 * An object matches if the keys it names do; keys it does not name are free. Arrays match element by element, in order
 * and number; scalars by equality. An object whose only key is an operator demands something else: `$absent`, `$type`,
 * `$matches` (a regular expression), `$length`, `$contains`, `$anyOrder`, `$exactly` (no further keys), `$oneOf`, `$not`.
 *
 * @returns one sentence for each difference; empty if there is none
 */
export function match(expected: unknown, actual: unknown, at = ""): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return differs(show(expected), actual, at);
    if (actual.length !== expected.length) return differs(`${expected.length} elements ${show(expected)}`, actual, at);
    return expected.flatMap((item, index) => match(item, actual[index], `${at}[${index}]`));
  }
  if (isObject(expected)) return matchObject(expected, actual, at);
  return Object.is(expected, actual) ? [] : differs(show(expected), actual, at);
}
