/** Variables of a conversation: `${U1}` anywhere in its texts, and `$repeat` for what comes in hundreds. */
import { isObject } from "./match.ts";

/** Values by variable name. */
export type Variables = Map<string, string>;

/** Replaces each `${name}` in a text. @throws Error for a variable that is not set */
export function fillText(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([\w#]+)\}/g, (_, name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`The variable ${name} is not set yet.`);
    return value;
  });
}

/** Replaces `#` by a number in every text of `value`. */
function number(value: unknown, index: number): unknown {
  if (typeof value === "string") return value.replaceAll("#", String(index));
  if (Array.isArray(value)) return value.map((item) => number(item, index));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, number(item, index)]));
}

/** `{"$repeat": {"from": 1, "to": 3, "of": …}}` in an array stands for three elements, `#` being 1, 2 and 3. */
function repeated(element: unknown): readonly unknown[] {
  const repeat = isObject(element) ? element.$repeat : undefined;
  if (!isObject(repeat)) return [element];
  const { from, to, of } = repeat;
  if (typeof from !== "number" || typeof to !== "number") throw new Error("$repeat needs from and to.");
  return Array.from({ length: to - from + 1 }, (_, index) => number(of, from + index));
}

/** Unfolds every `$repeat` in a value. */
export function unfold(value: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap(repeated).map(unfold);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unfold(item)]));
}

/** Unfolds every `$repeat`, and fills in every variable, in a value's texts and keys. */
export function fill(value: unknown, variables: ReadonlyMap<string, string>): unknown {
  const filled = (item: unknown): unknown => {
    if (typeof item === "string") return fillText(item, variables);
    if (Array.isArray(item)) return item.map(filled);
    if (!isObject(item)) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [fillText(key, variables), filled(inner)]));
  };
  return filled(unfold(value));
}

/** The value at a path of keys, `name.familyName`; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isObject(inner) ? inner[key] : undefined;
  }, value);
}

/** A copy of `value` with the value at a path of keys set; undefined removes it. */
export function withValueAt(value: unknown, path: string, next: unknown): unknown {
  const [key = "", ...rest] = path.split(".");
  const object = isObject(value) ? value : {};
  return { ...object, [key]: rest.length === 0 ? next : withValueAt(object[key], rest.join("."), next) };
}
