/** docs/dialects.md says what the list says, and forgets no row. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { elsewhere, leftOut, renderDialects } from "../../scripts/dialects.ts";
import { allDialects } from "../../src/dialects/all.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const rows = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

describe("docs/dialects.md", () => {
  test("is what scripts/dialects.ts writes", () => {
    expect(read("../../docs/dialects.md")).toBe(renderDialects(allDialects));
  });

  test("accounts for every row, and says of none that it is both accepted and left out", () => {
    const dialects = new Set(allDialects.flatMap((dialect) => dialect.rows));
    const others = [...elsewhere, ...leftOut].flatMap((entry) => entry.rows);
    expect(others.filter((row) => dialects.has(row))).toEqual([]);
    expect(new Set(others).size).toBe(others.length);
    expect([...dialects, ...others].sort()).toEqual([...rows("D", 40), ...rows("Q", 78)].sort());
  });

  test("names rows that have a test, each in its title", () => {
    const folder = new URL("../", import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".test.ts") && !path.endsWith("page.test.ts"))
      .map((path) => readFileSync(new URL(path, folder), "utf8"));
    const titled = new Set(sources.flatMap((text) => text.match(/(?<=["`(,/ ])[DQ]\d+(?=[ :",)])/g) ?? []));
    expect([...rows("D", 40), ...rows("Q", 78)].filter((row) => !titled.has(row))).toEqual([]);
  });

  test("every dialect lies in a file of its name", () => {
    for (const { name } of allDialects) expect(read(`../../src/dialects/${name}.ts`)).toContain(`name: "${name}"`);
  });
});
