/** Characteristics and their defaults, as they stand in zod. RFC 7643 §2.2, §7. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { attribute, characteristics } from "../../src/schema/characteristics.ts";
import { attributeOf, readIt, refusalOfIt } from "./reading.ts";

describe("§2.2 Attribute Characteristics", () => {
  it("if not otherwise stated, attributes have the RFC's defaults", () => {
    expect(attributeOf(z.string().optional())).toMatchObject({
      type: "string",
      multiValued: false,
      description: "",
      required: false,
      canonicalValues: undefined,
      caseExact: false,
      mutability: "readWrite",
      returned: "default",
      uniqueness: "none",
      referenceTypes: undefined,
      defaultValue: undefined,
      check: undefined,
    });
  });

  it("what is stated stands", () => {
    const stated = {
      description: "The thing.",
      canonicalValues: ["a", "b"],
      caseExact: true,
      mutability: "immutable",
      returned: "request",
      uniqueness: "global",
    } as const;
    expect(attributeOf(attribute(z.string(), stated))).toMatchObject(stated);
  });

  it("attribute() gives the same type back, and tells zod's global registry nothing", () => {
    const type = z.string();
    expect(attribute(type, { description: "Ours.", caseExact: true })).toBe(type);
    expect(characteristics.get(type)).toEqual({ description: "Ours.", caseExact: true });
    expect(z.globalRegistry.get(type)).toBeUndefined();
    expect(z.toJSONSchema(z.object({ type }))).toEqual(z.toJSONSchema(z.object({ type: z.string() })));
  });

  it.each([
    ["optional", attribute(z.string(), { caseExact: true }).optional()],
    ["nullable", attribute(z.string(), { caseExact: true }).nullable()],
    ["nullish", attribute(z.string(), { caseExact: true }).nullish()],
    ["a default", attribute(z.string(), { caseExact: true }).default("x")],
    ["readonly", attribute(z.string(), { caseExact: true }).readonly()],
    ["describe", attribute(z.string(), { caseExact: true }).describe("x")],
    ["an array", z.array(attribute(z.string(), { caseExact: true }))],
    ["lazy", z.lazy(() => attribute(z.string(), { caseExact: true }))],
  ])("they survive %s", (_, type) => {
    expect(attributeOf(type).caseExact).toBe(true);
  });

  it("what is said further out wins, word by word", () => {
    const inner = attribute(z.string(), { description: "inner", caseExact: true });
    const outer = attribute(inner.optional(), { description: "outer" });
    expect(attributeOf(outer)).toMatchObject({ description: "outer", caseExact: true });
    const list = attribute(z.array(inner), { description: "list" });
    expect(attributeOf(list)).toMatchObject({ description: "list", caseExact: true, multiValued: true });
  });

  it("zod's own description serves when there is no other", () => {
    expect(attributeOf(z.string().describe("zod's")).description).toBe("zod's");
    expect(attributeOf(attribute(z.string().describe("zod's"), { description: "ours" })).description).toBe("ours");
  });

  it.each([
    [z.string(), true],
    [z.string().optional(), false],
    [z.string().nullable(), false],
    [z.string().nullish(), false],
    [z.string().default("x"), false],
    [z.string().prefault("x"), false],
    [z.string().optional().nonoptional(), true],
    [attribute(z.string().optional(), { required: true }), true],
    [z.array(z.string().optional()), true],
    [z.array(z.string()).optional(), false],
  ])("required is what zod demands, unless stated (%#)", (type, required) => {
    expect(attributeOf(type).required).toBe(required);
  });

  it("sub-attributes of a readOnly attribute are readOnly unless stated", () => {
    const type = attribute(z.object({ a: z.string(), b: attribute(z.string(), { mutability: "immutable" }) }), {
      mutability: "readOnly",
    });
    const { subAttributes } = attributeOf(type);
    expect([...subAttributes.values()].map(({ mutability }) => mutability)).toEqual(["readOnly", "immutable"]);
  });

  it("what is writeOnly is never returned", () => {
    expect(attributeOf(attribute(z.string(), { mutability: "writeOnly" })).returned).toBe("never");
  });

  it("canonicalValues are suggestions", () => {
    expect(readIt(attribute(z.string(), { canonicalValues: ["work", "home"] }), "holiday")).toBe("holiday");
  });

  it.each([
    ["an enum", z.enum(["work", "home"])],
    ["literals", z.union([z.literal("work"), z.literal("home")])],
    ["a literal of several", z.literal(["work", "home"])],
  ])("%s restricts to its values, which are the canonical ones", (_, type) => {
    expect(attributeOf(type)).toMatchObject({ type: "string", canonicalValues: ["work", "home"] });
    expect(readIt(type, "home")).toBe("home");
    expect(refusalOfIt(type, "holiday")).toBe(
      '400 invalidValue: "it" is not acceptable: must be one of "work", "home".',
    );
  });

  it.each([
    ["min", z.string().min(3), "abc", "ab"],
    ["max", z.string().max(2), "ab", "abc"],
    ["regex", z.string().regex(/^a+$/), "aa", "ab"],
    ["email", z.email(), "a@example.com", "a"],
    ["uuid", z.uuid(), "2819c223-7f76-453a-919d-413861904646", "2819"],
    ["refine", z.string().refine((text) => text !== "no"), "yes", "no"],
    ["an enum's refine", z.enum(["yes", "no"]).refine((text) => text !== "no"), "yes", "no"],
    ["a template literal", z.templateLiteral(["a-", z.string()]), "a-1", "b-1"],
    ["positive", z.number().positive(), 1.5, -1.5],
    ["a whole number in range", z.number().int().max(9), 9, 10],
    ["int32", z.int32(), 2 ** 31 - 1, 2 ** 31],
    [
      "a refined object",
      z.object({ a: z.string(), b: z.string() }).refine((it) => it.a !== it.b),
      { a: "1", b: "2" },
      { a: "1", b: "1" },
    ],
    ["each element", z.array(z.string().max(1)), ["a", "b"], ["a", "bc"]],
    ["how many elements", z.array(z.string()).max(1), ["a"], ["a", "b"]],
  ])("what zod demands beyond the type is demanded: %s", (_, type, good, bad) => {
    expect(readIt(type, good)).toEqual(good);
    expect(refusalOfIt(type, bad)).toMatch(/^400 invalidValue: "it" is not acceptable: /);
  });

  it("a message of the host's own is passed on", () => {
    const type = z.string().refine((text) => text.startsWith("E"), "employee numbers begin with E");
    expect(refusalOfIt(type, "1")).toBe('400 invalidValue: "it" is not acceptable: employee numbers begin with E.');
  });
});
