/** The `schemas` attribute of a body. RFC 7643 §3, §3.3. */
import { describe, expect, it } from "vitest";
import { checkSchemas } from "../../src/schema/check-schemas.ts";
import { enterprise, group, read, refusal, user } from "./reading.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const missing = `400 invalidSyntax: "schemas" is required: a list of URNs with "${core}" among them.`;

const schemasRefusal = (body: unknown): string => refusal(() => checkSchemas(body, user));

describe('§3 "schemas" Attribute', () => {
  it.each([
    { schemas: [core] },
    { schemas: [core, enterprise] },
    { schemas: [enterprise, core], [enterprise]: {} },
    { schemas: [core.toUpperCase()] },
    { SCHEMAS: [core, enterprise.toLowerCase()], [enterprise.toUpperCase()]: {} },
  ])("names the core schema and extensions, in any order and case: %j", (body) => {
    expect(checkSchemas(body, user)).toBeUndefined();
  });

  it.each([{}, { schemas: null }, { schemas: [] }, { schemas: core }, { schemas: [1] }, { schemas: {} }])(
    "is REQUIRED, a non-empty array of URIs: not %j",
    (body) => {
      expect(schemasRefusal(body)).toBe(missing);
    },
  );

  it("MUST only contain values defined for the resource type", () => {
    expect(schemasRefusal({ schemas: [core, "urn:scim:schemas:core:1.0"] })).toBe(
      '400 invalidValue: "schemas" names "urn:scim:schemas:core:1.0", which is no schema of a User.',
    );
    expect(refusal(() => checkSchemas({ schemas: [core] }, group))).toContain("no schema of a Group");
    expect(schemasRefusal({ schemas: [core, "x".repeat(5_000)] }).length).toBeLessThan(200);
    expect(schemasRefusal({ schemas: ["__proto__"] })).toContain("__proto__");
  });

  it("MUST contain the base schema", () => {
    expect(schemasRefusal({ schemas: [enterprise] })).toBe(`400 invalidValue: "schemas" must name "${core}".`);
  });

  it("duplicate values MUST NOT be included", () => {
    expect(schemasRefusal({ schemas: [core, core.toLowerCase()] })).toContain("twice");
  });

  it("names the extensions whose attributes are present", () => {
    expect(schemasRefusal({ schemas: [core], [enterprise]: { department: "x" } })).toBe(
      `400 invalidValue: The body has "${enterprise}", so "schemas" must name it.`,
    );
  });

  it("is no part of what is read: the response adds it", () => {
    expect(read({ schemas: ["anything"], userName: "a" })).toEqual({ userName: "a" });
  });
});
