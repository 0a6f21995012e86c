/** Text that is parsed in pieces is the JSON that it is as a whole, or as little JSON as it is. RFC 8259. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTextDepth } from "../../src/protocol/nesting.ts";
import { parseInTurns } from "../../src/protocol/parse-in-turns.ts";

const nesting = 6;
const never = (): undefined => undefined;

/** What becomes of a text: its value with all own members in their order, or the name of what is thrown. */
async function outcome(parse: () => unknown): Promise<string> {
  try {
    return JSON.stringify(await parse());
  } catch (thrown) {
    return thrown instanceof Error ? thrown.name : "nothing";
  }
}

const atOnce = (text: string): Promise<string> =>
  outcome((): unknown => {
    checkTextDepth(text, nesting);
    return JSON.parse(text);
  });
const inTurns = (text: string, pieceLength: number): Promise<string> =>
  outcome(() => parseInTurns(text, nesting, never, pieceLength));

const name = fc.constantFrom("Operations", "operations", "__proto__", "a", "", '"', "1", "é", "\\");
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, -1.5, "", "[", "]", ",", ":", '"', '\\"', "}", "text"),
    fc.array(tie("any"), { maxLength: 5 }),
    fc.dictionary(name, tie("any"), { maxKeys: 3 }),
  ),
})).any;
const message = fc
  .array(fc.tuple(name, fc.oneof(value, fc.array(value, { maxLength: 12 }))), { maxLength: 4 })
  .map(
    (members) => `{${members.map(([key, held]) => `${JSON.stringify(key)} : ${JSON.stringify(held)}`).join(" , ")}}`,
  );
const pieceLength = fc.integer({ min: 1, max: 12 });

describe("parseInTurns", () => {
  test("reads what JSON.parse reads, members of one name included", () =>
    fc.assert(
      fc.asyncProperty(message, pieceLength, async (text, length) => {
        expect(await inTurns(text, length)).toBe(await atOnce(text));
      }),
      { numRuns: 3_000 },
    ));

  test("refuses what JSON.parse refuses, whatever character is missing, or too many", () =>
    fc.assert(
      fc.asyncProperty(
        message,
        pieceLength,
        fc.nat(),
        fc.constantFrom("", ",", "[", "]", "{", "}", '"', ":", "\\", " ", "1"),
        fc.boolean(),
        async (text, length, seed, character, isInserted) => {
          const at = seed % text.length;
          const broken = text.slice(0, at) + character + text.slice(isInserted ? at : at + 1);
          expect(await inTurns(broken, length)).toBe(await atOnce(broken));
        },
      ),
      { numRuns: 5_000 },
    ));

  test.each([
    "",
    "null",
    '[["long","list"],["long","list"]]',
    '["name",["long","list"]]',
    '{"a":[1,2,]}',
    '{"a":[1,2,   ]}',
    '{"a":[,1,2]}',
    '{"a":[1,2],"a":[]}',
    '{"a":[],"a":[1,2]}',
    '{"__proto__":[1,2]}',
    '{"a":[1,2}',
    '{"a":[1,2]',
    '{"a":[1,[2]}',
    '{"a":[1,[[[[[[2]]]]]]]}',
  ])("%s", async (text) => {
    expect(await inTurns(text, 1)).toBe(await atOnce(text));
  });

  test("asks for a pause behind each piece", async () => {
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses++;
      return Promise.resolve();
    };
    expect(await parseInTurns('{"a":[1,2,3],"b":[4,5]}', nesting, pause, 1)).toEqual({ a: [1, 2, 3], b: [4, 5] });
    expect(pauses).toBe(3);
  });
});
