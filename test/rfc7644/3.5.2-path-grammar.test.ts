/** RFC 7644 §3.5.2 Figure 7: PATH = attrPath / valuePath [subAttr]. */
import { describe, expect, test } from "vitest";
import { defaultGrammar, type Grammar } from "../../src/filter/grammar.ts";
import { parsePath } from "../../src/filter/path.ts";
import { compileElementPredicate } from "../../src/filter/predicate.ts";
import { printFilter } from "../../src/filter/print.ts";
import { refusal, relaxedBy } from "../filter-select.ts";
import { CORE, ENTERPRISE, personType } from "../filter-type.ts";

const at = (text: string, grammar: Grammar = defaultGrammar) => {
  const { path, filter } = parsePath(text, personType, grammar);
  const written =
    filter === undefined ? undefined : printFilter({ op: "valuePath", path: { ...path, text: "" }, filter });
  return [path.text, written];
};

const matching = (text: string, elements: readonly unknown[], grammar: Grammar = defaultGrammar) => {
  const { path, filter } = parsePath(text, personType, grammar);
  if (filter === undefined) throw new Error("the path has no filter");
  return elements.filter(compileElementPredicate(filter, path.attribute));
};

describe("Figure 8: Example Path Values", () => {
  test.each([
    ["members", "members", undefined],
    ["name.familyName", "name.familyName", undefined],
    ['addresses[type eq "work"]', "addresses", '[type eq "work"]'],
    [
      'members[value eq\n "2819c223-7f76-453a-919d-413861904646"]',
      "members",
      '[value eq "2819c223-7f76-453a-919d-413861904646"]',
    ],
    [
      'members[value eq "2819c223-7f76-453a-919d-413861904646"].type',
      "members.type",
      '[value eq "2819c223-7f76-453a-919d-413861904646"]',
    ],
    ['members[value eq"2819c223...919d-413861904646"]', "members", '[value eq "2819c223...919d-413861904646"]'],
    ['emails[type eq "work" and value ew "example.com"]', "emails", '[type eq "work" and value ew "example.com"]'],
  ])("%s", (text, path, filter) => {
    expect(at(text)).toEqual([path, filter]);
  });
});

describe("the attribute notation rules of §3.10 apply", () => {
  test.each([
    ["USERNAME", "userName"],
    [`${CORE}:name.givenName`, "name.givenName"],
    [`${ENTERPRISE.toUpperCase()}:Manager.Value`, `${ENTERPRISE}:manager.value`],
    ["members.$ref", "members.$ref"],
    ["password", "password"],
    [" title ", "title"],
  ])("%s", (text, path) => {
    expect(at(text)).toEqual([path, undefined]);
  });

  test.each([
    [`${CORE}:EMAILS[Type eq "work"].VALUE`, "emails.value", '[type eq "work"]'],
    [`${ENTERPRISE}:manager[value eq "U2"]`, `${ENTERPRISE}:manager`, '[value eq "U2"]'],
    ['emails[value eq "]"].type', "emails.type", '[value eq "]"]'],
    ['emails[value eq "\\"]"].type', "emails.type", '[value eq "\\"]"]'],
    ['emails[value eq "\\\\"].type', "emails.type", '[value eq "\\\\"]'],
    ['emails [ type eq "work" ].value', "emails.value", '[type eq "work"]'],
    ["recovery[hint pr].value", "recovery.value", "[hint pr]"],
    ['nickNames[value eq "Babs"]', "nickNames", '[value eq "Babs"]'],
  ])("%s", (text, path, filter) => {
    expect(at(text)).toEqual([path, filter]);
  });

  test("a sub-attribute behind the brackets belongs to the path, not to the filter", () => {
    const { path, filter } = parsePath('emails[type eq "work"].value', personType, defaultGrammar);
    expect(path).toMatchObject({
      attribute: { name: "emails" },
      subAttribute: { name: "value" },
      extension: undefined,
    });
    expect(filter).toMatchObject({
      op: "eq",
      value: "work",
      path: { text: "emails.type", subAttribute: { name: "type" } },
    });
  });
});

