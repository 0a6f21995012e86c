/** RFC 7644 §3.4.2.2 Figure 1: what is a filter and what is none, and how large one may be. */
import { describe, expect, test } from "vitest";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { parse } from "../../src/filter/parse.ts";
import { scan } from "../../src/filter/scan.ts";
import { holds, read, refusal } from "../filter-select.ts";
import { CORE, ENTERPRISE, ODD } from "../filter-type.ts";

const malformed = (text: string) => {
  const error = refusal(() => scan(text, defaultGrammar));
  expect(error).toMatchObject({ status: 400, scimType: "invalidFilter" });
  return error.detail;
};

describe('attrPath = [URI ":"] ATTRNAME *1subAttr', () => {
  test.each([
    ["members.$ref", '"https://x/1"', "members.value"],
    ["MEMBERS.$REF", '"https://x/1"', "members.value"],
    ["a-b_c$d9", '"x"', "a-b_c$d9"],
    ["$odd", '"x"', "$odd"],
    [`${CORE}:name.givenName`, '"x"', "name.givenName"],
    [`${ENTERPRISE}:manager.displayName`, '"x"', `${ENTERPRISE}:manager.displayName`],
    [`${ODD}:colour`, '"x"', `${ODD}:colour`],
  ])("%s", (path, literal, text) => {
    expect(read(`${path} eq ${literal}`)).toMatchObject({ op: "eq", path: { text } });
    expect(read(`title pr and ${path} eq ${literal} and active pr`)).toMatchObject({ op: "and" });
  });

  test.each([
    "1abc",
    "_abc",
    "a..b",
    "a.b.c",
    "a/b",
    "a%b",
    ".a",
    "a.",
    "-a",
    "__proto__",
    "a:",
    ":a",
    "urn:x:1abc",
    "urn:x:a.b.c",
    "1rn:x:a",
    "näme",
    "a,b",
    "a\u0000",
    "a\u00a0",
  ])("%s is none", (path) => {
    malformed(`${path} pr`);
    malformed(`${path}[value pr]`);
    malformed(`title pr and ${path} eq "x"`);
  });
});

describe("compValue = false / null / true / number / string, by the rules of JSON", () => {
  test.each([
    ['"\\u00e9"', "é"],
    ['"back\\\\slash"', "back\\slash"],
    ['"ends with \\\\"', "ends with \\"],
    ['"say \\"hi\\""', 'say "hi"'],
    ['"\\n\\t\\/\\b\\f\\r"', "\n\t/\b\f\r"],
    ['"\\ud83d\\ude00"', "😀"],
    ['"😀 and ) or ]"', "😀 and ) or ]"],
    ['""', ""],
    ["true", true],
    ["false", false],
    ["null", null],
    ["-10", -10],
    ["0", 0],
    ["1e+3", 1000],
    ["1E3", 1000],
    ["1.50", 1.5],
    ["-0.5e-1", -0.05],
  ])("%s", (text, value) => {
    expect(scan(`a eq ${text}`, defaultGrammar).terms).toMatchObject([{ name: "a", literal: { value } }]);
    expect(scan(`(a eq ${text}) and b ge ${text} or c[d ne ${text}]`, defaultGrammar).terms).toHaveLength(4);
  });

  test("negative numbers and exponents with something behind them", () => {
    expect(holds("level ge -10 and level le -1e+0", { level: -5 })).toBe(true);
    expect(holds("level ge -10 and level le -1e+0", { level: -11 })).toBe(false);
  });

  test("strings ending in an escaped backslash, with something behind them", () => {
    expect(holds('title eq "C:\\\\" and active eq true', { title: "C:\\", active: true })).toBe(true);
  });

  test.each([
    "x",
    "True",
    "NULL",
    "01",
    "+1",
    "1.",
    ".5",
    "0x1",
    "1e",
    "1e999",
    "-1e999",
    "-",
    "NaN",
    "Infinity",
    "'x'",
    '"x',
    '"x\\"',
    '"\\x"',
    '"\\u12"',
    '"\n"',
    '"\u0000"',
    '"\\',
    "[1]",
    "{}",
    '["x"]',
    '"a""b"',
    '"a"b',
    "undefined",
  ])("%s is none", (text) => {
    malformed(`a eq ${text}`);
    malformed(`a eq ${text} and b pr`);
  });
});

