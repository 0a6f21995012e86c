/** What a value of each data type looks like in JSON. RFC 7643 §2.3. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { attribute } from "../../src/schema/characteristics.ts";
import { attributeOf, readIt, refusalOfIt } from "./reading.ts";

const types = {
  string: z.string(),
  boolean: z.boolean(),
  decimal: z.number(),
  integer: z.int(),
  dateTime: z.iso.datetime(),
  binary: z.base64(),
  reference: attribute(z.string(), { type: "reference" }),
  complex: z.object({ a: z.string().optional() }),
};

/** A value of each JSON type that no SCIM type but its own takes. */
const values = { text: "not a number", number: 1.5, boolean: true, object: { a: "b" }, array: ["a"] };

describe("§2.3 Attribute Data Types", () => {
  it.each([
    ["string", z.string()],
    ["string", z.email()],
    ["string", z.uuid()],
    ["string", z.iso.date()],
    ["boolean", z.boolean()],
    ["decimal", z.number()],
    ["decimal", z.float64()],
    ["integer", z.int()],
    ["integer", z.int32()],
    ["integer", z.number().int()],
    ["integer", attribute(z.number(), { type: "integer" })],
    ["decimal", attribute(z.int(), { type: "decimal" })],
    ["dateTime", z.iso.datetime()],
    ["dateTime", attribute(z.string(), { type: "dateTime" })],
    ["binary", z.base64()],
    ["binary", z.base64url()],
    ["binary", attribute(z.string(), { type: "binary" })],
    ["reference", z.url()],
    ["reference", attribute(z.string(), { type: "reference" })],
    ["string", attribute(z.url(), { type: "string" })],
    ["complex", z.object({ a: z.string() })],
    ["complex", z.strictObject({ a: z.string() })],
  ])("is read from zod: %s (%#)", (type, zodType) => {
    expect(attributeOf(zodType).type).toBe(type);
  });

  it.each([
    ["string", "text"],
    ["boolean", "boolean"],
    ["decimal", "number"],
    ["complex", "object"],
  ] as const)("%s takes %s and nothing else", (type, own) => {
    for (const [kind, value] of Object.entries(values)) {
      if (kind === own) expect(readIt(types[type], value)).toEqual(value);
      else expect(refusalOfIt(types[type], value)).toMatch(/^400 invalidValue: "it" must be /);
    }
  });

  it.each(["integer", "dateTime", "binary"] as const)("%s takes none of the common values", (type) => {
    for (const value of Object.values(values)) {
      expect(refusalOfIt(types[type], value)).toMatch(/^400 invalidValue: "it" must be /);
    }
  });

  it("an error says what was expected and what was found, and never the value", () => {
    expect(refusalOfIt(z.string(), 12_345)).toBe('400 invalidValue: "it" must be a string, not this number.');
    expect(refusalOfIt(z.boolean(), "hunter2")).toBe('400 invalidValue: "it" must be true or false, not this text.');
    expect(refusalOfIt(z.object({ a: z.int() }), { a: [1] })).toBe(
      '400 invalidValue: "it.a" must be a whole number below 2^53, not an array.',
    );
  });
});

describe("§2.3.1 String", () => {
  it.each(["", " ", "Ünï çødé", "👩‍💻", "a\nb", "x".repeat(100_000), "__proto__"])("keeps %# as it is", (text) => {
    expect(readIt(z.string().optional(), text)).toBe(text);
  });

  it.each(["\0", "a\0b", "\ud800", "a\udc00b", "\udc00\ud800"])("refuses what no UTF-8 database stores: %j", (text) => {
    const refused = '400 invalidValue: "it" must not contain NUL characters or unpaired surrogates.';
    expect(refusalOfIt(z.string(), text)).toBe(refused);
    expect(refusalOfIt(types.complex, { a: text })).toBe(refused.replace('"it"', '"it.a"'));
  });

  it.each(["", " ", "\t\n"])("refuses %j where a value is required", (text) => {
    expect(refusalOfIt(z.string(), text)).toBe('400 invalidValue: "it" is required and must not be empty.');
  });
});

