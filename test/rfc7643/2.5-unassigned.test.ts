/** Unassigned attributes, null and empty arrays are the same state. RFC 7643 §2.5, RFC 7644 §3.3, §3.5.1. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { attribute } from "../../src/schema/characteristics.ts";
import { readResource } from "../../src/schema/read-resource.ts";
import { readValue } from "../../src/schema/read-value.ts";
import type { ResourceType } from "../../src/schema/resource-type.ts";
import { enterprise, found, group, ignoring, read, refusal, thing, user } from "./reading.ts";

const asserted = (body: unknown, type: ResourceType = user): readonly string[] => [
  ...readResource(body, type, "replace", ignoring).asserted,
];

describe("§2.5 Unassigned and Null Values", () => {
  it.each([
    ["a simple attribute", { title: null }],
    ["a complex attribute", { name: null }],
    ["a list", { emails: null }],
    ["an empty list", { emails: [] }],
    ["a list of nulls", { emails: [null, null] }],
    ["an object of nulls", { name: { givenName: null, familyName: null } }],
    ["an empty object", { name: {} }],
    ["a list of empty objects", { emails: [{}, { value: null }] }],
    ["an extension", { [enterprise]: null }],
    ["an empty extension", { [enterprise]: {} }],
    ["an extension of nulls", { [enterprise]: { department: null, manager: { value: null } } }],
    ["undefined, from a host's parser", { title: undefined }],
  ])("null and empty are unassigned: %s", (_, more) => {
    expect(read({ userName: "a", ...more })).toEqual({ userName: "a" });
  });

  it("null among values is left out, and the values stay", () => {
    expect(read({ userName: "a", emails: [{ $ref: null, value: "b", type: null }, null] })).toEqual({
      userName: "a",
      emails: [{ value: "b" }],
    });
  });

  it("false, 0 and empty text are values", () => {
    const type = thing({ flag: z.boolean(), count: z.int(), text: z.string().optional() });
    const body = { flag: false, count: 0, text: "" };
    expect(read(body, type)).toEqual(body);
  });

  it("null at a required attribute is its absence", () => {
    expect(refusal(() => read({ userName: null }))).toBe('400 invalidValue: "userName" is required.');
  });

  it("a value of a PATCH that comes to nothing is undefined", () => {
    const attribute = found(user.attributes.get("emails"));
    for (const value of [null, undefined, [], [null], [{}], {}]) {
      expect(readValue(value, attribute, "emails", ignoring)).toBeUndefined();
    }
  });
});

describe("RFC 7644 §3.5.1 What the client asserts", () => {
  it("an explicit empty list is asserted, an absent one is not", () => {
    expect(asserted({ displayName: "x", members: [] }, group)).toEqual(["displayName", "members"]);
    expect(asserted({ displayName: "x", members: null }, group)).toEqual(["displayName", "members"]);
    expect(asserted({ displayName: "x" }, group)).toEqual(["displayName"]);
  });

  it("names are in canonical case, extension attributes with their URN, and the URN itself is among them", () => {
    expect(asserted({ USERNAME: "a", [enterprise.toUpperCase()]: { DEPARTMENT: null } })).toEqual([
      "userName",
      enterprise,
      `${enterprise}:department`,
    ]);
  });

  it("what is readOnly or unknown is asserted by nobody", () => {
    expect(asserted({ userName: "a", id: "1", meta: {}, schemas: [], groups: [], shoeSize: 43 })).toEqual(["userName"]);
  });
});

describe("RFC 7644 §3.3 Defaults", () => {
  const create = (body: unknown, type: ResourceType = user) => readResource(body, type, "create", ignoring).resource;

  it("a created user that does not say otherwise is active", () => {
    expect(create({ userName: "a" })).toEqual({ userName: "a", active: true });
    expect(create({ userName: "a", active: false })).toEqual({ userName: "a", active: false });
  });

  it("clients override a default with null", () => {
    expect(create({ userName: "a", active: null })).toEqual({ userName: "a" });
  });

  it("a replacement gets no defaults", () => {
    expect(read({ userName: "a" })).toEqual({ userName: "a" });
  });

  it("a default of zod's is the attribute's, made anew for each resource", () => {
    let made = 0;
    const type = thing({
      color: z.string().default("red"),
      tags: z.array(z.string()).default(["new"]),
      serial: z.int().default(() => ++made),
    });
    const [one, two] = [create({}, type), create({}, type)];
    expect(one).toMatchObject({ color: "red", tags: ["new"] });
    expect(one.tags).not.toBe(two.tags);
    expect(Number(two.serial)).toBe(Number(one.serial) + 1);
  });

  it("a default of attribute()'s is no resource's to share", () => {
    const type = thing({ tags: attribute(z.array(z.string()).optional(), { defaultValue: ["new"] }) });
    const [one, two] = [create({}, type), create({}, type)];
    expect([one.tags, two.tags]).toEqual([["new"], ["new"]]);
    expect(one.tags).not.toBe(two.tags);
  });
});
