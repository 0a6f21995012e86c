/** A filter that is printed and read again is the same filter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { printFilter } from "../../src/filter/print.ts";
import { expression, style, write } from "../filter-arbitrary.ts";
import { read } from "../filter-select.ts";

test("reading what is printed gives the filter that was printed", () => {
  fc.assert(
    fc.property(expression, style, (filter, how) => {
      const once = read(write(filter, how));
      const text = printFilter(once);
      expect(read(text)).toEqual(once);
      expect(printFilter(read(text))).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

test("how a filter is written does not matter", () => {
  fc.assert(
    fc.property(expression, style, style, (filter, one, other) => {
      expect(printFilter(read(write(filter, one)))).toBe(printFilter(read(write(filter, other))));
    }),
    { numRuns: 500 },
  );
});

test("strings survive, whatever is in them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (value) => {
      const filter = read(`title eq ${JSON.stringify(value)}`);
      expect(filter).toMatchObject({ value });
      expect(read(printFilter(filter))).toEqual(filter);
    }),
  );
});
