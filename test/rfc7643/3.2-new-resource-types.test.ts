/** New resource types, and the TypeScript types of their resources. RFC 7643 §3.2. */
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { Resource } from "../../src/schema/attribute.ts";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineExtension, type Extension } from "../../src/schema/define-extension.ts";
import { defineResource } from "../../src/schema/define-resource.ts";
import type { EnterpriseUser } from "../../src/schema/enterprise-user.ts";
import type { Group } from "../../src/schema/group.ts";
import { groupType } from "../../src/schema/group-type.ts";
import type { ResourceType } from "../../src/schema/resource-type.ts";
import { User } from "../../src/schema/user.ts";
import { userType } from "../../src/schema/user-type.ts";
import { read } from "./reading.ts";

const urn = "urn:acme:params:scim:schemas:core:2.0:Device";
const Device = defineResource({
  name: "Device",
  urn,
  schema: z.object({
    serial: attribute(z.string(), { uniqueness: "server", caseExact: true }),
    ports: z.array(z.object({ number: z.int(), open: z.boolean().optional() })).optional(),
  }),
});

const badge = defineExtension(
  "urn:acme:params:scim:schemas:badge:2.0:User",
  z.object({ badgeNumber: z.string(), floor: z.int().optional() }),
);
const contract = defineExtension(
  "urn:acme:params:scim:schemas:contract:2.0:User",
  z.object({ until: z.iso.datetime() }),
  {
    required: true,
  },
);

/** The parts of a definition that can be wrong. */
interface Wrong {
  readonly name?: string;
  readonly urn?: string;
  readonly endpoint?: string;
  readonly extensions?: readonly Extension[];
}

/** What a type's resources are to TypeScript. */
type ResourceOfType<T> = T extends ResourceType<infer R> ? R : never;

describe("§3.2 Defining New Resource Types", () => {
  it("defines name, endpoint, base schema and extensions", () => {
    expect(Device).toMatchObject({ name: "Device", endpoint: "/Devices", description: "Device", extensions: [] });
    expect(Device.schema).toMatchObject({ id: urn, name: "Device", description: "Device" });
    expect([...Device.schema.attributes.keys()]).toEqual(["serial", "ports"]);
    expect([...Device.attributes.keys()]).toEqual(["schemas", "id", "externalid", "meta", "serial", "ports"]);
  });

  it("its resources are read like any other's", () => {
    expect(read({ SERIAL: "X1", ports: [{ NUMBER: 80 }] }, Device)).toEqual({ serial: "X1", ports: [{ number: 80 }] });
  });

  it("takes an endpoint and a description of the host's", () => {
    const type = defineResource({
      name: "Bus",
      urn,
      endpoint: "/Buses",
      description: "A bus.",
      schema: z.object({ a: z.string() }),
    });
    expect(type).toMatchObject({ endpoint: "/Buses", description: "A bus." });
  });

  it.each<[string, Wrong, string]>([
    ["a name that is none", { name: "a b" }, '"a b" is not a name'],
    ["an endpoint without a slash", { endpoint: "Devices" }, '"Devices" cannot be an endpoint'],
    ["an endpoint with two", { endpoint: "/a/b" }, '"/a/b" cannot be an endpoint'],
    ["an endpoint of SCIM's own", { endpoint: "/schemas" }, '"/schemas" cannot be an endpoint'],
    ["a URN that is none", { urn: "Device" }, '"Device" is not a URN'],
    ["a URN with a bracket", { urn: "urn:acme:a[b" }, "is not a URN"],
    ["a URN with a space", { urn: "urn:acme:a b" }, "is not a URN"],
    ["a URN that ends in a colon", { urn: "urn:acme:a:" }, "is not a URN"],
    ["an extension twice", { extensions: [badge, badge] }, "two schemas are called"],
    [
      "its own URN as an extension",
      { urn: badge.schema.id.toUpperCase(), extensions: [badge] },
      "two schemas are called",
    ],
    [
      "a URN that reads as an attribute",
      { urn: "urn:acme:x", extensions: [defineExtension("urn:acme:x:A", z.object({ b: z.string() }))] },
      "reads as an attribute",
    ],
  ])("refuses %s at set-up", (_, wrong, message) => {
    const right = { name: "Device", urn, schema: z.object({ a: z.string() }) };
    expect(() => defineResource({ ...right, ...wrong })).toThrow(message);
  });

  it("a host may make the core schema its own", () => {
    const type = defineResource({
      name: "User",
      urn: "urn:ietf:params:scim:schemas:core:2.0:User",
      schema: User.pick({ userName: true, active: true }).extend({ nickName: z.string() }),
    });
    expect(type.schema.attributes.get("username")).toMatchObject({ required: true, uniqueness: "server" });
    expect([...type.schema.attributes.keys()]).toEqual(["username", "active", "nickname"]);
  });
});

