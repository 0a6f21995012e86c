/** RFC 7644 §3.4.2.2: filters as IdPs send them, beyond the grammar; each relaxation lets in its own and nothing more. */
import { describe, expect, test } from "vitest";
import type { Relaxation } from "../../src/schema/relaxation.ts";
import { holds, read, refusal, relaxedBy, select } from "../filter-select.ts";
import { CORE, ENTERPRISE } from "../filter-type.ts";

/** Without the relaxation 400, with it the filter in the RFC's own words. */
const quirks: readonly [string, Relaxation, string, string][] = [
  ["Q17", "unquotedLiterals", "userName eq jyoung", 'userName eq "jyoung"'],
  ["Q17", "unquotedLiterals", "(externalId eq jyoung)", 'externalId eq "jyoung"'],
  ["Q17", "unquotedLiterals", "userName sw O", 'userName sw "O"'],
  [
    "Q17",
    "unquotedLiterals",
    "emails[type eq work and value co @acme.test]",
    'emails[type eq "work" and value co "@acme.test"]',
  ],
  [
    "Q17",
    "unquotedLiterals",
    "meta.Created gt 2015-10-10T14:38:21.8617979-07:00",
    'meta.created gt "2015-10-10T14:38:21.8617979-07:00"',
  ],
  ["Q17", "unquotedLiterals", "externalId eq 0042", 'externalId eq "0042"'],
  ["Q17", "unquotedLiterals", "externalId eq 42.0", 'externalId eq "42.0"'],
  ["Q17", "unquotedLiterals", "userName eq true", 'userName eq "true"'],
  ["Q17", "unquotedLiterals", "userName eq True", 'userName eq "True"'],
  ["Q17", "unquotedLiterals", "userName eq o'neil\\x,y;", 'userName eq "o\'neil\\\\x,y;"'],
  [
    "§3.4.2.1's own example",
    "unquotedLiterals",
    "(meta.resourceType eq User) or (meta.resourceType eq Group)",
    'meta.resourceType eq "User"',
  ],
  ["Q19", "valuePathSubAttribute", 'emails[type eq "work"].value eq "a"', 'emails[type eq "work" and value eq "a"]'],
  ["Q19", "valuePathSubAttribute", 'emails[type eq "work"].value pr', 'emails[type eq "work" and value pr]'],
  [
    "Q19",
    "valuePathSubAttribute",
    'title pr or (emails[type eq "work" or primary eq true].value co "a") and active eq true',
    'title pr or emails[(type eq "work" or primary eq true) and value co "a"] and active eq true',
  ],
  ["Q20", "valuePathSubAttribute", 'emails[type eq "work"] eq "a"', 'emails[type eq "work" and value eq "a"]'],
  ["Q20", "valuePathSubAttribute", '(emails[type eq "work"] EQ "a")', 'emails[type eq "work" and value eq "a"]'],
  ["Q22", "singularNames", 'email.value eq "x"', 'emails.value eq "x"'],
  ["Q22", "singularNames", 'email[type eq "work"]', 'emails[type eq "work"]'],
  ["Q23", "bareExtensionNames", 'id eq "U1" and manager eq "U2"', `id eq "U1" and ${ENTERPRISE}:manager.value eq "U2"`],
  ["D12", "booleanStrings", 'emails[primary eq "True"]', "emails[primary eq true]"],
  ["D12", "booleanStrings", 'active ne "false"', "active ne false"],
  ["D33", "dottedExtension", `${ENTERPRISE}.department eq "IT"`, `${ENTERPRISE}:department eq "IT"`],
];

describe("a relaxation lets in what it is for", () => {
  test.each(quirks)("%s %s: %s", (_, relaxation, sent, meant) => {
    expect(refusal(() => read(sent))).toMatchObject({ status: 400, scimType: "invalidFilter" });
    expect(read(sent, relaxedBy(relaxation))).toEqual(read(meant));
  });

  test.each(quirks)("%s %s: and it is all that %s needs", (_, relaxation, sent) => {
    const others = [...new Set(quirks.map(([, other]) => other))].filter((other) => other !== relaxation);
    expect(refusal(() => read(sent, relaxedBy(...others)))).toMatchObject({ status: 400 });
  });
});

