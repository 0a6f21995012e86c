import { describe, expect, test } from "vitest";
import { ENT, expectRefused, patch } from "../patch-engine.ts";

const work = { type: "work", value: "ann@x.example", primary: true };
const home = { type: "home", value: "ann@home.example" };
const ann = { userName: "ann", title: "CTO", name: { givenName: "Ann", familyName: "Lee" }, emails: [work, home] };
const replace = (path: string | undefined, value: unknown) => ({
  op: "replace",
  ...(path !== undefined && { path }),
  value,
});

describe("§3.5.2.3 Replace", () => {
  test("without a path, the value holds the attributes that are to be replaced; others are unaffected", () => {
    const emails = [{ value: "bjensen@example.com", type: "work", primary: true }];
    expect(patch(ann, [replace(undefined, { emails, nickname: "Babs" })])).toEqual({
      resource: { ...ann, emails, nickName: "Babs" },
      changed: ["emails", "nickName"],
    });
  });

  test("a value is needed", () => {
    expectRefused("invalidValue", () => patch(ann, [{ op: "replace", path: "title" }]));
    expectRefused("invalidValue", () => patch(ann, [replace(undefined, "CEO")]));
  });

  test("the value of a single-valued attribute is replaced", () => {
    expect(patch(ann, [replace("title", "CEO")]).resource.title).toBe("CEO");
    expect(patch(ann, [replace("title", "cto")]).changed).toEqual(["title"]);
    expect(patch(ann, [replace("title", "CTO")]).changed).toEqual([]);
  });

  test("a multi-valued attribute without a filter is replaced with all its values", () => {
    const next = [{ type: "other", value: "a@o.example" }];
    expect(patch(ann, [replace("emails", next)]).resource.emails).toEqual(next);
    expect(patch(ann, [replace("emails", [home, work])]).changed).toEqual([]);
  });

  test("an attribute that does not exist is added", () => {
    expect(patch({ userName: "ann" }, [replace("name.givenName", "Ann"), replace("emails", [home])]).resource).toEqual({
      userName: "ann",
      name: { givenName: "Ann" },
      emails: [home],
    });
  });

  test("sub-attributes that are not specified are left unchanged", () => {
    expect(patch(ann, [replace("name", { givenName: "Anna" })]).resource.name).toEqual({
      givenName: "Anna",
      familyName: "Lee",
    });
    expect(patch(ann, [replace("name", { givenName: null })]).resource.name).toEqual({ familyName: "Lee" });
  });

  test("all values that a filter selects are replaced, and keep what is not specified", () => {
    const emails = [work, { type: "work", value: "b@x.example" }, home];
    expect(patch({ ...ann, emails }, [replace('emails[type eq "work"]', { display: "W" })]).resource.emails).toEqual([
      { ...work, display: "W" },
      { ...emails[1], display: "W" },
      home,
    ]);
  });

  test("the sub-attribute of all matching values is replaced", () => {
    const addresses = [
      { type: "work", locality: "Aarhus", streetAddress: "Old 1" },
      { type: "home", locality: "Aarhus", streetAddress: "Old 2" },
      { type: "work", locality: "Odense" },
    ];
    const { resource } = patch({ ...ann, addresses }, [
      replace('addresses[type eq "work"].streetAddress', "1010 Broadway Ave"),
    ]);
    expect(resource.addresses).toEqual([
      { ...addresses[0], streetAddress: "1010 Broadway Ave" },
      addresses[1],
      { ...addresses[2], streetAddress: "1010 Broadway Ave" },
    ]);
  });

  test("no match of a value path is noTarget", () => {
    const detail = expectRefused("noTarget", () => patch(ann, [replace('emails[type eq "other"].value', "x")]));
    expect(detail).toContain('emails[type eq "other"].value');
    expectRefused("noTarget", () => patch(ann, [replace('phoneNumbers[type eq "work"]', { value: "1" })]));
    expectRefused("noTarget", () => patch(ann, [replace('emails[type eq "other"].value', null)]));
  });

  test.each([
    ["title", null],
    ["emails", null],
    ["emails", []],
    ["name", null],
    ["name", { givenName: null, familyName: null }],
  ])("replacing %s by %j unassigns it (RFC 7643 §2.5)", (path, value) => {
    expect(Object.hasOwn(patch(ann, [replace(path, value)]).resource, path)).toBe(false);
  });

  test("null at a value path removes what it selects", () => {
    expect(patch(ann, [replace('emails[type eq "home"]', null)]).resource.emails).toEqual([work]);
    expect(patch(ann, [replace('emails[type eq "home"].type', null)]).resource.emails).toEqual([
      work,
      { value: "ann@home.example" },
    ]);
  });

  test("an extension's attributes are replaced one by one", () => {
    const state = { ...ann, [ENT]: { department: "IT", division: "North" } };
    expect(patch(state, [replace(ENT, { department: "HR" })]).resource[ENT]).toEqual({
      department: "HR",
      division: "North",
    });
    expect(patch(state, [replace(undefined, { [ENT]: { division: null } })]).resource[ENT]).toEqual({
      department: "IT",
    });
    expect(patch(state, [replace(`${ENT}:department`, "HR")]).changed).toEqual([`${ENT}:department`]);
  });
});
