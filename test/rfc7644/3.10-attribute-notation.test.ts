/** Attribute notation. RFC 7644 §3.10. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineExtension } from "../../src/schema/define-extension.ts";
import { groupType } from "../../src/schema/group-type.ts";
import type { Relaxation } from "../../src/schema/relaxation.ts";
import { allPaths, resolveExtension, resolvePath } from "../../src/schema/resolve.ts";
import type { ResourceType } from "../../src/schema/resource-type.ts";
import { userType } from "../../src/schema/user-type.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const badge = "urn:acme:params:scim:schemas:badge:2.0:User";
const user = userType([
  defineExtension(badge, z.object({ number: z.string(), division: z.string(), title: z.object({ long: z.string() }) })),
]);
const group = groupType();

const strictly = (text: string, type: ResourceType = user) => resolvePath(text, type, new Set())?.text;
const relaxedBy =
  (...relaxations: readonly Relaxation[]) =>
  (text: string) =>
    resolvePath(text, user, new Set(relaxations))?.text;

describe("§3.10 Attribute Notation", () => {
  it.each([
    ["userName", "userName"],
    ["name.givenName", "name.givenName"],
    ["emails", "emails"],
    ["emails.value", "emails.value"],
    ["members.$ref", undefined],
    ["id", "id"],
    ["externalId", "externalId"],
    ["schemas", "schemas"],
    ["meta.lastModified", "meta.lastModified"],
    [`${core}:userName`, "userName"],
    [`${core}:name.givenName`, "name.givenName"],
    [`${core}:meta.created`, "meta.created"],
    [`${enterprise}:department`, `${enterprise}:department`],
    [`${enterprise}:manager.value`, `${enterprise}:manager.value`],
  ])("%s names %s", (text, canonical) => {
    expect(strictly(text)).toBe(canonical);
  });

  it("clients MAY omit the core schema's URN, not an extension's", () => {
    expect(strictly("department")).toBeUndefined();
    expect(strictly(`${core}:department`)).toBeUndefined();
    expect(strictly(`${enterprise}:userName`)).toBeUndefined();
  });

  it("all facets are case insensitive", () => {
    for (const { text, extension } of allPaths(user)) {
      for (const cased of [text, text.toLowerCase(), text.toUpperCase()]) {
        expect(strictly(cased)).toBe(text);
        if (extension === undefined) expect(strictly(`${core.toUpperCase()}:${cased}`)).toBe(text);
      }
    }
  });

  it("a path says where it leads: extension, attribute, sub-attribute", () => {
    const path = resolvePath(`${enterprise}:MANAGER.displayname`, user, new Set());
    expect(path).toMatchObject({
      extension: enterprise,
      attribute: { name: "manager", type: "complex" },
      subAttribute: { name: "displayName", mutability: "readOnly" },
    });
    expect(path?.attribute).toBe(user.extensionByUrn.get(enterprise.toLowerCase())?.attributes.get("manager"));
    expect(resolvePath("emails", user, new Set())).toMatchObject({ extension: undefined, subAttribute: undefined });
  });

  it.each([
    "",
    ".",
    ":",
    "userName.",
    ".userName",
    "userName.value",
    "name.givenName.x",
    "name:givenName",
    'emails[type eq "work"]',
    " userName",
    "nickname ",
    core,
    enterprise,
    `${enterprise}:`,
    `${enterprise}::department`,
    `${enterprise}:manager:value`,
    `${enterprise.slice(0, -1)}:department`,
    `${core}:${core}:userName`,
    "urn:ietf:params:scim:schemas:core:2.0:Group:displayName",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "name.__proto__",
    "name.constructor",
    `${enterprise}:__proto__`,
    `${core}:constructor.prototype`,
  ])("%j names nothing", (text) => {
    expect(strictly(text)).toBeUndefined();
    expect(relaxedBy("bareExtensionNames", "singularNames", "dottedExtension")(text)).toBeUndefined();
  });

  it("types do not share names", () => {
    expect(strictly("members.$REF", group)).toBe("members.$ref");
    expect(strictly("userName", group)).toBeUndefined();
  });

  it("an extension's URN alone names the extension", () => {
    expect(resolveExtension(enterprise.toUpperCase(), user)?.id).toBe(enterprise);
    expect(resolveExtension(core, user)).toBeUndefined();
    expect(resolveExtension("__proto__", user)).toBeUndefined();
    expect(resolveExtension(enterprise, group)).toBeUndefined();
  });

  it("attributes are listed in the schema's order, each before its sub-attributes", () => {
    expect(allPaths(group).map(({ text }) => text)).toEqual([
      ...["schemas", "id", "externalId"],
      ...["meta", "meta.resourceType", "meta.created", "meta.lastModified", "meta.location", "meta.version"],
      "displayName",
      ...["members", "members.value", "members.$ref", "members.type", "members.display"],
    ]);
  });

  it("the same path is the same object each time, so that a request makes nothing", () => {
    const path = resolvePath("name.givenName", user, new Set());
    expect(resolvePath(`${core}:NAME.GIVENNAME`, user, new Set())).toBe(path);
    expect(allPaths(user)).toContain(path);
  });

  it("any text is answered, never thrown at", () => {
    const everything = new Set<Relaxation>(["bareExtensionNames", "singularNames", "dottedExtension"]);
    const known = new Set(allPaths(user).map(({ text }) => text));
    const piece = fc.constantFrom(core, enterprise, ":", ".", "name", "emails", "s", "__proto__", "manager", "value");
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (any) => {
        const path = resolvePath(any, user, everything);
        expect(path === undefined || known.has(path.text)).toBe(true);
      }),
    );
  });
});

describe("relaxations of the notation", () => {
  it("bareExtensionNames: without its URN, where no core attribute has the name", () => {
    const resolve = relaxedBy("bareExtensionNames");
    expect(resolve("Department")).toBe(`${enterprise}:department`);
    expect(resolve("manager.VALUE")).toBe(`${enterprise}:manager.value`);
    expect(resolve("number")).toBe(`${badge}:number`);
    expect(resolve("title")).toBe("title");
    expect(resolve("title.long")).toBeUndefined();
  });

  it("bareExtensionNames: a name that two extensions have is nobody's", () => {
    expect(relaxedBy("bareExtensionNames")("division")).toBeUndefined();
    expect(strictly(`${badge}:division`)).toBe(`${badge}:division`);
  });

  it("singularNames: the singular of a list's name", () => {
    const resolve = relaxedBy("singularNames");
    expect(resolve("email.value")).toBe("emails.value");
    expect(resolve("Email")).toBe("emails");
    expect(resolve("address.locality")).toBe("addresses.locality");
    expect(resolve("phoneNumber.type")).toBe("phoneNumbers.type");
    expect(resolve(`${core}:role`)).toBe("roles");
    expect(resolve("emails.value")).toBe("emails.value");
    expect(resolve("name.given")).toBeUndefined();
  });

  it("singularNames: not where the name is an attribute's own, nor of an attribute with one value", () => {
    const list = z.array(z.object({ value: z.string() })).optional();
    const type = groupType([
      defineExtension(
        badge,
        z.object({ color: z.string(), colors: list, categories: list, alias: attribute(z.string(), {}) }),
      ),
    ]);
    const resolve = (text: string) =>
      resolvePath(`${badge}:${text}`, type, new Set<Relaxation>(["singularNames"]))?.text;
    expect(resolve("color")).toBe(`${badge}:color`);
    expect(resolve("category.value")).toBe(`${badge}:categories.value`);
    expect(resolve("alia")).toBeUndefined();
  });

  it("dottedExtension: a dot after the URN", () => {
    const resolve = relaxedBy("dottedExtension");
    expect(resolve(`${enterprise}.department`)).toBe(`${enterprise}:department`);
    expect(resolve(`${enterprise}.Manager.Value`)).toBe(`${enterprise}:manager.value`);
    expect(resolve(`${core}.userName`)).toBe("userName");
    expect(resolve("urn:ietf:params:scim:schemas:extension:enterprise:2.0.User:department")).toBeUndefined();
  });

  it("each works only when it is on", () => {
    expect(relaxedBy("singularNames", "dottedExtension")("department")).toBeUndefined();
    expect(relaxedBy("bareExtensionNames", "dottedExtension")("email.value")).toBeUndefined();
    expect(relaxedBy("bareExtensionNames", "singularNames")(`${enterprise}.department`)).toBeUndefined();
  });
});
