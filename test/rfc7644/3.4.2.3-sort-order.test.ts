/** RFC 7644 §3.4.2.3: the order of resources. */
import { describe, expect, test } from "vitest";
import { foldCase } from "../../src/filter/fold-case.ts";
import { compareBy } from "../../src/filter/sort-key.ts";
import type { Resource } from "../../src/schema/attribute.ts";
import { resolvePath } from "../../src/schema/resolve.ts";
import { ENTERPRISE, personType } from "../filter-type.ts";

const sorted = (by: string, resources: readonly Resource[], descending = false): readonly Resource[] => {
  const path = resolvePath(by, personType, new Set());
  if (path === undefined) throw new Error(`${by} is no attribute`);
  return [...resources].sort(compareBy({ path, descending }));
};

const wrapped = (by: string, values: readonly unknown[]): readonly Resource[] =>
  values.map((value) => ({ [by]: value }));

describe("sortOrder MUST sort according to the attribute type", () => {
  test.each<[string, readonly unknown[]]>([
    ["userName", ["Ann", "bob", "Carl"]],
    ["externalId", ["Ann", "Carl", "bob"]],
    ["externalId", ["a", "ab", "b"]],
    ["externalId", ["\uff5e", "\u{1f600}"]],
    ["level", [-3, 2, 10]],
    ["score", [0.5, 1.25, 10]],
    ["active", [false, true]],
    ["birthday", ["2011-05-13T06:00:00+02:00", "2011-05-13T04:30:00Z", "2011-05-13T04:30:00.0000001Z"]],
    ["photo", ["AAA=", "aaa="]],
  ])("%s: %j", (by, ascending) => {
    const resources = wrapped(by, ascending);
    expect(sorted(by, [...resources].reverse())).toEqual(resources);
    expect(sorted(by, resources, true)).toEqual([...resources].reverse());
  });

  test("Dates and dateTimes as text go together", () => {
    const resources = [
      { meta: { created: "2011-05-13T04:42:33Z" } },
      { meta: { created: new Date("2011-05-13T04:42:33.500Z") } },
      { meta: { created: "2011-05-13T06:42:34+02:00" } },
    ];
    expect(sorted("meta.created", [...resources].reverse())).toEqual(resources);
  });
});

describe("if there is no data, they are ordered last if ascending and first if descending", () => {
  test.each<[string, Resource, readonly Resource[]]>([
    ["title", { title: "x" }, [{}, { title: null }, { title: "" }]],
    ["name.givenName", { name: { givenName: "x" } }, [{}, { name: { familyName: "a" } }, { name: "a" }]],
    ["emails.value", { emails: [{ value: "x" }] }, [{ emails: [] }, { emails: [{ type: "a" }] }, {}]],
    [`${ENTERPRISE}:department`, { [ENTERPRISE]: { department: "x" } }, [{}, { [ENTERPRISE]: {} }]],
    ["birthday", { birthday: new Date(0) }, [{}, { birthday: "soon" }, { birthday: new Date(Number.NaN) }]],
  ])("%s", (by, present, missing) => {
    for (const absent of missing) {
      expect(sorted(by, [absent, present])).toEqual([present, absent]);
      expect(sorted(by, [present, absent], true)).toEqual([absent, present]);
    }
    expect(sorted(by, missing)).toEqual(missing);
    expect(sorted(by, missing, true)).toEqual(missing);
  });
});

describe("a multi-valued attribute is sorted by the value of the primary attribute, if any, or else the first", () => {
  const primary = { emails: [{ value: "z" }, { value: "b", primary: true }] };
  const first = { emails: [{ value: "c", primary: false }, { value: "a" }] };

  test.each(["emails.value", "emails"])("sortBy=%s", (by) => {
    expect(sorted(by, [first, primary])).toEqual([primary, first]);
    expect(sorted(by, [primary, first], true)).toEqual([first, primary]);
  });

  test("simple values have no primary", () => {
    const resources = [{ nickNames: ["a", "z"] }, { nickNames: ["b", "a"] }];
    expect(sorted("nickNames", [...resources].reverse())).toEqual(resources);
  });
});

test("folding never changes the length of text, but for U+0130: equality relies on it", () => {
  const changed: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const text = String.fromCodePoint(code);
    if (foldCase(text).length !== text.length) changed.push(code.toString(16));
  }
  expect(changed).toEqual(["130"]);
});
