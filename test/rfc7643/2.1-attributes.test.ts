/** Attribute names, and what a schema cannot say. RFC 7643 §2.1, §2.3.8. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineExtension } from "../../src/schema/define-extension.ts";
import { read, refusal, rejecting, thing } from "./reading.ts";

describe("§2.1 Attributes", () => {
  it("attribute names are case insensitive", () => {
    expect(read({ USERNAME: "bjensen", Name: { GIVENNAME: "Barbara" } })).toEqual({
      userName: "bjensen",
      name: { givenName: "Barbara" },
    });
  });

  it.each([
    { body: { userName: "a", USERNAME: "b" }, name: "userName" },
    { body: { USERNAME: "a", userName: "b" }, name: "userName" },
    { body: { username: "a", USERNAME: "b" }, name: "userName" },
    { body: { userName: "a", title: null, TITLE: "x" }, name: "title" },
    { body: { userName: "a", name: { givenName: "a", GivenName: "b" } }, name: "name.givenName" },
    { body: { userName: "a", name: { GIVENNAME: "a", GivenName: "b" } }, name: "name.givenName" },
    { body: { userName: "a", emails: [{ value: "a", VALUE: "b" }] }, name: "emails.value" },
  ])("an attribute named twice in different case is refused: $body", ({ body, name }) => {
    expect(refusal(() => read(body))).toBe(
      `400 invalidSyntax: "${name}" is there twice, in different upper and lower case; send it once.`,
    );
  });

  it.each(["a", "camelCase", "with-hyphen", "with_underscore", "with$dollar", "x509"])(
    "ATTRNAME = ALPHA *(nameChar) allows %s",
    (name) => {
      expect(thing({ [name]: z.string() }).schema.attributes.get(name.toLowerCase())?.name).toBe(name);
    },
  );

  it.each(["", "1st", "$dollar", "-a", "_a", "a.b", "a:b", "a b", "naïve", "a\n", "constructor", "Prototype"])(
    "the name %j is refused at set-up",
    (name) => {
      expect(() => thing({ [name]: z.string() })).toThrow(`urn:example:params:Thing: attribute "${name}": `);
    },
  );

  it("__proto__ is no attribute name", () => {
    const schema = z.object(Object.fromEntries([["__proto__", z.string()]]));
    expect(() => defineExtension("urn:example:params:Thing", schema)).toThrow('attribute "__proto__": ');
  });

  it("$ref, which §2.4 defines, is the one name that begins with a dollar", () => {
    const type = thing({ it: z.object({ $ref: attribute(z.string(), { type: "reference" }) }) });
    expect(read({ it: { $REF: "Users/1" } }, type)).toEqual({ it: { $ref: "Users/1" } });
  });

  it("two names that differ in case alone are refused at set-up", () => {
    expect(() => thing({ color: z.string(), COLOR: z.string() })).toThrow(
      'urn:example:params:Thing: attribute "COLOR": there is "color" already; names are the same in any case (RFC 7643 §2.1).',
    );
    expect(() => thing({ it: z.object({ a: z.string(), A: z.string() }) })).toThrow('attribute "it"."A": ');
  });

  it.each([
    ["a complex attribute in a complex attribute", z.object({ a: z.object({ b: z.string() }) }), "cannot be complex"],
    ["a list of complex values in one", z.object({ a: z.array(z.object({ b: z.string() })) }), "cannot be complex"],
    ["an array of arrays", z.array(z.array(z.string())), "an array of arrays"],
    ["an object without attributes", z.object({}), "it has no attributes"],
    ["a date", z.date(), "Use z.iso.datetime()"],
    ["a bigint", z.bigint(), "Use z.int()"],
    ["a record", z.record(z.string(), z.string()), "Name the sub-attributes"],
    ["anything", z.unknown(), 'zod\'s "unknown" has no SCIM type'],
    ["a union of types", z.union([z.string(), z.number()]), 'zod\'s "union" has no SCIM type'],
    ["a boolean literal", z.literal(true), 'zod\'s "literal" has no SCIM type'],
    ["a transform", z.string().transform(Number), "without the transform"],
    ["z.preprocess", z.preprocess(String, z.string()), "without the transform"],
    ["a catch", z.string().catch(""), 'zod\'s "catch" has no SCIM type'],
    ["z.coerce", z.coerce.string(), "kept as they are sent"],
    ["trim", z.string().trim(), "kept as they are sent"],
    ["a type that refers to itself", z.lazy((): z.ZodType => z.lazy(() => z.lazy(() => loop))), "refers to itself"],
    ["a default on a sub-attribute", z.object({ a: z.string().default("") }), "a sub-attribute cannot have a default"],
    ["a default on an element", z.array(z.string().default("")), "an element cannot have a default"],
    ["text that is said to be a number", attribute(z.string(), { type: "integer" }), 'cannot be a SCIM "integer"'],
    ["an object that is said to be text", attribute(z.object({ a: z.string() }), { type: "string" }), "is complex"],
    ["a default that does not fit", attribute(z.string(), { defaultValue: 1 }), "the default does not fit: "],
    [
      "an enum's default that is not in it",
      attribute(z.enum(["a"]), { defaultValue: "b" }),
      "the default does not fit",
    ],
    [
      "what TypeScript takes for given and SCIM does not",
      attribute(z.string(), { required: false }),
      "add .optional()",
    ],
    ["writeOnly that is returned", attribute(z.string(), { mutability: "writeOnly", returned: "always" }), "never"],
  ])("%s is refused at set-up, by name", (_, type, message) => {
    expect(() => thing({ it: type })).toThrow(message);
    expect(() => thing({ it: type })).toThrow("urn:example:params:Thing");
  });

  it("a refinement of a whole schema is refused at set-up, since a PATCH sees one attribute", () => {
    const schema = z.object({ a: z.string() }).refine(() => true);
    expect(() => defineExtension("urn:example:params:Thing", schema)).toThrow("use beforeCommit");
  });

  it("an attribute that no schema has is passed over, or refused by name", () => {
    const body = { userName: "a", shoeSize: 43, name: { nick: "b", givenName: "c" } };
    expect(read(body)).toEqual({ userName: "a", name: { givenName: "c" } });
    expect(refusal(() => read(body, undefined, rejecting))).toBe(
      '400 invalidSyntax: There is no attribute "shoeSize"; see /Schemas for the attributes there are.',
    );
    const inside = { userName: "a", name: { nick: "b" } };
    expect(refusal(() => read(inside, undefined, rejecting))).toContain('"name.nick"');
  });

  it("a long unknown name is not repeated whole", () => {
    const body = { userName: "a", ["x".repeat(5_000)]: 1 };
    expect(refusal(() => read(body, undefined, rejecting)).length).toBeLessThan(220);
  });
});

const loop: z.ZodType = z.lazy(() => loop);