describe("Q17: words without quotes", () => {
  const grammar = relaxedBy("unquotedLiterals");

  test.each([
    ["level eq 42", "level eq 42"],
    ["active eq true", "active eq true"],
    ["title eq null", "title eq null"],
  ])("%s stays what JSON says it is", (sent, meant) => {
    expect(read(sent, grammar)).toEqual(read(meant));
  });

  test.each([
    "title eq",
    "title eq and active pr",
    "title eq or",
    "title eq two words",
    'title eq jo"hn"',
    "title eq a(b)",
    "title eq a[b]",
    "level eq ten",
    "active eq True",
    "active eq yes",
    "meta.created gt yesterday",
    "title co null",
  ])("%s is refused", (text) => {
    expect(refusal(() => read(text, grammar))).toMatchObject({ status: 400, scimType: "invalidFilter" });
  });

  test("with booleanStrings too, a boolean may be any of the four", () => {
    const both = relaxedBy("unquotedLiterals", "booleanStrings");
    for (const literal of ["true", "True", '"TRUE"', '"true"'])
      expect(read(`active eq ${literal}`, both)).toEqual(read("active eq true"));
    expect(refusal(() => read("active eq yes", both)).detail).toContain("active");
  });
});

describe("Q19, Q20: a value path followed by a sub-attribute is one about the same element", () => {
  const grammar = relaxedBy("valuePathSubAttribute");
  const emails = [
    { type: "work", value: "a" },
    { type: "home", value: "b" },
  ];

  test.each([
    ['emails[type eq "work"].value eq "a"', true],
    ['emails[type eq "work"].value eq "b"', false],
    ['emails[type eq "work" or type eq "other"].value eq "b"', false],
    ['emails[type eq "home"] eq "b"', true],
    ['not (emails[type eq "home"] eq "a")', true],
    ['emails[type eq "home"].value ne "b" or emails[type eq "home"].value ne "c"', true],
  ])("%s", (filter, expected) => {
    expect(holds(filter, { emails }, grammar)).toBe(expected);
  });

  test.each([
    'emails[type eq "work"].nosuch eq "a"',
    'emails[type eq "work"].value',
    'emails[type eq "work"].value.x eq "a"',
    'emails[type eq "work"]. value eq "a"',
    'emails[type eq "work"] .value eq "a"',
    'emails[type eq "work"].value eq',
    'emails[type eq "work"].[value eq "a"]',
    'emails[type eq "work"].value[type pr]',
    'emails[type eq "work"]value eq "a"',
    'emails[type eq "work"]eq "a"',
    'emails[type eq "work"] regex "a"',
    'addresses[type eq "work"] eq "a"',
  ])("%s is refused", (text) => {
    expect(refusal(() => read(text, grammar))).toMatchObject({ status: 400, scimType: "invalidFilter" });
  });
});

describe("what is legal without any relaxation, and servers get wrong", () => {
  test("Q15: a value that no user name could be selects nobody", () => {
    expect(select('userName eq "3f2504e0-4f89-11d3-9a0c-0305e82c3301"', [{ id: "1", userName: "ann" }])).toEqual([]);
  });

  test("Q18: externalId compares with its case", () => {
    expect(
      select('externalId eq "X"', [
        { id: "1", externalId: "x" },
        { id: "2", externalId: "X" },
      ]),
    ).toEqual(["2"]);
  });

  test.each([
    ["Q21", 'emails eq "x"', 'emails.value eq "x"'],
    ["Q21", 'members eq "U1"', 'members.value eq "U1"'],
    ["Q21", `${ENTERPRISE}:manager eq "U2"`, `${ENTERPRISE}:manager.value eq "U2"`],
    ["Q22", 'emails.Value Co "x"', 'emails.value co "x"'],
    ["Q25", `${CORE}:userName eq "x"`, 'userName eq "x"'],
  ])("%s: %s", (_, sent, same) => {
    expect(read(sent)).toEqual(read(same));
  });

  test("Q24: which groups is U1 in?", () => {
    const groups = [
      { id: "G1", members: [{ value: "U1" }, { value: "U2" }] },
      { id: "G2", members: [{ value: "U2" }] },
      { id: "G3" },
    ];
    expect(select('members.value eq "U1"', groups)).toEqual(["G1"]);
    expect(select('members[value eq "U2"]', groups)).toEqual(["G1", "G2"]);
  });

  test("Q25: an extension's attribute by its URN", () => {
    const resources = [
      { id: "1", [ENTERPRISE]: { employeeNumber: "1" } },
      { id: "2", employeeNumber: "1" },
    ];
    expect(select(`${ENTERPRISE}:employeeNumber eq "1"`, resources)).toEqual(["1"]);
  });
});
