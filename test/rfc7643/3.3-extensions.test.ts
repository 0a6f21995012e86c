/** Attribute extensions to resources. RFC 7643 §3.3. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineExtension } from "../../src/schema/define-extension.ts";
import { readResource } from "../../src/schema/read-resource.ts";
import { userType } from "../../src/schema/user-type.ts";
import { enterprise, ignoring, read, refusal, rejecting, user } from "./reading.ts";

const urn = "urn:acme:params:scim:schemas:badge:2.0:User";
const shape = { badgeNumber: attribute(z.string(), { caseExact: true }), floor: z.int().default(1) };

describe("§3.3 Attribute Extensions to Resources", () => {
  it("the extension's URI is a JSON container for its attributes, in any case", () => {
    const body = { userName: "a", [enterprise.toUpperCase()]: { DEPARTMENT: "Tour", Manager: { VALUE: "2" } } };
    expect(read(body)).toEqual({ userName: "a", [enterprise]: { department: "Tour", manager: { value: "2" } } });
  });

  it("namespaces do not mix: an extension's attribute at the top is unknown, and a core one in an extension", () => {
    expect(read({ userName: "a", department: "Tour", [enterprise]: { title: "x" } })).toEqual({ userName: "a" });
    expect(refusal(() => read({ userName: "a", [enterprise]: { title: "x" } }, user, rejecting))).toContain(
      `"${enterprise}:title"`,
    );
  });

  it("an extension that the type does not have is unknown", () => {
    const body = { userName: "a", [urn]: { badgeNumber: "7" } };
    expect(read(body)).toEqual({ userName: "a" });
    expect(refusal(() => read(body, user, rejecting))).toContain(`There is no attribute "${urn}"`);
  });

  it.each(["text", 1, true, [], [{ department: "x" }]])("the container is an object, not %j", (value) => {
    expect(refusal(() => read({ userName: "a", [enterprise]: value }))).toContain(`"${enterprise}" must be an object`);
  });

  it("errors name the attribute with its URN", () => {
    expect(refusal(() => read({ userName: "a", [enterprise]: { department: 1 } }))).toContain(
      `"${enterprise}:department" must be a string`,
    );
    expect(refusal(() => read({ userName: "a", [enterprise]: { manager: { value: 1 } } }))).toContain(
      `"${enterprise}:manager.value" must be a string`,
    );
  });

  it("an extension or its attribute named twice in different case is refused", () => {
    const twice = { userName: "a", [enterprise]: {}, [enterprise.toUpperCase()]: {} };
    expect(refusal(() => read(twice))).toContain(`"${enterprise}" is there twice`);
    const inside = { userName: "a", [enterprise]: { department: null, DEPARTMENT: "x" } };
    expect(refusal(() => read(inside))).toContain(`"${enterprise}:department" is there twice`);
  });

  describe("that is optional", () => {
    const type = userType([defineExtension(urn, z.object(shape))]);

    it("may be left out, required attributes and all", () => {
      expect(read({ userName: "a" }, type)).toEqual({ userName: "a" });
      expect(readResource({ userName: "a" }, type, "create", ignoring).resource).toEqual({
        userName: "a",
        active: true,
      });
    });

    it("must have its required attributes once it is there", () => {
      expect(refusal(() => read({ userName: "a", [urn]: { floor: 2 } }, type))).toBe(
        `400 invalidValue: "${urn}:badgeNumber" is required.`,
      );
    });

    it("gets its defaults once it is there", () => {
      const { resource } = readResource({ userName: "a", [urn]: { badgeNumber: "7" } }, type, "create", ignoring);
      expect(resource[urn]).toEqual({ badgeNumber: "7", floor: 1 });
      const { resource: cleared } = readResource(
        { userName: "a", [urn]: { badgeNumber: "7", floor: null } },
        type,
        "create",
        ignoring,
      );
      expect(cleared[urn]).toEqual({ badgeNumber: "7" });
    });
  });

  describe("that is required", () => {
    const type = userType([
      defineExtension(urn, z.object({ floor: shape.floor, note: z.string().optional() }), { required: true }),
    ]);

    it("must be there", () => {
      const refused = `400 invalidValue: The extension "${urn}" is required.`;
      expect(refusal(() => read({ userName: "a" }, type))).toBe(refused);
      expect(refusal(() => read({ userName: "a", [urn]: { note: null } }, type))).toBe(refused);
    });

    it("is there by its defaults", () => {
      const { resource } = readResource({ userName: "a" }, type, "create", ignoring);
      expect(resource[urn]).toEqual({ floor: 1 });
    });
  });
});
