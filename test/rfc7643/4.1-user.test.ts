/** The User schema. RFC 7643 §4.1. */
import { describe, expect, it } from "vitest";
import { readResource } from "../../src/schema/read-resource.ts";
import minimal from "../samples/rfc7643-8.1-minimal-user.json" with { type: "json" };
import sample from "../samples/rfc7643-8.2-full-user.json" with { type: "json" };
import { found, ignoring, read, refusal, rejecting, user } from "./reading.ts";

const { id: _id, meta: _meta, schemas: _schemas, groups: _groups, ...writable } = sample.json;

describe('§4.1 "User" Resource Schema', () => {
  it("the full user of §8.2 is read whole, but for what is readOnly", () => {
    expect(readResource(sample.json, user, "create", rejecting).resource).toEqual(writable);
    expect(readResource(sample.json, user, "replace", rejecting).resource).toEqual(writable);
  });

  it("reading what was read changes nothing", () => {
    const once = read(sample.json);
    expect(read(once)).toEqual(once);
  });

  it("the minimal user of §8.1 is its userName", () => {
    expect(read(minimal.json, user, rejecting)).toEqual({ userName: "bjensen@example.com" });
  });

  it("has these attributes, with these sub-attributes", () => {
    const shape = [...user.schema.attributes.values()].map(({ name, subAttributes }) => [
      name,
      ...[...subAttributes.values()].map((part) => part.name),
    ]);
    const plural = ["value", "display", "type", "primary"];
    expect(shape).toEqual([
      ["userName"],
      ["name", "formatted", "familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix"],
      ["displayName"],
      ["nickName"],
      ["profileUrl"],
      ["title"],
      ["userType"],
      ["preferredLanguage"],
      ["locale"],
      ["timezone"],
      ["active"],
      ["password"],
      ["emails", ...plural],
      ["phoneNumbers", ...plural],
      ["ims", ...plural],
      ["photos", ...plural],
      // `primary` is in §8.2's addresses and not in §8.7.1's schema: it is read, and not shown in /Schemas.
      ["addresses", "formatted", "streetAddress", "locality", "region", "postalCode", "country", "type", "primary"],
      ["groups", "value", "$ref", "display", "type"],
      ["entitlements", ...plural],
      ["roles", ...plural],
      ["x509Certificates", ...plural],
    ]);
  });

  it.each([{}, { userName: null }, { userName: "" }, { userName: "  " }])(
    "each User MUST include a non-empty userName: not %j",
    (body) => {
      expect(refusal(() => read(body))).toMatch(/^400 invalidValue: "userName" is required/);
    },
  );

  it("userName is unique on the server and case insensitive", () => {
    expect(user.attributes.get("username")).toMatchObject({ required: true, uniqueness: "server", caseExact: false });
  });

  it("password is writeOnly, never returned, and an error does not repeat it", () => {
    expect(user.attributes.get("password")).toMatchObject({ mutability: "writeOnly", returned: "never" });
    expect(refusal(() => read({ userName: "a", password: { secret: "t1meMa$heen" } }))).not.toContain("t1me");
    expect(refusal(() => read({ userName: "a", password: "t1meMa$heen\0" }))).not.toContain("t1me");
  });

  it("groups is readOnly: membership changes are made at the Group", () => {
    const groups = found(user.attributes.get("groups"));
    for (const attribute of [groups, ...groups.subAttributes.values()]) expect(attribute.mutability).toBe("readOnly");
    expect(read({ userName: "a", groups: [{ value: "admins" }] })).toEqual({ userName: "a" });
    expect(read({ userName: "a", groups: "nonsense" })).toEqual({ userName: "a" });
  });

  it("active is a boolean, true on creation when the client says nothing", () => {
    expect(refusal(() => read({ userName: "a", active: "True" }))).toBe(
      '400 invalidValue: "active" must be true or false, not this text.',
    );
    expect(readResource({ userName: "a" }, user, "create", ignoring).resource.active).toBe(true);
  });

  it("types beyond the canonical ones are kept, and values are never rewritten", () => {
    const body = {
      userName: " BJensen ",
      emails: [{ value: "bjensen@EXAMPLE.COM", type: "holiday" }],
      phoneNumbers: [{ value: "555-555-5555", type: "Work" }],
      addresses: [{ country: "USA", formatted: "100 Plaza\nHollywood" }],
      locale: "en_US",
    };
    expect(read(body)).toEqual(body);
  });

  it("x509Certificates hold base64", () => {
    expect(
      refusal(() => read({ userName: "a", x509Certificates: [{ value: "-----BEGIN CERTIFICATE-----" }] })),
    ).toContain('"x509Certificates.value" must be base64');
  });
});
