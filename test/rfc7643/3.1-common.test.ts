/** The common attributes. RFC 7643 §3.1. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commonAttributes } from "../../src/schema/common.ts";
import { describeSchema } from "../../src/schema/describe.ts";
import { found, group, read, refusal, rejecting, thing, user } from "./reading.ts";

describe("§3.1 Common Attributes", () => {
  it("are part of every resource, and first", () => {
    for (const type of [user, group, thing({ a: z.string() })]) {
      expect([...type.attributes.keys()].slice(0, 4)).toEqual(["schemas", "id", "externalid", "meta"]);
      expect(type.attributes.get("id")).toBe(commonAttributes.get("id"));
    }
  });

  it("do not use their own schemas URI: no schema shows them", () => {
    const { attributes } = z
      .object({ attributes: z.array(z.object({ name: z.string() })) })
      .parse(describeSchema(user.schema, ""));
    expect(attributes.map(({ name }) => name)).not.toContain("externalId");
    expect(() => thing({ Id: z.string() })).toThrow('attribute "Id" is one that every resource has already');
  });

  it("id is caseExact, readOnly and always returned", () => {
    expect(commonAttributes.get("id")).toMatchObject({
      type: "string",
      caseExact: true,
      mutability: "readOnly",
      returned: "always",
    });
  });

  it("id MUST NOT be specified by the client: it is passed over", () => {
    expect(read({ userName: "a", id: "mine" }, user, rejecting)).toEqual({ userName: "a" });
    expect(read({ userName: "a", ID: { not: "even text" } }, user, rejecting)).toEqual({ userName: "a" });
  });

  it("externalId is caseExact and readWrite, optional, and text end to end", () => {
    expect(commonAttributes.get("externalid")).toMatchObject({
      caseExact: true,
      mutability: "readWrite",
      required: false,
      returned: "default",
    });
    expect(read({ userName: "a", externalId: "00701984" })).toEqual({ userName: "a", externalId: "00701984" });
    expect(refusal(() => read({ userName: "a", externalId: 701984 }))).toContain('"externalId" must be a string');
  });

  it("meta and all its sub-attributes are readOnly and returned by default; it is ignored from clients", () => {
    const meta = found(commonAttributes.get("meta"));
    for (const attribute of [meta, ...meta.subAttributes.values()]) {
      expect(attribute).toMatchObject({ mutability: "readOnly", returned: "default" });
    }
    expect(read({ userName: "a", meta: { resourceType: "Group", nonsense: 1 } }, user, rejecting)).toEqual({
      userName: "a",
    });
  });

  it("meta has these sub-attributes", () => {
    const { subAttributes } = found(commonAttributes.get("meta"));
    expect([...subAttributes.values()].map(({ name, type, caseExact }) => [name, type, caseExact])).toEqual([
      ["resourceType", "string", true],
      ["created", "dateTime", false],
      ["lastModified", "dateTime", false],
      ["location", "reference", true],
      ["version", "string", true],
    ]);
  });
});
