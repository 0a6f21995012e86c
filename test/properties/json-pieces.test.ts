/** Text in pieces is the text that JSON.stringify makes. RFC 8259. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLong, jsonPieces } from "../../src/protocol/json-pieces.ts";
import { KeptSlices } from "../../src/protocol/kept-slices.ts";

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
  const source = jsonPieces("", value, undefined);
  for (;;) {
    const { done, value: text } = source.next();
    pieces.push(String(text));
    if (done === true) return pieces;
  }
}

type Edit = { readonly at: number; readonly remove: number; readonly insert: number };

/** Elements leave from and join anywhere in a list. */
const edits = fc.array(
  fc.record({
    at: fc.nat(5_000),
    remove: fc.oneof(fc.constantFrom(0, 1), fc.nat(1_500)),
    insert: fc.oneof(fc.constantFrom(0, 1), fc.nat(1_500)),
  }),
  { maxLength: 8 },
);

describe("Slices that are kept", () => {
  const decoder = new TextDecoder();
  const textOf = (slices: KeptSlices, list: readonly unknown[]): string =>
    Array.from(slices.of(list), (bytes) => decoder.decode(bytes)).join("");

  it("give the bytes of the list as it is, whatever it was before", () => {
    fc.assert(
      fc.property(fc.nat(4_000), edits, (length, changes: readonly Edit[]) => {
        const slices = new KeptSlices();
        let made = 0;
        const some = (count: number): object[] =>
          Array.from({ length: count }, () => Object.freeze({ value: `${made++}` }));
        const list: unknown[] = some(length);
        for (const { at, remove, insert } of [{ at: 0, remove: 0, insert: 0 }, ...changes]) {
          list.splice(at, remove, ...some(insert));
          const whole = JSON.stringify(list).slice(1, -1);
          expect(textOf(slices, list)).toBe(whole === "" ? "" : `,${whole}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("take elements that come twice, and some that are no objects", () => {
    const slices = new KeptSlices();
    const element = Object.freeze({ value: "a" });
    const list = Array.from({ length: 2_100 }, (_, index) => (index % 3 === 0 ? index : element));
    for (const shown of [list, list.slice(1), list.toReversed()]) {
      expect(textOf(slices, shown)).toBe(`,${JSON.stringify(shown).slice(1, -1)}`);
    }
  });

  it("are made anew only where an element has left or joined", () => {
    const slices = new KeptSlices();
    const list = Array.from({ length: 10_000 }, (_, index) => Object.freeze({ value: `${index}` }));
    const before = new Set(slices.of(list));
    const changed = [...list.slice(0, 4_321), ...list.slice(4_322), Object.freeze({ value: "new" })];
    const fresh = [...slices.of(changed)].filter((bytes) => !before.has(bytes));
    expect(fresh).toHaveLength(2);
  });
});

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
