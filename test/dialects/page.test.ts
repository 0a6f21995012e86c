/** docs/dialects.md says what the list of dialects says. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dialectsPage } from "../../scripts/dialects.ts";
import { allDialects } from "../../src/dialects/all.ts";

describe("docs/dialects.md", () => {
  const page = readFileSync(new URL("../../docs/dialects.md", import.meta.url), "utf8");

  it("is what scripts/dialects.ts makes of the list", () => {
    expect(page).toBe(dialectsPage());
  });

  it.each(allDialects.map(({ name }) => name))("has %s", (name) => {
    expect(page).toContain(`### ${name}\n`);
  });
});