describe("the TypeScript type of a resource is inferred", () => {
  it("from the zod schema, with externalId", () => {
    expectTypeOf<ResourceOfType<typeof Device>>().toEqualTypeOf<
      {
        serial: string;
        ports?: { number: number; open?: boolean | undefined }[] | undefined;
      } & { externalId?: string | undefined }
    >();
  });

  it("keeps its keys when the store's are taken away", () => {
    type Draft = Omit<ResourceOfType<typeof Device>, "id" | "meta" | "schemas">;
    expectTypeOf<keyof Draft>().toEqualTypeOf<"serial" | "ports" | "externalId">();
  });

  it("an extension is a key that may be absent, a required one a key that is there", () => {
    const type = userType([badge, contract]);
    type Person = ResourceOfType<typeof type>;
    expectTypeOf<Person["urn:acme:params:scim:schemas:badge:2.0:User"]>().toEqualTypeOf<
      { badgeNumber: string; floor?: number | undefined } | undefined
    >();
    expectTypeOf<Person["urn:acme:params:scim:schemas:contract:2.0:User"]>().toEqualTypeOf<{ until: string }>();
    expectTypeOf<Pick<Person, "userName">>().toEqualTypeOf<{ userName: string }>();
  });

  it("a user has the enterprise extension, and a group none", () => {
    const person = userType();
    const team = groupType();
    expectTypeOf<
      ResourceOfType<typeof person>["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
    >().toEqualTypeOf<EnterpriseUser | undefined>();
    expectTypeOf<ResourceOfType<typeof team>>().toExtend<Group>();
    expectTypeOf<keyof ResourceOfType<typeof team>>().toEqualTypeOf<"displayName" | "members" | "externalId">();
  });

  it("the host's own enterprise extension takes the place of the RFC's", () => {
    const own = defineExtension(
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      z.object({ division: z.enum(["a", "b"]) }),
    );
    const type = userType([own]);
    expectTypeOf<
      ResourceOfType<typeof type>["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
    >().toEqualTypeOf<{ division: "a" | "b" } | undefined>();
    expect(type.extensions.map(({ schema }) => schema)).toEqual([own.schema]);
  });

  it("a resource is written as it is inferred, under exactOptionalPropertyTypes too", () => {
    const type = userType([badge]);
    type Person = ResourceOfType<typeof type>;
    const person: Person = { userName: "a", active: undefined, [badge.schema.id]: { badgeNumber: "7" } };
    expectTypeOf(person).toExtend<Resource>();
    // @ts-expect-error userName is required
    const nobody: Person = {};
    // @ts-expect-error a badge has a number
    const unbadged: Person = { userName: "a", "urn:acme:params:scim:schemas:badge:2.0:User": {} };
    expect([person, nobody, unbadged].length).toBe(3);
  });

  it("any resource type is a ResourceType", () => {
    expectTypeOf(Device).toExtend<ResourceType>();
    expectTypeOf(userType([badge])).toExtend<ResourceType>();
  });
});
