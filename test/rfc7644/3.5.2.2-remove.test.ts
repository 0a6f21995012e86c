import { describe, expect, test } from "vitest";
import { ENT, expectRefused, group, patch } from "../patch-engine.ts";

const work = { type: "work", value: "ann@example.com", primary: true };
const home = { type: "home", value: "ann@home.example" };
const ann = {
  userName: "ann",
  title: "CTO",
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [work, home],
  [ENT]: { department: "IT", manager: { value: "U2" } },
};
const remove = (path: string) => ({ op: "remove", path });

describe("§3.5.2.2 Remove", () => {
  test("if path is unspecified, the operation fails with noTarget", () => {
    expectRefused("noTarget", () => patch(ann, [{ op: "remove" }]));
    expectRefused("noTarget", () => patch(ann, [{ op: "remove", path: null, value: { title: "CTO" } }]));
  });

  test("a single-valued attribute is removed and unassigned", () => {
    const { title, ...rest } = ann;
    expect(patch(ann, [remove("title")])).toEqual({ resource: rest, changed: ["title"] });
  });

  test("so is a complex one, with all it holds, and a sub-attribute alone", () => {
    expect(patch(ann, [remove("name")]).changed).toEqual(["name.familyName", "name.givenName"]);
    expect(patch(ann, [remove("name.givenName")]).resource.name).toEqual({ familyName: "Lee" });
    const { resource } = patch(ann, [remove("name.givenName"), remove("name.familyName")]);
    expect(Object.hasOwn(resource, "name")).toBe(false);
  });

  test("a multi-valued attribute without a filter is removed with all its values", () => {
    const { resource, changed } = patch(ann, [remove("emails")]);
    expect(Object.hasOwn(resource, "emails")).toBe(false);
    expect(changed).toEqual(["emails"]);
  });

  test("values matched by a filter are removed; others stay", () => {
    expect(patch(ann, [remove('emails[value eq "ann@example.com"]')]).resource.emails).toEqual([home]);
    expect(patch(ann, [remove('emails[type eq "work" and value ew "example.com"]')]).resource.emails).toEqual([home]);
    expect(patch(ann, [remove('emails[not (type eq "work")]')]).resource.emails).toEqual([work]);
    expect(patch(ann, [remove("emails[primary eq true]")]).resource.emails).toEqual([home]);
  });

  test("if no other values remain, the attribute is unassigned", () => {
    expect(Object.hasOwn(patch(ann, [remove("emails[value pr]")]).resource, "emails")).toBe(false);
  });

  test("a sub-attribute of matching values is unassigned, and of all without a filter", () => {
    expect(patch(ann, [remove('emails[type eq "home"].type')]).resource.emails).toEqual([
      work,
      { value: "ann@home.example" },
    ]);
    expect(patch(ann, [remove("emails.type")]).resource.emails).toEqual([
      { value: "ann@example.com", primary: true },
      { value: "ann@home.example" },
    ]);
    expect(patch({ ...ann, emails: [{ type: "work" }, home] }, [remove("emails.type")]).resource.emails).toEqual([
      { value: "ann@home.example" },
    ]);
  });

  test.each(["nickName", "phoneNumbers", "addresses.region", 'emails[type eq "other"]', 'phoneNumbers[type eq "x"]'])(
    "removing %s, which is not there, changes nothing and succeeds",
    (path) => {
      expect(patch(ann, [remove(path)])).toEqual({ resource: ann, changed: [] });
    },
  );

  test("a required attribute that would be unassigned is mutability", () => {
    expectRefused("mutability", () => patch(ann, [remove("userName")]));
    expectRefused("mutability", () => patch(ann, [{ op: "replace", path: "userName", value: null }]));
    expectRefused("mutability", () => patch(ann, [{ op: "add", value: { userName: null } }]));
  });

  test("so is a readOnly one", () => {
    expectRefused("mutability", () => patch(ann, [remove("id")]));
    expectRefused("mutability", () => patch(ann, [remove("meta.version")]));
  });

  test("a value beside the path means nothing: members without a filter are all removed", () => {
    const operation = { op: "remove", path: "members", value: [{ value: "U1" }] };
    const unsayable = { op: "remove", path: 'members[type eq "Robot"]' };
    const state = { displayName: "T", members: [{ value: "U1" }, { value: "U2" }] };
    expect(patch(state, [operation, unsayable], { type: group }).resource).toEqual({ displayName: "T" });
  });

  test("an extension is removed as a whole, and with its last attribute", () => {
    const { [ENT]: extension, ...core } = ann;
    expect(patch(ann, [remove(ENT)])).toEqual({
      resource: core,
      changed: [`${ENT}:department`, `${ENT}:manager.value`],
    });
    expect(patch(ann, [{ op: "replace", value: { [ENT]: null } }]).resource).toEqual(core);
    expect(patch(ann, [remove(`${ENT}:department`), remove(`${ENT}:manager`)]).resource).toEqual(core);
  });

  test("the value of a single-valued complex attribute is removed if it matches the filter", () => {
    expect(patch(ann, [remove(`${ENT}:manager[value eq "U9"]`)]).changed).toEqual([]);
    expect(patch(ann, [remove(`${ENT}:manager[value eq "U2"]`)]).resource[ENT]).toEqual({ department: "IT" });
  });
});
