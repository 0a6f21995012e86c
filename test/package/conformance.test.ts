/** scripts/conformance.ts: how docs/conformance.md is held against the tests. */
import { describe, expect, it } from "vitest";
import { problemsOf, readReport, readRows } from "../../scripts/conformance.ts";

const table = (...rows: readonly string[]): string =>
  ["## RFC 7644", "", "| section | statement | status | test |", "| --- | --- | --- | --- |", ...rows].join("\n");
const report = (file: string, ...tests: readonly (readonly [readonly string[], string, string])[]): unknown => ({
  testResults: [
    {
      name: `/there/test/${file}`,
      assertionResults: tests.map(([ancestorTitles, title, status]) => ({ ancestorTitles, title, status })),
    },
  ],
});
const check = (row: string, reported: unknown, mounts: readonly string[] = []): readonly string[] => {
  const { rows, problems } = readRows(table(row));
  return [...problems, ...problemsOf(rows, readReport(reported, "/there/test/"), mounts)];
};
const row = "| 3.1 | does | holds | `a.test.ts: it does` |";

describe("A row", () => {
  it("has a section, a statement, a status and tests", () => {
    expect(readRows(table("| 3.1 | this \\| that | host: TLS | `a.test.ts: x` `b/c.test.ts: y: z` |"))).toEqual({
      rows: [
        {
          place: "RFC 7644 §3.1 (line 5)",
          status: "host: TLS",
          tests: [
            { file: "a.test.ts", title: "x" },
            { file: "b/c.test.ts", title: "y: z" },
          ],
        },
      ],
      problems: [],
    });
  });

  it("outside the tables of the RFCs is not looked at", () => {
    expect(readRows("## Words\n\n| a | b |").rows).toEqual([]);
  });

  it.each([
    ["| 3.1 | does | holds |", "4 cells"],
    ["|  | does | holds | `a.test.ts: x` |", "needs a section"],
    ["| 3.1 | does | maybe | `a.test.ts: x` |", "is no status"],
    ["| 3.1 | does | departs | |", "is no status"],
    ["| 3.1 | does | departs: | |", "is no status"],
    ["| 3.1 | does | holds | see a.test.ts |", "test column"],
    ["| 3.1 | does | holds | `a.ts: x` |", "test column"],
  ])("%s is told", (line, problem) => {
    expect(readRows(table(line)).problems.join()).toContain(problem);
  });
});

describe("A test that a row names", () => {
  it("passed", () => {
    expect(check(row, report("a.test.ts", [["s"], "it does", "passed"]))).toEqual([]);
  });

  it("may be named with its suites", () => {
    const named = "| 3.1 | does | holds | `a.test.ts: s > it does` |";
    expect(check(named, report("a.test.ts", [["r", "s"], "it does", "passed"]))).toEqual([]);
    expect(check(named, report("a.test.ts", [["s", "r"], "it does", "passed"]))).toHaveLength(1);
  });

  it.each([
    [[], "does not exist"],
    [[["s"], "it does not", "passed"]],
    [[["s"], "it does", "failed"], "failed"],
    [[["s"], "it does", "skipped"], "did not run"],
  ] as const)("%j is told", (ran, problem = "does not exist") => {
    const [suites, title, state] = ran;
    const tests = title === undefined ? [] : ([[suites, title, state]] as const);
    expect(check(row, report("a.test.ts", ...tests)).join()).toContain(problem);
  });

  it("of another file is none", () => {
    expect(check(row, report("b.test.ts", [["s"], "it does", "passed"]))).toHaveLength(1);
  });

  it("below conformance/ passed over every mount", () => {
    const named = "| 3.1 | does | holds | `conformance/a.test.ts: §3.1 > it does` |";
    const over = (...states: readonly (readonly [string, string])[]): readonly string[] =>
      check(
        named,
        report(
          "conformance/a.test.ts",
          ...states.map(([mount, state]) => [[`§3.1 over ''${mount}''`], "it does", state] as const),
        ),
        ["Koa", "Express after something long"],
      );
    expect(over(["Koa", "passed"], ["Express after some…", "passed"], ["handle", "skipped"])).toEqual([]);
    expect(over(["Koa", "passed"]).join()).toContain("did not pass over Express after something long");
    expect(over(["Koa", "failed"], ["Express after some…", "passed"]).join()).toContain("failed over Koa");
  });
});

describe("A row without tests", () => {
  it("may say what is left to the host, or why it departs, and nothing else", () => {
    const nothing = report("a.test.ts");
    expect(check("| 3.1 | does | host: TLS | |", nothing)).toEqual([]);
    expect(check("| 3.1 | does | departs: it must not | |", nothing)).toEqual([]);
    expect(check("| 3.1 | does | holds | |", nothing)).toHaveLength(1);
    expect(check("| 3.1 | does | option: `me` | |", nothing)).toHaveLength(1);
  });
});

describe("A report", () => {
  it("that is none is refused", () => {
    expect(() => readReport({}, "/there/test/")).toThrow("testResults");
  });
});
