/** Text in pieces is the text that JSON.stringify makes. RFC 8259. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLong, jsonPieces } from "../../src/protocol/json-pieces.ts";

/** A list of up to 3,000 elements, around the thousand at which texts are cut. */
const list = fc
  .record({
    elements: fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }),
    length: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(999, 1_000, 1_001, 2_000, 2_001)),
  })
  .map(({ elements, length }) => Array.from({ length }, (_, index) => elements[index % elements.length]));

/** An object as a store may give it: with lists, objects within it, absent values and dates. */
const { resource } = fc.letrec<{ resource: Record<string, unknown> }>((tie) => ({
  resource: fc.dictionary(
    fc.string(),
    fc.oneof(
      { maxDepth: 2 },
      fc.jsonValue(),
      list,
      fc.constant(undefined),
      fc.date({ noInvalidDate: true }),
      tie("resource"),
    ),
    { maxKeys: 5 },
  ),
}));

function piecesOf(value: Record<string, unknown>): string[] {
  const pieces: string[] = [];
  const source = jsonPieces("", value);
  for (;;) {
    const { done, value: text } = source.next();
    pieces.push(text);
    if (done === true) return pieces;
  }
}

describe("Text in pieces", () => {
  it("is, put together, the text of JSON.stringify", () => {
    fc.assert(
      fc.property(resource, (value) => {
        expect(piecesOf(value).join("")).toBe(JSON.stringify(value));
      }),
    );
  });

  it("comes in more than one piece where a list is long, wherever it is", () => {
    const long = Array.from({ length: 2_500 }, (_, index) => ({ value: `id-${index}` }));
    for (const value of [
      { members: long },
      { "urn:x:Group": { members: long }, a: 1 },
      { a: [], members: long, b: 1 },
    ]) {
      expect(isLong(value)).toBe(true);
      expect(piecesOf(value).length).toBe(3);
    }
    expect(isLong({ members: long.slice(0, 1_000) })).toBe(false);
  });
});
