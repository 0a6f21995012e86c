/** Reading values one by one, as PATCH does, and what must be there afterwards. RFC 7643 §7, RFC 7644 §3.5.2. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineExtension } from "../../src/schema/define-extension.ts";
import { readElement, readPartial, readValue } from "../../src/schema/read-value.ts";
import type { Reading } from "../../src/schema/reading.ts";
import { requireAttributes } from "../../src/schema/required.ts";
import { userType } from "../../src/schema/user-type.ts";
import { attributeOf, found, group, ignoring, read, refusal, rejecting, thing, user } from "./reading.ts";

const emails = found(user.attributes.get("emails"));
const name = found(user.attributes.get("name"));
const pair = z.object({ key: z.string(), note: z.string().optional() });

describe("§7 mutability on the way in", () => {
  it("readOnly attributes and sub-attributes are ignored, whatever they hold", () => {
    const type = thing({
      a: z.string().optional(),
      made: attribute(z.int(), { mutability: "readOnly" }),
      it: z.object({ a: z.string(), made: attribute(z.int(), { mutability: "readOnly" }) }).optional(),
    });
    expect(read({ a: "x", made: "nonsense", it: { a: "y", made: "nonsense" } }, type, rejecting)).toEqual({
      a: "x",
      it: { a: "y" },
    });
  });

  it("what is readOnly is never required of a client", () => {
    const type = thing({ a: z.string(), made: attribute(z.int(), { mutability: "readOnly", required: true }) });
    expect(read({ a: "x" }, type)).toEqual({ a: "x" });
    expect(requireAttributes({ a: "x" }, type)).toBeUndefined();
  });

  it("writeOnly and immutable attributes are read", () => {
    const type = thing({
      secret: attribute(z.string(), { mutability: "writeOnly" }),
      serial: attribute(z.string(), { mutability: "immutable" }),
    });
    expect(read({ secret: "a", serial: "b" }, type)).toEqual({ secret: "a", serial: "b" });
    expect(refusal(() => read({ serial: "b" }, type))).toContain('"secret" is required');
  });
});

describe("the value of a PATCH operation", () => {
  it("is read as in a body: canonical case, no nulls, no readOnly sub-attributes", () => {
    expect(readValue({ GIVENNAME: "Ann", familyName: null }, name, "name", ignoring)).toEqual({ givenName: "Ann" });
    const members = found(group.attributes.get("members"));
    expect(readValue([{ VALUE: "1", display: "Ann" }], members, "members", ignoring)).toEqual([{ value: "1" }]);
  });

  it("at a multi-valued attribute may be one value or a list", () => {
    const list = [{ value: "a" }];
    expect(readValue(list, emails, "emails", ignoring)).toEqual(list);
    expect(readValue({ VALUE: "a" }, emails, "emails", ignoring)).toEqual(list);
    expect(readValue("a", attributeOf(z.array(z.string())), "it", ignoring)).toEqual(["a"]);
  });

  it("at a sub-attribute is checked, and named by the whole path", () => {
    const given = found(name.subAttributes.get("givenname"));
    expect(readValue("Ann", given, "name.givenName", ignoring)).toBe("Ann");
    expect(refusal(() => readValue(1, given, "name.givenName", ignoring))).toBe(
      '400 invalidValue: "name.givenName" must be a string, not this number.',
    );
  });

  it("at a single-valued attribute is no list", () => {
    expect(refusal(() => readValue(["x"], found(user.attributes.get("title")), "title", ignoring))).toBe(
      '400 invalidValue: "title" must be a string, not an array.',
    );
  });

  it("at a complex attribute may merge, so what is required may be missing from it", () => {
    expect(readValue({ note: "x" }, attributeOf(pair), "it", ignoring)).toEqual({ note: "x" });
  });

  it("brings whole elements to a list, with what is required", () => {
    const list = attributeOf(z.array(pair));
    expect(refusal(() => readValue([{ note: "x" }], list, "it", ignoring))).toBe(
      '400 invalidValue: "it.key" is required.',
    );
    expect(refusal(() => readElement({ note: "x" }, list, "it", ignoring))).toContain('"it.key" is required');
    expect(readElement({ KEY: "a" }, list, "it", ignoring)).toEqual({ key: "a" });
    expect(readElement(null, list, "it", ignoring)).toBeUndefined();
  });

  it("that merges into an element brings parts", () => {
    expect(readPartial({ NOTE: "x" }, attributeOf(z.array(pair)), "it", ignoring)).toEqual({ note: "x" });
    const refined = pair.refine(({ key }) => key !== undefined);
    expect(readPartial({ note: "x" }, attributeOf(z.array(refined)), "it", ignoring)).toEqual({ note: "x" });
  });

  it("adds to a list, whose length is looked at when the operations are done", () => {
    const type = thing({ it: z.array(z.string()).min(2) });
    expect(readValue(["a"], found(type.attributes.get("it")), "it", ignoring)).toEqual(["a"]);
    expect(refusal(() => requireAttributes({ it: ["a"] }, type))).toMatch(
      /^400 invalidValue: "it" is not acceptable: /,
    );
    expect(requireAttributes({ it: ["a", "b"] }, type)).toBeUndefined();
  });
});

describe("the dialects' rewrite of values", () => {
  it("sees each whole value, each element and each sub-attribute's value, before its type is checked", () => {
    const seen: unknown[] = [];
    const reading: Reading = {
      ...ignoring,
      coerce: (value, { name: attributeName }) => {
        seen.push([attributeName, value]);
        return value === "True" ? true : value;
      },
    };
    const body = { userName: "a", active: "True", title: null, emails: [{ value: "b", primary: "True" }], id: "1" };
    expect(read(body, user, reading)).toEqual({
      userName: "a",
      active: true,
      emails: [{ value: "b", primary: true }],
    });
    expect(seen).toEqual([
      ["userName", "a"],
      ["active", "True"],
      ["emails", body.emails],
      ["emails", body.emails[0]],
      ["value", "b"],
      ["primary", "True"],
    ]);
  });

  it("makes lists of what is none, and nothing of what is empty", () => {
    const reading: Reading = {
      ...ignoring,
      coerce: (value, { multiValued }) => {
        if (multiValued && typeof value === "string") return [{ value }];
        return value === "" ? undefined : value;
      },
    };
    expect(read({ userName: "a", emails: "b", title: "" }, user, reading)).toEqual({
      userName: "a",
      emails: [{ value: "b" }],
    });
    expect(refusal(() => read({ userName: "" }, user, reading))).toBe('400 invalidValue: "userName" is required.');
  });
});

describe("§7 required, after a PATCH", () => {
  const urn = "urn:example:params:badge";
  const type = userType([defineExtension(urn, z.object({ a: z.string(), tags: z.array(pair).optional() }))]);

  it.each([{}, { userName: undefined }, { userName: null }, { userName: " " }])("is missed in %j", (resource) => {
    expect(refusal(() => requireAttributes(resource, user))).toBe('400 invalidValue: "userName" is required.');
  });

  it("is missed in an extension that is there, and in every value of a complex attribute", () => {
    expect(refusal(() => requireAttributes({ userName: "a", [urn]: { tags: [] } }, type))).toContain(`"${urn}:a"`);
    expect(refusal(() => requireAttributes({ userName: "a", [urn]: { a: "b", tags: [{ note: "x" }] } }, type))).toBe(
      `400 invalidValue: "${urn}:tags.key" is required.`,
    );
    const single = thing({ it: pair.optional() });
    expect(refusal(() => requireAttributes({ it: { note: "x" } }, single))).toContain('"it.key" is required');
  });

  it("is not missed when it is there, nor when an optional extension is not", () => {
    expect(requireAttributes({ userName: "a" }, type)).toBeUndefined();
    expect(requireAttributes({ userName: "a", [urn]: { a: "b", tags: [{ key: "c" }] } }, type)).toBeUndefined();
  });

  it("is missed when a required extension is gone, or a required list is empty", () => {
    const strict = userType([defineExtension(urn, z.object({ a: z.string().optional() }), { required: true })]);
    expect(refusal(() => requireAttributes({ userName: "a" }, strict))).toContain(`The extension "${urn}" is required`);
    expect(refusal(() => requireAttributes({ it: [] }, thing({ it: z.array(z.string()) })))).toContain('"it"');
  });

  it("is not asked of what a store never gives back", () => {
    const secretive = thing({ a: z.string(), secret: attribute(z.string(), { mutability: "writeOnly" }) });
    expect(requireAttributes({ a: "x" }, secretive)).toBeUndefined();
  });
});
