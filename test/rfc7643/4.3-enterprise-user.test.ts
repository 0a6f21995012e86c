/** The enterprise User extension. RFC 7643 §4.3. */
import { describe, expect, it } from "vitest";
import { userType } from "../../src/schema/user-type.ts";
import sample from "../samples/rfc7643-8.3-enterprise-user.json" with { type: "json" };
import { enterprise, found, group, read, refusal, rejecting, user } from "./reading.ts";

const extension = found(user.extensionByUrn.get(enterprise.toLowerCase()));

describe("§4.3 Enterprise User Schema Extension", () => {
  it("is part of every user type by itself, not required, and of no group", () => {
    expect(user.extensions.map(({ schema, required }) => [schema.id, required])).toEqual([[enterprise, false]]);
    expect(userType([]).extensions.length).toBe(1);
    expect(group.extensions).toEqual([]);
  });

  it("has these attributes", () => {
    expect([...extension.attributes.values()].map(({ name }) => name)).toEqual([
      "employeeNumber",
      "costCenter",
      "organization",
      "division",
      "department",
      "manager",
    ]);
    expect([...found(extension.attributes.get("manager")).subAttributes.keys()]).toEqual([
      "value",
      "$ref",
      "displayname",
    ]);
  });

  it("the user of §8.3 keeps it, but for the manager's displayName, which is readOnly", () => {
    expect(read(sample.json, user, rejecting)[enterprise]).toEqual({
      employeeNumber: "701984",
      costCenter: "4130",
      organization: "Universal Studios",
      division: "Theme Park",
      department: "Tour Operations",
      manager: { value: "26118915-6090-4610-87e4-49d8ca9f808d" },
    });
  });

  it("a $ref that says what the value says is computed, not kept; one without a value is", () => {
    const managerOf = (manager: unknown) => read({ userName: "x", [enterprise]: { manager } }, user)[enterprise];
    for (const $ref of ["../Users/42", "https://other.example/Users/42"]) {
      expect(managerOf({ $ref, value: "42" })).toEqual({ manager: { value: "42" } });
    }
    expect(managerOf({ $ref: "../Users/42" })).toEqual({ manager: { $ref: "../Users/42" } });
  });

  it("a manager of whom only the readOnly name is said is no manager", () => {
    expect(read({ userName: "a", [enterprise]: { manager: { displayName: "John Smith" } } })).toEqual({
      userName: "a",
    });
  });

  it("manager is complex, never text", () => {
    expect(refusal(() => read({ userName: "a", [enterprise]: { manager: "26118915" } }))).toBe(
      `400 invalidValue: "${enterprise}:manager" must be an object, not this text.`,
    );
  });
});
