/** Multi-valued attributes. RFC 7643 §2.4. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { mergeElements } from "../../src/schema/merge-elements.ts";
import { attributeOf, found, group, read, readIt, refusal, refusalOfIt, user } from "./reading.ts";

const emails = found(user.attributes.get("emails"));
const addresses = found(user.attributes.get("addresses"));

/** What a user's emails come to. */
const readEmails = (value: unknown): unknown => read({ userName: "a", emails: value }).emails;

describe("§2.4 Multi-Valued Attributes", () => {
  it("contain primitive values, or objects with sub-attributes", () => {
    expect(readIt(z.array(z.string()), ["a", "b"])).toEqual(["a", "b"]);
    expect(readIt(z.array(z.object({ a: z.string() })), [{ a: "1" }, { a: "2" }])).toEqual([{ a: "1" }, { a: "2" }]);
  });

  it.each(["a@example.com", { value: "a@example.com" }, 1, true])("are JSON arrays, not %j", (value) => {
    expect(refusal(() => readEmails(value))).toMatch(/^400 invalidValue: "emails" must be an array, not /);
  });

  it("each element is of the attribute's type", () => {
    expect(refusal(() => readEmails(["a@example.com"]))).toBe(
      '400 invalidValue: "emails" must be an object, not this text.',
    );
    expect(refusal(() => readEmails([{ value: "a" }, { value: 1 }]))).toContain('"emails.value" must be a string');
    expect(refusalOfIt(z.array(z.string()), ["a", 1])).toContain('"it" must be a string');
  });

  it("a sub-attribute may be a list of primitive values", () => {
    const type = z.object({ tags: z.array(z.string()) });
    expect(attributeOf(type).subAttributes.get("tags")).toMatchObject({ type: "string", multiValued: true });
    expect(readIt(type, { TAGS: ["a", null, "b"] })).toEqual({ tags: ["a", "b"] });
  });

  it("the order of values is kept", () => {
    const values = [{ value: "c" }, { value: "a" }, { value: "b" }];
    expect(readEmails(values)).toEqual(values);
  });

  it("the primary value true appears no more than once: the last one stays", () => {
    expect(
      readEmails([
        { value: "a", primary: true },
        { value: "b", primary: false },
        { value: "c", primary: true },
        { value: "d" },
      ]),
    ).toEqual([
      { value: "a", primary: false },
      { value: "b", primary: false },
      { value: "c", primary: true },
      { value: "d" },
    ]);
  });

  it("the same (type, value) is one element; later sub-attributes win, and the first keeps its place", () => {
    expect(
      readEmails([
        { value: "a", type: "work", display: "A" },
        { value: "b", type: "work" },
        { value: "a", type: "work", display: "Anna", primary: true },
      ]),
    ).toEqual([
      { value: "a", type: "work", display: "Anna", primary: true },
      { value: "b", type: "work" },
    ]);
  });

  it("the same value with different types stays, as does another case of it", () => {
    const values = [
      { value: "a", type: "work" },
      { value: "a", type: "home" },
      { value: "a" },
      { value: "A", type: "work" },
    ];
    expect(readEmails(values)).toEqual(values);
  });

  it("elements without a value are never the same", () => {
    const body = { userName: "a", addresses: [{ locality: "Hollywood" }, { locality: "Hollywood" }] };
    expect(read(body).addresses).toEqual(body.addresses);
    expect(mergeElements(body.addresses, addresses)).toBe(body.addresses);
  });

  it("equal primitive values are one", () => {
    expect(readIt(z.array(z.int()), [1, 2, 1])).toEqual([1, 2]);
  });

  it("a long list of members costs no more than its length", () => {
    const members = Array.from({ length: 20_000 }, (_, index) => ({ value: `u${index}`, type: "User" }));
    expect(read({ displayName: "All", members: [...members, ...members] }, group).members).toEqual(members);
  });

  const element = fc.record(
    {
      value: fc.constantFrom("a", "b", "c", "d"),
      type: fc.constantFrom("work", "home", ""),
      display: fc.constantFrom("x", "y"),
      primary: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  it("merging leaves each (type, value) once and one primary at most, loses none, and done twice is done once", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 20 }), (elements) => {
        const merged = mergeElements(elements, emails).map((each) => z.record(z.string(), z.unknown()).parse(each));
        const keys = merged
          .filter(({ value }) => value !== undefined)
          .map(({ type, value }) => JSON.stringify([type, value]));
        expect(new Set(keys).size).toBe(keys.length);
        expect(merged.filter(({ primary }) => primary === true).length).toBeLessThanOrEqual(1);
        for (const { value, type } of elements) {
          expect(merged.some((each) => each.value === value && each.type === type)).toBe(true);
        }
        expect(mergeElements(merged, emails)).toBe(merged);
      }),
    );
  });
});
