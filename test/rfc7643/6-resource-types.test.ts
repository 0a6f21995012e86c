/** Resource types as /ResourceTypes shows them, and without what a store does not keep. RFC 7643 §6, §8.6. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { AttributePath } from "../../src/schema/attribute.ts";
import { defineExtension } from "../../src/schema/define-extension.ts";
import { describeResourceType, describeSchema } from "../../src/schema/describe.ts";
import { allPaths, resolvePath } from "../../src/schema/resolve.ts";
import { restrictType } from "../../src/schema/restrict-type.ts";
import { userType } from "../../src/schema/user-type.ts";
import sample from "../samples/rfc7643-8.6-resource-types.json" with { type: "json" };
import { enterprise, found, group, read, refusal, rejecting, thing, user } from "./reading.ts";

const baseUrl = "https://example.com/v2";

describe("§6 ResourceType Schema", () => {
  it("User and Group are shown as §8.6 shows them; the enterprise extension is not required here", () => {
    const expected = JSON.parse(JSON.stringify(sample.json).replace('"required":true', '"required":false'));
    expect([user, group].map((type) => describeResourceType(type, baseUrl))).toEqual(expected);
  });

  it("extensions come in the order given, with whether they are required", () => {
    const urn = "urn:example:params:badge";
    const type = userType([defineExtension(urn, z.object({ a: z.string() }), { required: true })]);
    expect(describeResourceType(type, baseUrl).schemaExtensions).toEqual([
      { schema: enterprise, required: false },
      { schema: urn, required: true },
    ]);
  });
});

describe("a type without what its store does not keep", () => {
  const keeps = (...texts: readonly string[]) => restrictType(user, ({ text }) => texts.includes(text));

  it("has what is kept and the common attributes that every store has", () => {
    const type = keeps("userName", "active", "externalId");
    expect([...type.attributes.keys()]).toEqual(["schemas", "id", "externalid", "meta", "username", "active"]);
    expect(type).toMatchObject({ name: "User", endpoint: "/Users", extensions: [] });
    expect([...keeps("userName").attributes.keys()]).toEqual(["schemas", "id", "meta", "username"]);
  });

  it("keeps a complex attribute while one of its sub-attributes is kept", () => {
    const type = keeps("userName", "name.givenName", "emails.value");
    expect([...found(type.attributes.get("name")).subAttributes.keys()]).toEqual(["givenname"]);
    expect(resolvePath("name.familyName", type, new Set())).toBeUndefined();
    expect(type.attributes.has("phonenumbers")).toBe(false);
  });

  it("keeps an extension while one of its attributes is kept", () => {
    const type = keeps("userName", `${enterprise}:manager.value`);
    expect(type.extensions.map(({ schema }) => [...schema.attributes.keys()])).toEqual([["manager"]]);
    expect(keeps("userName").extensionByUrn.size).toBe(0);
  });

  it("neither shows nor accepts what is not kept", () => {
    const type = keeps("userName");
    expect(describeSchema(type.schema, baseUrl).attributes).toHaveLength(1);
    expect(read({ userName: "a", title: "x", name: { givenName: "b" } }, type)).toEqual({ userName: "a" });
    expect(refusal(() => read({ userName: "a", title: "x" }, type, rejecting))).toContain('"title"');
  });

  it("asks about every attribute without sub-attributes and every sub-attribute, once, by its canonical path", () => {
    const asked: AttributePath[] = [];
    const type = restrictType(user, (path) => asked.push(path) > 0);
    const expected = allPaths(user).filter(
      ({ attribute, subAttribute }) =>
        !["schemas", "id", "meta"].includes(attribute.name) &&
        (subAttribute !== undefined || attribute.type !== "complex"),
    );
    expect(asked.map(({ text }) => text).sort()).toEqual(expected.map(({ text }) => text).sort());
    expect(type.schema.attributes).toEqual(user.schema.attributes);
  });

  it("leaves the type it was made from as it was", () => {
    const before = allPaths(user).length;
    keeps("userName");
    expect(allPaths(user).length).toBe(before);
    expect(user.attributes.has("title")).toBe(true);
  });

  it("refuses at set-up to go without what is required", () => {
    expect(() => keeps("active")).toThrow('User: the store does not keep "userName", which is required.');
    const parts = thing({ it: z.array(z.object({ a: z.string(), b: z.string().optional() })).optional() });
    expect(() => restrictType(parts, ({ text }) => text !== "it.a")).toThrow('does not keep "it.a"');
    const urn = "urn:example:params:badge";
    const type = userType([defineExtension(urn, z.object({ a: z.string().optional() }), { required: true })]);
    expect(() => restrictType(type, ({ extension }) => extension !== urn)).toThrow(`keeps nothing of "${urn}"`);
  });
});
