/** Tests of text in which case does not count answer what folding the whole text would. RFC 7643 §2.2 caseExact. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { containsFolded, endsFolded, equalsFolded, foldCase, startsFolded } from "../../src/filter/fold-case.ts";

/** Letters whose mapping depends on their neighbours, changes their length, or leads into ASCII or out of it. */
const odd = [
  ...["\u0130", "i", "I", "\u0131", "\u0307", "\u212a", "k", "K", "\u212b", "å"],
  ...["Σ", "σ", "ς", "ß", "ẞ", "𐐀", "𐐨", "é", "É", "e\u0301"],
];
const plain = ["a", "A", "z", "Z", "@", "[", "`", "{", ".", "1", " "];
const text = fc
  .array(fc.constantFrom(...odd, ...plain, ...plain), { maxLength: 8 })
  .map((characters) => characters.join(""));
/** A text, and something to look for that is often a part of it. */
const pair = fc.oneof(
  fc.tuple(text, text),
  fc
    .tuple(text, text, text, fc.boolean())
    .map(([before, part, after, isUpper]): [string, string] => [
      before + (isUpper ? part.toUpperCase() : part) + after,
      part,
    ]),
);

test.each([
  { name: "eq", compiled: equalsFolded, meant: (folded: string, wanted: string) => folded === wanted },
  { name: "sw", compiled: startsFolded, meant: (folded: string, wanted: string) => folded.startsWith(wanted) },
  { name: "ew", compiled: endsFolded, meant: (folded: string, wanted: string) => folded.endsWith(wanted) },
  { name: "co", compiled: containsFolded, meant: (folded: string, wanted: string) => folded.includes(wanted) },
])("$name", ({ compiled, meant }) => {
  fc.assert(
    fc.property(pair, ([value, literal]) => {
      const wanted = foldCase(literal);
      expect(compiled(wanted)(value)).toBe(meant(foldCase(value), wanted));
    }),
    { numRuns: 20_000 },
  );
});

test("U+0130 is the only character whose folded form has another length, as the tests assume", () => {
  const longer: number[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (foldCase(character).length !== character.length) longer.push(code);
  }
  expect(longer).toEqual([0x130]);
});

test("no other character is folded to ASCII that is no letter, as the tests assume", () => {
  for (let code = 0x80; code <= 0x10ffff; code++) {
    expect(/[\0-@[-`{-\x7f]/.test(foldCase(String.fromCodePoint(code)))).toBe(false);
  }
});

test("what is no text satisfies nothing", () => {
  for (const value of [undefined, null, 1, true, ["a"], { length: 1 }]) {
    for (const compiled of [equalsFolded, startsFolded, endsFolded, containsFolded]) {
      expect([compiled("a")(value), compiled("@")(value), compiled("\u0307")(value)]).toEqual([false, false, false]);
    }
  }
});