describe('FILTER = attrExp / logExp / valuePath / *1"not" "(" FILTER ")"', () => {
  test.each([
    "a pr",
    "(a pr)",
    "((a pr))",
    "not (a pr)",
    "not(a pr)",
    "NOT (a pr)",
    "not (not (a pr))",
    "a pr and b pr or c pr",
    "a pr and not (b pr) or (c pr)",
    "a[b pr]",
    'a[b eq "x" and not (c pr or d lt 3)]',
    "not (a[b pr])",
    "(a[(b pr)])",
    "a[b pr] and c[d pr]",
    "not pr",
    "not[a pr]",
    "and pr and or pr or pr pr",
    "eq eq 1",
  ])("%s", (text) => {
    expect(() => parse(text, defaultGrammar)).not.toThrow();
  });

  test.each(["  a   pr  ", "( a pr )", "not  ( a  pr )", "a [ b pr ] ", "a\tpr\nand\r\nb eq\t1"])(
    "more space than one SP is as clear: %j",
    (text) => {
      expect(() => parse(text, defaultGrammar)).not.toThrow();
    },
  );

  test("no space is needed before a quote, as in §3.5.2.2's own example", () => {
    expect(parse('members[value eq"2819c223"]', defaultGrammar)).toEqual(
      parse('members[value eq "2819c223"]', defaultGrammar),
    );
  });

  test.each([
    "",
    " ",
    "a",
    "a ",
    "a eq",
    "a eq ",
    "pr",
    "a pr and",
    "a pr and ",
    "and a pr",
    "a pr b pr",
    "a pr , b pr",
    "a pr not b pr",
    "a pr constructor b pr",
    "a pr __proto__ b pr",
    "a constructor b",
    "a __proto__ 1",
    "a toString 1",
    "not a pr",
    "not not (a pr)",
    "not",
    "not ()",
    "()",
    "(a pr",
    "a pr)",
    "(a pr]",
    "a[b pr",
    "a[b pr)",
    "a[(b pr])",
    "a[]",
    "a[b]",
    "[a pr]",
    "a[b[c pr]]",
    "a[(b[c pr])]",
    "a[b pr].c",
    'a[b pr].c eq "x"',
    "a[b pr].c pr",
    "a[b pr] eq 1",
    "a[b pr]c pr",
    "a pr and(b pr)",
    "(a pr)and (b pr)",
    '"a" pr',
    "a eq5",
    "a eq(5)",
    "a(b)",
    'a"b"',
    "a eq 1and b pr",
    'a eq "x"and b pr',
    "a eq and b pr",
    "a regex 1",
    "a == 1",
    "a eq 1 && b pr",
    "a eq 1; drop table users",
    "a pr pr",
    "a. b pr",
    "\u00a0a pr",
    "a\u00a0pr",
  ])("%j is none", (text) => {
    malformed(text);
  });

  test("the detail says where and what", () => {
    expect(malformed("a eq 1 xor b pr")).toBe(
      'The filter is malformed at character 8: expected "and", "or" or the end.',
    );
    expect(malformed("title pr and (a pr")).toBe('The filter is malformed at character 14: this "(" is not closed.');
    expect(malformed("a")).toContain("at its end");
  });

  test.each(['a[b pr].c eq "x"', 'a[b pr] eq "x"'])("of %s, the detail says how to write it", (text) => {
    expect(malformed(text)).toContain("write the condition inside the brackets");
  });

  test("the detail never repeats a value", () => {
    for (const text of [
      "a eq s3cret",
      'a eq "s3cret',
      'a eq "x" s3cret',
      'a eq "x"s3cret and b pr',
      'a "s3cret"',
      'a eq "\\s3cret"',
    ]) {
      expect(malformed(text)).not.toContain("s3cret");
    }
  });
});

