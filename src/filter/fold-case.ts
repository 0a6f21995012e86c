/** Text whose case does not count: folded, and tested without being folded wherever that can be avoided. RFC 7643 §2.2 caseExact. */

/**
 * Folds the case of text that is not caseExact: Unicode's default lower-case mapping, without a locale. SQL's `lower()`
 * does the same wherever the database knows Unicode.
 */
export function foldCase(text: string): string {
  return text.toLowerCase();
}

/** A question about a text; what is none satisfies it never. */
export type TextTest = (value: unknown) => boolean;

/*
 * What is asked for is folded already. Of ASCII every character is mapped by itself; what lies beyond is left to the
 * mapping of the whole text, since there a letter may depend on its neighbours (Σ), or become an ASCII one (the Kelvin
 * sign). U+0130, which becomes "i̇" (with U+0307), is alone in changing its length: where U+0307 is asked for, nothing can
 * be said of positions; where it is not, no match reaches across what has become longer.
 */

/** Whether a folded text is `wanted`. */
export function equalsFolded(wanted: string): TextTest {
  const { length } = wanted;
  const whole = (text: string): boolean => foldCase(text) === wanted;
  if (isAnyLength(wanted)) return (value) => typeof value === "string" && whole(value);
  return (value) => typeof value === "string" && value.length === length && (foundAt(0, value, wanted) ?? whole(value));
}

/** Whether a folded text begins with `wanted`. */
export function startsFolded(wanted: string): TextTest {
  const { length } = wanted;
  const whole = (text: string): boolean => foldCase(text).startsWith(wanted);
  if (isAnyLength(wanted)) return (value) => typeof value === "string" && whole(value);
  return (value) => typeof value === "string" && value.length >= length && (foundAt(0, value, wanted) ?? whole(value));
}

/** Whether a folded text ends with `wanted`. */
export function endsFolded(wanted: string): TextTest {
  const { length } = wanted;
  const whole = (text: string): boolean => foldCase(text).endsWith(wanted);
  if (isAnyLength(wanted)) return (value) => typeof value === "string" && whole(value);
  return (value) =>
    typeof value === "string" &&
    value.length >= length &&
    (foundAt(value.length - length, value, wanted) ?? whole(value));
}

/** Whether a folded text has `wanted` in it. Looks around a character that has no case, if there is one in `wanted`. */
export function containsFolded(wanted: string): TextTest {
  const whole = (text: string): boolean => foldCase(text).includes(wanted);
  const offset = wanted.search(caseless);
  if (offset < 0 || isAnyLength(wanted)) return (value) => typeof value === "string" && whole(value);
  const anchor = wanted.charAt(offset);
  const last = wanted.length - offset;
  return (text) => {
    if (typeof text !== "string") return false;
    for (let at = text.indexOf(anchor, offset); at >= 0; at = text.indexOf(anchor, at + 1)) {
      if (at + last > text.length) return false;
      const isFound = foundAt(at - offset, text, wanted);
      if (isFound === undefined) return whole(text);
      if (isFound) return true;
    }
    return false;
  };
}

/** ASCII that is no letter: nothing else is ever mapped to it. */
const caseless = /[\0-@[-`{-\x7f]/;

function isAnyLength(wanted: string): boolean {
  return wanted.includes("\u0307");
}

/** Whether `wanted` is what a text is folded to at a position; undefined if that cannot be told from ASCII alone. */
function foundAt(position: number, text: string, wanted: string): boolean | undefined {
  for (let at = 0; at < wanted.length; at++) {
    const code = text.charCodeAt(position + at);
    const folded = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
    if (folded === wanted.charCodeAt(at)) continue;
    return code < 0x80 ? false : undefined;
  }
  return true;
}
