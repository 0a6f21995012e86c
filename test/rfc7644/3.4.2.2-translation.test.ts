/** RFC 7644 §3.4.2.2: what a store translates a filter with. */
import { describe, expect, test } from "vitest";
import { printFilter } from "../../src/filter/print.ts";
import { equalityOf, type FilterVisitor, visitFilter } from "../../src/filter/visit.ts";
import { read } from "../filter-select.ts";
import { ENTERPRISE } from "../filter-type.ts";

const lisp: FilterVisitor<string> = {
  comparison: ({ op, path, value }) => `(${op} ${path.text} ${JSON.stringify(value)})`,
  presence: ({ path }) => `(pr ${path.text})`,
  valuePath: ({ path, filter }) => `(any ${path.text} ${visitFilter(filter, lisp)})`,
  and: (parts, { filters }) => `(and${filters.length} ${parts.join(" ")})`,
  or: (parts) => `(or ${parts.join(" ")})`,
  not: (part) => `(not ${part})`,
  constant: (value) => String(value),
};

describe("visitFilter", () => {
  test.each([
    ['userName eq "a"', '(eq userName "a")'],
    ["title pr and level gt 3 or not (active eq true)", "(or (and2 (pr title) (gt level 3)) (not (eq active true)))"],
    ['emails[type eq "work" and value co "a"]', '(any emails (and2 (eq emails.type "work") (co emails.value "a")))'],
    ['nickNames[value eq "a"]', '(any nickNames (eq nickNames "a"))'],
    ["id pr", "true"],
    ["emails.primary eq false", "(ne emails.primary true)"],
    ["title eq null", "(not (pr title))"],
  ])("%s", (filter, expected) => {
    expect(visitFilter(read(filter), lisp)).toBe(expected);
  });
});

describe("equalityOf", () => {
  test.each([
    ['userName eq "Ann"', "userName", "Ann"],
    ['userName eq "a" and active eq true', "userName", "a"],
    ['active eq true and (title pr and userName eq "a")', "userName", "a"],
    ['emails[type eq "work" and value eq "a"]', "emails.value", "a"],
    ['emails eq "a"', "emails.value", "a"],
    [`${ENTERPRISE}:employeeNumber eq "7"`, `${ENTERPRISE}:employeeNumber`, "7"],
    ['userName eq "a" or active eq true', "userName", undefined],
    ['not (userName eq "a")', "userName", undefined],
    ['userName ne "a"', "userName", undefined],
    ['userName sw "a"', "userName", undefined],
    ["userName pr", "userName", undefined],
    ['title eq "a"', "userName", undefined],
    ["level eq 3", "level", undefined],
    ['emails[type eq "work" or value eq "a"]', "emails.value", undefined],
    ["id pr", "id", undefined],
  ])("%s demands of %s: %j", (filter, path, value) => {
    expect(equalityOf(read(filter), path)).toBe(value);
  });
});

describe("printFilter", () => {
  test.each([
    ['  USERNAME   EQ"a" ', 'userName eq "a"'],
    ["(title pr) and ((active eq true) or (level lt 1e1))", "title pr and (active eq true or level lt 10)"],
    ["(title pr and active pr) or userType pr", "title pr and active pr or userType pr"],
    ['NOT(emails[ Type eq "work" ])', 'not (emails[type eq "work"])'],
    ['emails[type eq "a" and (value pr or display pr)]', 'emails[type eq "a" and (value pr or display pr)]'],
    ['nickNames[value sw "\\u00e9\\"\\\\"]', 'nickNames[value sw "é\\"\\\\"]'],
    [`${ENTERPRISE}:MANAGER eq "1"`, `${ENTERPRISE}:manager.value eq "1"`],
    ['meta.resourceType eq "User"', "meta.resourceType pr"],
    ['meta.resourceType eq "Group"', "not (meta.resourceType pr)"],
  ])("%s is printed as %s", (filter, text) => {
    expect(printFilter(read(filter))).toBe(text);
    expect(read(text)).toEqual(read(filter));
  });
});