describe("the parser only ever sees placeholders", () => {
  test.each([
    ['userName eq "bjensen"', 'p0 eq "0"'],
    ['  Not  (title  PR)  AND emails[ type EQ "work" or value co "@" ]', 'not (p0 pr) and p1[p2 eq "0" or p3 co "0"]'],
    [`${ODD}:colour ne "\\u00e9\\\\" or level lt -1e+3`, 'p0 ne "0" or p1 lt "0"'],
  ])("%s", (text, shape) => {
    expect(scan(text, defaultGrammar).shape).toBe(shape);
  });

  test("one shape with other names and values is parsed once", () => {
    const first = parse('userName eq "a" or (title pr)', defaultGrammar);
    const second = parse("  displayName EQ 42 OR ( active PR ) ", defaultGrammar);
    expect(second.shape).toBe(first.shape);
    expect(second.terms).not.toEqual(first.terms);
  });

  test("the shapes kept are few: a flood of other shapes pushes one out", () => {
    const before = parse('a eq "x" or b pr', defaultGrammar);
    const operators = ["eq", "ne", "co", "sw", "ew"];
    for (const a of operators)
      for (const b of operators)
        for (const c of operators)
          for (const d of operators) parse(`a ${a} 1 or b ${b} 2 or c ${c} 3 or d ${d} 4`, defaultGrammar);
    const after = parse('a eq "x" or b pr', defaultGrammar);
    expect(after).toEqual(before);
    expect(after.shape).not.toBe(before.shape);
  });
});

describe("bounds", () => {
  const chain = (terms: number) => Array.from({ length: terms }, (_, n) => `userName eq "user-${n}"`).join(" or ");

  test("a chain of a thousand terms works (Q26)", () => {
    expect(holds(chain(1_000), { userName: "USER-999" })).toBe(true);
    expect(holds(chain(1_000), { userName: "user-1000" })).toBe(false);
  });

  test("250 brackets may be open", () => {
    expect(holds(`${"(".repeat(250)}title pr${")".repeat(250)}`, { title: "x" })).toBe(true);
    expect(holds(`${"not (".repeat(249)}emails[type pr]${")".repeat(249)}`, {})).toBe(true);
  });

  test("terms nested as deep as they may be work", () => {
    const nested = `${"(".repeat(249)}title pr${" or active eq true)".repeat(249)}`;
    expect(holds(nested, { active: true })).toBe(true);
  });

  test.each([
    ["1,001 terms", chain(1_001), "1000 conditions"],
    ["251 parentheses", `${"(".repeat(251)}title pr${")".repeat(251)}`, "250 brackets"],
    ["251 brackets, one of them square", `${"(".repeat(250)}emails[type pr]${")".repeat(250)}`, "250 brackets"],
    ["10,000 parentheses", "(".repeat(10_000), "250 brackets"],
    ["10,000 times not", "not (".repeat(10_000), "250 brackets"],
    ["10,000 square brackets", "a[".repeat(10_000), "brackets inside brackets"],
    ["a megabyte", `title eq "${"x".repeat(1_000_000)}"`, "100000 characters"],
    ["a string of 100,000 newlines that is not closed", `"${"\n".repeat(99_999)}`, "attribute name"],
    ["a literal of 99,000 newlines that is not closed", `title eq "${"\n".repeat(99_000)}`, "not closed"],
    ["a literal of 99,000 backslashes", `title eq "${"\\".repeat(99_001)}`, "not closed"],
    ["a name of 99,000 letters", `${"x".repeat(99_000)} pr!`, "operator"],
    ["a URN of 99,000 colons", `${"a:".repeat(49_500)} pr`, "attribute name"],
    ["99,000 spaces", " ".repeat(99_000), "attribute name"],
  ])("%s: refused", (_, text, said) => {
    const error = refusal(() => read(text));
    expect(error).toMatchObject({ status: 400, scimType: "invalidFilter" });
    expect(error.detail).toContain(said);
    expect(error.detail.length).toBeLessThan(300);
  });

  test("the bounds are the grammar's", () => {
    const grammar = { ...defaultGrammar, maxLength: 30, maxDepth: 1, maxTerms: 2 };
    expect(() => read("(title pr) and (active pr)", grammar)).not.toThrow();
    for (const text of ["((title pr))", "title pr or title pr or id pr", `${" ".repeat(23)}title pr`]) {
      expect(refusal(() => read(text, grammar)).status).toBe(400);
    }
  });
});
