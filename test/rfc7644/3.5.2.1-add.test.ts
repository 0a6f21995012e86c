import { describe, expect, test } from "vitest";
import { ENT, expectRefused, patch } from "../patch-engine.ts";

const work = { type: "work", value: "ann@x.example" };
const ann = { userName: "ann", title: "CTO", name: { givenName: "Ann", familyName: "Lee" }, emails: [work] };
const add = (path: string | undefined, value: unknown) => ({ op: "add", ...(path !== undefined && { path }), value });

describe("§3.5.2.1 Add", () => {
  test("the operation MUST contain a value", () => {
    expectRefused("invalidValue", () => patch(ann, [{ op: "add", path: "title" }]));
    expectRefused("invalidValue", () => patch(ann, [{ op: "add" }]));
  });

  test("without a path, the value is a set of attributes to be added to the resource", () => {
    const value = { emails: [{ value: "babs@jensen.org", type: "home" }], nickname: "Babs" };
    expect(patch(ann, [add(undefined, value)])).toEqual({
      resource: { ...ann, emails: [work, { value: "babs@jensen.org", type: "home" }], nickName: "Babs" },
      changed: ["emails", "nickName"],
    });
  });

  test.each(["text", 7, null, ["title"]])("without a path, a value that is no object is refused: %j", (value) => {
    expectRefused("invalidValue", () => patch(ann, [add(undefined, value)]));
  });

  test("if the target location does not exist, the attribute and value are added", () => {
    expect(patch({ userName: "ann" }, [add("name.givenName", "Ann"), add("nickName", "An")]).resource).toEqual({
      userName: "ann",
      name: { givenName: "Ann" },
      nickName: "An",
    });
  });

  test("a complex attribute takes a set of sub-attributes, and keeps those that are not named", () => {
    const { resource, changed } = patch(ann, [add("name", { givenName: "Anna", middleName: "B" })]);
    expect(resource.name).toEqual({ givenName: "Anna", familyName: "Lee", middleName: "B" });
    expect(changed).toEqual(["name.givenName", "name.middleName"]);
    expectRefused("invalidValue", () => patch(ann, [add("name", "Anna")]));
  });

  test("a new value is added to a multi-valued attribute", () => {
    const home = { type: "home", value: "ann@home.example" };
    expect(patch(ann, [add("emails", [home])]).resource.emails).toEqual([work, home]);
    expect(patch(ann, [add("emails", home)]).resource.emails).toEqual([work, home]);
  });

  test("the existing value of a single-valued attribute is replaced", () => {
    expect(patch(ann, [add("title", "CEO")]).resource.title).toBe("CEO");
  });

  test("an attribute that has no value is added with the new value", () => {
    const { resource, changed } = patch({ userName: "ann" }, [add("emails", [work])]);
    expect(resource).toEqual({ userName: "ann", emails: [work] });
    expect(changed).toEqual(["emails"]);
  });

  test("if the target location exists, the value is replaced: in every value that a filter selects", () => {
    const emails = [work, { type: "work", value: "a@y.example" }, { type: "home", value: "a@z.example" }];
    expect(patch({ ...ann, emails }, [add('emails[type eq "work"].display', "Office")]).resource.emails).toEqual([
      { ...work, display: "Office" },
      { ...emails[1], display: "Office" },
      emails[2],
    ]);
  });

  test.each([
    ["title", "CTO"],
    ["name", { givenName: "Ann" }],
    ["name.familyName", "Lee"],
    ["emails", [work]],
    ["emails", [{ value: "ANN@x.example", type: "Work" }]],
    ['emails[type eq "work"].value', "ann@x.example"],
    [undefined, { title: "CTO", emails: [work] }],
    ["emails", []],
  ])("if %s already contains the value specified, nothing changes", (path, value) => {
    expect(patch(ann, [add(path, value)])).toEqual({ resource: ann, changed: [] });
  });

  test("an element that is there already takes over what the new one says beyond it", () => {
    const { resource } = patch(ann, [add("emails", [{ ...work, display: "Office", primary: true }])]);
    expect(resource.emails).toEqual([{ ...work, display: "Office", primary: true }]);
  });

  test("equal elements of one value are added once", () => {
    const address = { type: "home", locality: "Aarhus" };
    const { resource } = patch(ann, [add("addresses", [address, { ...address, primary: true }, address])]);
    expect(resource.addresses).toEqual([{ ...address, primary: true }]);
  });

  test("a value path that selects nothing is noTarget", () => {
    expectRefused("noTarget", () => patch(ann, [add('emails[type eq "home"].value', "x@x.example")]));
    expectRefused("noTarget", () => patch(ann, [add('phoneNumbers[type eq "work"]', { value: "1" })]));
  });

  test("emails.value is the only value there is, the primary one, or a first one", () => {
    expect(patch({ userName: "ann" }, [add("emails.value", "a@x.example")]).resource.emails).toEqual([
      { value: "a@x.example" },
    ]);
    expect(patch(ann, [add("emails.value", "b@x.example")]).resource.emails).toEqual([
      { ...work, value: "b@x.example" },
    ]);
    const home = { type: "home", value: "a@home.example" };
    const two = { ...ann, emails: [home, { ...work, primary: true }] };
    expect(patch(two, [add("emails.value", "b@x.example")]).resource.emails).toEqual([
      home,
      { type: "work", value: "b@x.example", primary: true },
    ]);
    expectRefused("noTarget", () => patch({ ...ann, emails: [home, work] }, [add("emails.value", "b@x.example")]));
  });

  test("an extension as a whole takes a set of attributes, as the resource does", () => {
    const state = { ...ann, [ENT]: { department: "IT", division: "North" } };
    const { resource, changed } = patch(state, [add(ENT, { department: "HR", manager: { value: "U2" } })]);
    expect(resource[ENT]).toEqual({ department: "HR", division: "North", manager: { value: "U2" } });
    expect(changed).toEqual([`${ENT}:department`, `${ENT}:manager.value`]);
    expectRefused("invalidValue", () => patch(state, [add(ENT, "IT")]));
  });

  test.each([
    ["active", "yes"],
    ["title", { x: 1 }],
    ["emails", [{ value: 7 }]],
    ["emails", ["a@x.example"]],
    ["name.givenName", ["Ann"]],
    ['emails[type eq "work"].primary', "maybe"],
    ["userName", ""],
  ])("a value that does not fit %s is invalidValue: %j", (path, value) => {
    expectRefused("invalidValue", () => patch(ann, [add(path, value)]));
  });

  test("when a reference points elsewhere, its $ref does not go on pointing at the old target", () => {
    const manager = { value: "U2", $ref: "https://x.example/Users/U2", displayName: "Bo" };
    const state = { ...ann, [ENT]: { manager } };
    expect(patch(state, [add(`${ENT}:manager.value`, "U3")]).resource[ENT]).toEqual({ manager: { value: "U3" } });
    expect(patch(state, [add(`${ENT}:manager`, { value: "U2" })]).changed).toEqual([]);
  });
});