describe("what dialects let in", () => {
  test.each([
    ["D12", 'emails[primary eq "True"].value', relaxedBy("booleanStrings"), "emails.value", "[primary eq true]"],
    ["D15", 'manager[value eq "U2"]', relaxedBy("bareExtensionNames"), `${ENTERPRISE}:manager`, '[value eq "U2"]'],
    ["D17", "department", relaxedBy("bareExtensionNames"), `${ENTERPRISE}:department`, undefined],
    ["D33", `${ENTERPRISE}.department`, relaxedBy("dottedExtension"), `${ENTERPRISE}:department`, undefined],
    ["Q17", "emails[type eq work].value", relaxedBy("unquotedLiterals"), "emails.value", '[type eq "work"]'],
    ["Q22", 'email[type eq "work"]', relaxedBy("singularNames"), "emails", '[type eq "work"]'],
  ] as const)("%s: %s", (_, text, grammar, path, filter) => {
    expect(at(text, grammar)).toEqual([path, filter]);
    expect(refusal(() => parsePath(text, personType, defaultGrammar)).status).toBe(400);
  });

  test("what a filter would create stays readable: primary eq false is not rewritten (D10)", () => {
    expect(at('emails[type eq "work" and primary eq false].value')).toEqual([
      "emails.value",
      '[type eq "work" and primary eq false]',
    ]);
  });
});

describe("the elements that a filter selects", () => {
  const work = { type: "work", value: "a", primary: true };
  const home = { type: "Home", value: "b" };

  test.each([
    ['emails[type eq "home"]', [home]],
    ["emails[primary eq true]", [work]],
    ["emails[primary eq false]", [home]],
    ["emails[primary pr]", [work]],
    ['emails[type eq "work" or value eq "b"]', [work, home]],
    ['emails[not (type eq "work")].value', [home]],
    ['emails[type eq "other"]', []],
  ])("%s", (text, selected) => {
    expect(matching(text, [work, home])).toEqual(selected);
  });

  test("simple values, and values that are not what the schema says", () => {
    expect(matching('nickNames[value sw "b"]', ["Babs", "Al", null, 1])).toEqual(["Babs"]);
    expect(matching('emails[type eq "work"]', [null, "work", ["work"], work])).toEqual([work]);
    expect(matching("luckyNumbers[value gt 3]", [1, 4, "5"])).toEqual([4]);
    expect(matching(`${ENTERPRISE}:manager[value eq "U2"]`, [{ value: "U2" }, { value: "u2" }])).toEqual([
      { value: "U2" },
    ]);
  });
});

describe("400 invalidPath", () => {
  test.each([
    "",
    " ",
    "nosuch",
    "name.nosuch",
    "userName.value",
    "a..b",
    "__proto__",
    "constructor",
    "emails.constructor",
    "emails.__proto__",
    ENTERPRISE,
    "nosuch[value pr]",
    '[type eq "work"]',
    'title[value eq "x"]',
    'name.givenName[value eq "x"]',
    'emails.value[value eq "x"]',
    'emails[type eq "work"',
    'emails[type eq "work]',
    'emails[type eq "work"]value',
    'emails[type eq "work"].',
    'emails[type eq "work"].nosuch',
    'emails[type eq "work"].constructor',
    'emails[type eq "work"].value.x',
    'emails[type eq "work"].value[type pr]',
    'emails[type eq "work"] .value',
    'emails[type eq "work"] eq "x"',
    'emails[type eq "work"][value pr]',
    'nickNames[value eq "x"].value',
    "emails[type pr]]",
    "x".repeat(100_001),
  ])("%.60s", (text) => {
    const error = refusal(() => parsePath(text, personType, defaultGrammar));
    expect(error).toMatchObject({ status: 400, scimType: "invalidPath" });
    expect(error.detail.length).toBeLessThan(300);
  });
});

describe("400 invalidFilter, for what is wrong inside the brackets", () => {
  test.each([
    "emails[]",
    "emails[type]",
    'emails[type eq "\\x"]',
    "emails[type eq work]",
    'emails[nosuch eq "x"]',
    'emails[emails.type eq "x"]',
    `emails[${CORE}:emails.type eq "x"]`,
    "emails[0]",
    "emails[primary gt true]",
    'emails[primary eq "true"]',
    'nickNames[type eq "x"]',
    "recovery[value pr]",
    "emails[type[value pr]]",
    "emails[(type pr]",
    `emails[${"(".repeat(10_000)}]`,
  ])("%.60s", (text) => {
    const error = refusal(() => parsePath(text, personType, defaultGrammar));
    expect(error).toMatchObject({ status: 400, scimType: "invalidFilter" });
    expect(error.detail.length).toBeLessThan(300);
  });
});
