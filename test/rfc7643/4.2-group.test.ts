/** The Group schema. RFC 7643 §4.2. */
import { describe, expect, it } from "vitest";
import sample from "../samples/rfc7643-8.4-group.json" with { type: "json" };
import { found, group, read, rejecting } from "./reading.ts";

describe('§4.2 "Group" Resource Schema', () => {
  it("the group of §8.4 is read, its members without the names that are the server's to give", () => {
    expect(read(sample.json, group, rejecting)).toEqual({
      displayName: "Tour Guides",
      members: sample.json.members.map(({ value }) => ({ value })),
    });
  });

  it("sub-attributes of members are immutable, and members come and go", () => {
    const members = found(group.attributes.get("members"));
    expect(members).toMatchObject({ multiValued: true, mutability: "readWrite" });
    expect([...members.subAttributes.values()].map(({ name, mutability }) => [name, mutability])).toEqual([
      ["value", "immutable"],
      ["$ref", "immutable"],
      ["type", "immutable"],
      // In §8.4's example and not in §8.7.1's schema: read past, and not shown in /Schemas.
      ["display", "readOnly"],
    ]);
  });

  it("displayName is REQUIRED, though §8.7.1's JSON, which /Schemas repeats, says otherwise", () => {
    expect(group.attributes.get("displayname")?.required).toBe(true);
    expect(group.attributes.get("displayname")?.stated?.required).toBe(false);
    for (const body of [
      { members: [{ value: "1" }] },
      { displayName: "" },
      { displayName: " " },
      { displayName: null },
    ]) {
      expect(() => read(body, group)).toThrow(/displayName" is required/);
    }
  });

  it("a member named twice is one member", () => {
    const members = [{ value: "1", type: "User" }, { value: "2" }, { value: "1", type: "User" }];
    expect(read({ displayName: "x", members }, group).members).toEqual(members.slice(0, 2));
  });
});