describe("§2.3.3 Decimal, §2.3.4 Integer", () => {
  it.each([0, -1, 1.5, 1e300])("a decimal may be %d", (value) => {
    expect(readIt(types.decimal, value)).toBe(value);
  });

  it("a decimal is finite, whatever JSON's grammar lets through", () => {
    expect(refusalOfIt(types.decimal, JSON.parse("1e999"))).toContain("must be a number");
  });

  it.each([0, -1, 42, 2 ** 53 - 1])("an integer may be %d", (value) => {
    expect(readIt(types.integer, value)).toBe(value);
  });

  it.each([0.5, 2 ** 53, 1e300, "1"])("an integer has no fraction, and its digits survive: not %j", (value) => {
    expect(refusalOfIt(types.integer, value)).toContain("must be a whole number");
  });
});

describe("§2.3.5 DateTime", () => {
  it.each([
    "2008-01-23T04:56:22Z",
    "2008-01-23T04:56:22",
    "2008-01-23T04:56:22.123456Z",
    "2008-01-23T04:56:22+05:30",
    "2008-01-23T04:56:22-14:00",
    "2008-01-23T24:00:00Z",
    "2008-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ])("is an xsd:dateTime: %s", (text) => {
    expect(readIt(types.dateTime, text)).toBe(text);
  });

  it.each([
    "2008-01-23",
    "04:56:22Z",
    "2008-01-23 04:56:22Z",
    "2008-01-23t04:56:22z",
    "2008-01-23T04:56Z",
    "2008-01-23T24:00:01Z",
    "2008-01-23T23:60:00Z",
    "2008-01-23T04:56:22.Z",
    "2008-01-23T04:56:22+14:01",
    "2008-01-23T04:56:22+0530",
    "2008-13-01T00:00:00Z",
    "2008-04-31T00:00:00Z",
    "2007-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "2008-01-23T04:56:22Z\n",
    "yesterday",
    "",
  ])("must include both a date and a time, in the calendar: not %j", (text) => {
    expect(refusalOfIt(types.dateTime, text)).toContain('"it" must be a date and time like 2008-01-23T04:56:22Z');
  });

  it("is demanded as zod has it when zod is told how", () => {
    expect(readIt(z.iso.datetime({ precision: 3 }), "2008-01-23T04:56:22.123Z")).toBe("2008-01-23T04:56:22.123Z");
    expect(refusalOfIt(z.iso.datetime({ precision: 3 }), "2008-01-23T04:56:22Z")).toContain("not acceptable");
    expect(refusalOfIt(z.iso.datetime({ offset: true }), "2008-01-23T04:56:22")).toContain("not acceptable");
  });
});

describe("§2.3.6 Binary", () => {
  it.each(["", "AQ==", "AQ", "AQI=", "AQID", "+/+/", "-_-_", "AQIDBA"])("is base64 of either alphabet: %j", (text) => {
    expect(readIt(z.base64().optional(), text)).toBe(text);
  });

  it.each(["A", "AQ=", "AQID=", "AQ===", "+_+_", "A Q=", "AQID\n", "AQ==AQ==", "é"])("is not %j", (text) => {
    expect(refusalOfIt(types.binary, text)).toContain('"it" must be base64');
  });

  it("is case exact, whatever is stated", () => {
    expect(attributeOf(z.base64()).caseExact).toBe(true);
    expect(attributeOf(attribute(z.base64(), { caseExact: false })).caseExact).toBe(true);
  });
});

describe("§2.3.7 Reference", () => {
  it.each([
    "https://example.com/v2/Users/2819c223",
    "../Users/26118915",
    "Users/1",
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "https://example.com/ü?q=%20#top",
  ])("is an absolute or relative URI: %s", (text) => {
    expect(readIt(types.reference, text)).toBe(text);
  });

  it.each(["", "two words", "a\tb", "a\0b"])("is not %j", (text) => {
    expect(refusalOfIt(types.reference, text)).toContain('"it" must be a URI');
  });

  it("is storable text too", () => {
    expect(refusalOfIt(types.reference, "Users/\ud800")).toContain('"it" must not contain');
  });

  it("of z.url() is absolute", () => {
    expect(readIt(z.url(), "https://example.com/a")).toBe("https://example.com/a");
    expect(refusalOfIt(z.url(), "Users/1")).toContain('"it" is not acceptable: ');
  });

  it("has referenceTypes, external unless stated, and is case exact", () => {
    expect(attributeOf(z.url())).toMatchObject({ referenceTypes: ["external"], caseExact: true });
    expect(attributeOf(attribute(z.url(), { referenceTypes: ["User"] })).referenceTypes).toEqual(["User"]);
  });
});
