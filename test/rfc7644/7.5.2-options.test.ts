/** RFC 7644 §7.5.2 and §1.3: options that could not do what they say are refused when the service is created. */
import { createScim, type ScimOptions } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { describe, expect, it } from "vitest";

const create = (options: Partial<ScimOptions<unknown>>): unknown =>
  createScim({ ...memoryStores(), authenticate: () => null, ...options });

describe("sensitiveAttributes", () => {
  it("that no resource type has are refused: they would protect nothing", () => {
    expect(() => create({ sensitiveAttributes: ["userName", "colour"] })).toThrow('names "colour"');
  });

  it("may be those of one type, of an extension, and sub-attributes, in any case", () => {
    const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    const names = ["USERNAME", "name.familyName", "members.value", `${enterprise}:employeeNumber`];
    expect(() => create({ sensitiveAttributes: names })).not.toThrow();
  });
});

describe("§1.3 the base URI", () => {
  it("must not contain a query string", () => {
    for (const baseUrl of ["https://example.com/scim?tenant=1", "https://example.com/scim#x", "/scim"]) {
      expect(() => create({ baseUrl })).toThrow("baseUrl");
    }
  });
});
