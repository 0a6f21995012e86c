import { describe, expect, test } from "vitest";
import { patchOpUrn } from "../../src/patch/operations.ts";
import { applierOfBody, applierOfOperations, ENT, expectRefused, group, patch, stored } from "../patch-engine.ts";

const ann = { userName: "ann", title: "CTO", name: { givenName: "Ann", familyName: "Lee" } };
const replaceTitle = { op: "replace", path: "title", value: "CEO" };

describe("§3.5.2 the message", () => {
  test("the body of each request MUST contain the schemas attribute with the URI of PatchOp", () => {
    expectRefused("invalidSyntax", () => applierOfBody({ Operations: [replaceTitle] }));
    expectRefused("invalidSyntax", () =>
      applierOfBody({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], Operations: [replaceTitle] }),
    );
    const body = { schemas: [patchOpUrn.toUpperCase()], Operations: [replaceTitle] };
    expect(applierOfBody(body).apply(stored(ann)).changed).toEqual(["title"]);
  });

  test.each([undefined, null, {}, "add", []])("MUST contain Operations, an array of one or more: %j", (Operations) => {
    expectRefused("invalidSyntax", () => applierOfBody({ schemas: [patchOpUrn], Operations }));
  });

  test.each([null, 7, "text", [], true])("a body that is not an object is refused: %j", (body) => {
    expectRefused("invalidSyntax", () => applierOfBody(body));
  });

  test.each(["move", "Add", "", 7, null, undefined])("op is one of add, remove and replace, not %j", (op) => {
    expectRefused("invalidSyntax", () => applierOfOperations([{ op, path: "title", value: "x" }]));
  });

  test("each operation is an object with exactly one op", () => {
    expectRefused("invalidSyntax", () => applierOfOperations(["add"]));
    expectRefused("invalidSyntax", () => applierOfOperations([[replaceTitle]]));
    expectRefused("invalidSyntax", () => applierOfOperations([{ ...replaceTitle, OP: "remove" }]));
  });

  test("attribute names of the message are read in any case (RFC 7643 §2.1)", () => {
    const body = { SCHEMAS: [patchOpUrn], operations: [{ Op: "replace", PATH: "title", Value: "CEO" }] };
    expect(applierOfBody(body).apply(stored(ann)).resource.title).toBe("CEO");
  });

  test("more operations than the limit are refused, and the limit is named", () => {
    const detail = expectRefused("invalidSyntax", () =>
      applierOfOperations([replaceTitle, replaceTitle, replaceTitle], { maxOperations: 2 }),
    );
    expect(detail).toContain("2");
  });
});

describe("§3.5.2 the path", () => {
  test.each([7, {}, ["title"], true])("is a string, not %j", (path) => {
    expectRefused("invalidPath", () => applierOfOperations([{ op: "replace", path, value: "x" }]));
  });

  test.each(["", "nosuch", "name.nosuch", "title.x", "emails[", 'emails[type eq "work"]x', "title[value pr]", "a b"])(
    "%j is malformed or names no attribute: invalidPath",
    (path) => {
      expectRefused("invalidPath", () => applierOfOperations([{ op: "replace", path, value: "x" }]));
    },
  );

  test("what is wrong inside the brackets is invalidFilter", () => {
    expectRefused("invalidFilter", () => applierOfOperations([{ op: "remove", path: "emails[type eq]" }]));
  });

  test("facets of an attribute's name are case insensitive (§3.10)", () => {
    const operations = [
      { op: "replace", path: "NAME.GivenName", value: "Anna" },
      { op: "replace", path: `${ENT.toUpperCase()}:DEPARTMENT`, value: "IT" },
      { op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:user:TITLE", value: "CEO" },
    ];
    expect(patch(ann, operations).resource).toEqual({
      userName: "ann",
      title: "CEO",
      name: { givenName: "Anna", familyName: "Lee" },
      [ENT]: { department: "IT" },
    });
  });

  test.each(["__proto__", "constructor", "constructor.prototype", "__proto__.polluted", "name.__proto__", "prototype"])(
    "%s leads nowhere",
    (path) => {
      expectRefused("invalidPath", () => applierOfOperations([{ op: "add", path, value: { polluted: true } }]));
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    },
  );

  test("nor do such keys in a value", () => {
    const value: unknown = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"name":{"__proto__":{"polluted":true}},"title":"CEO"}',
    );
    const { resource, changed } = patch(ann, [{ op: "add", value }]);
    expect(changed).toEqual(["title"]);
    expect(Object.getPrototypeOf(resource)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(resource.name)).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("§3.5.2 mutability", () => {
  const readOnly = ["id", "meta", "meta.created", "groups", 'groups[value eq "G1"]', `${ENT}:manager.displayName`];
  test.each(readOnly)("a client MUST NOT modify %s, which is readOnly", (path) => {
    for (const op of ["add", "replace"]) {
      expectRefused("mutability", () => applierOfOperations([{ op, path, value: "x" }]));
    }
    expectRefused("mutability", () => applierOfOperations([{ op: "remove", path }]));
  });

  test("nor among the attributes of an operation without a path", () => {
    expectRefused("mutability", () => applierOfOperations([{ op: "replace", value: { id: "R2", title: "CEO" } }]));
  });

  test("readOnly sub-attributes of a value are ignored", () => {
    const value = { value: "U2", displayName: "Bo" };
    const { resource } = patch(ann, [{ op: "add", path: `${ENT}:manager`, value }]);
    expect(resource[ENT]).toEqual({ manager: { value: "U2" } });
  });

  test("a writeOnly attribute is set, changed and removed", () => {
    const set = patch(ann, [{ op: "replace", value: { password: "s3cret!" } }]);
    expect(set.changed).toEqual(["password"]);
    expect(set.resource.password).toBe("s3cret!");
    const removed = patch({ ...ann, password: "s3cret!" }, [{ op: "remove", path: "password" }]);
    expect(removed.resource).toEqual(ann);
    expect(removed.changed).toEqual(["password"]);
  });

  test("removing a writeOnly value that the store does not show is a change all the same", () => {
    expect(patch(ann, [{ op: "remove", path: "password" }]).changed).toEqual(["password"]);
    expect(patch(ann, [{ op: "replace", path: "password", value: null }]).changed).toEqual(["password"]);
  });
});

describe("§3.5.2 schemas", () => {
  test("adding an attribute with its URN implies the schema; schemas itself is accepted and follows", () => {
    const operations = [
      { op: "add", path: "schemas", value: [ENT] },
      { op: "add", value: { schemas: [ENT] } },
      { op: "add", path: `${ENT}:employeeNumber`, value: "701984" },
    ];
    expect(patch(ann, operations).resource).toEqual({ ...ann, [ENT]: { employeeNumber: "701984" } });
    expect(patch(ann, operations.slice(0, 2)).changed).toEqual([]);
  });

  test("it cannot be removed, since it is required", () => {
    expectRefused("mutability", () => applierOfOperations([{ op: "remove", path: "schemas" }]));
  });
});

describe("§3.5.2 operations", () => {
  test("are applied sequentially in the order they appear", () => {
    const operations = [
      { op: "add", path: "emails", value: [{ type: "work", value: "a@x.example" }] },
      { op: "replace", path: 'emails[type eq "work"].value', value: "b@x.example" },
      { op: "add", path: "emails", value: [{ type: "home", value: "c@x.example" }] },
      { op: "remove", path: 'emails[value eq "b@x.example"]' },
    ];
    expect(patch(ann, operations).resource.emails).toEqual([{ type: "home", value: "c@x.example" }]);
  });

  test("are atomic: if one fails, the original is as it was", () => {
    const before = stored({ ...ann, emails: [{ type: "work", value: "a@x.example" }] });
    const copy = structuredClone(before);
    const applier = applierOfOperations([
      { op: "replace", path: "title", value: "CEO" },
      { op: "remove", path: "emails" },
      { op: "replace", path: 'emails[type eq "work"].value', value: "b@x.example" },
    ]);
    expectRefused("noTarget", () => applier.apply(before));
    expect(before).toEqual(copy);
  });

  test("never touch the state they are given, nor its parts, and can be applied again", () => {
    const state = stored({
      ...ann,
      emails: [{ type: "work", value: "a@x.example", primary: true }],
      [ENT]: { department: "IT", manager: { value: "U2" } },
    });
    const applier = applierOfOperations([
      { op: "add", path: "emails", value: [{ value: "b@x.example", primary: true }] },
      { op: "replace", path: "name.givenName", value: "Anna" },
      { op: "remove", path: `${ENT}:manager` },
      { op: "replace", path: `${ENT}:department`, value: "HR" },
    ]);
    const once = applier.apply(state);
    expect(once.resource).toEqual({
      ...ann,
      name: { givenName: "Anna", familyName: "Lee" },
      emails: [
        { type: "work", value: "a@x.example", primary: false },
        { value: "b@x.example", primary: true },
      ],
      [ENT]: { department: "HR" },
    });
    expect(applier.apply(state)).toEqual(once);
    expect(once.changed).toEqual(["emails", "name.givenName", `${ENT}:manager.value`, `${ENT}:department`]);
  });

  test("leave the parts that they do not touch as they are, without copying them", () => {
    const state = stored({ ...ann, emails: [{ value: "a@x.example" }], [ENT]: { department: "IT" } });
    const { resource } = applierOfOperations([replaceTitle]).apply(state);
    expect(resource.emails).toBe(state.emails);
    expect(resource[ENT]).toBe(state[ENT]);
  });

  test("give the attributes alone: no id, no meta, no schemas", () => {
    const { resource } = applierOfOperations([replaceTitle]).apply(stored({ ...ann, schemas: ["x"] }));
    expect(Object.keys(resource).sort()).toEqual(["name", "title", "userName"]);
  });
});

describe("§3.5.2 primary", () => {
  const emails = [
    { type: "work", value: "a@x.example", primary: true },
    { type: "home", value: "b@x.example" },
  ];

  test.each([
    ["add", "emails", [{ type: "other", value: "c@x.example", primary: true }]],
    ["replace", 'emails[type eq "home"].primary', true],
    ["add", 'emails[type eq "home"]', { primary: true }],
    ["add", "emails", [{ type: "home", value: "b@x.example", primary: true }]],
  ])("setting it to true by %s at %s makes it false for every other value", (op, path, value) => {
    const { resource } = patch({ ...ann, emails }, [{ op, path, value }]);
    expect(resource.emails).toContainEqual({ ...emails[0], primary: false });
    expect([resource.emails].flat().filter((email) => Object(email).primary === true)).toHaveLength(1);
  });

  test("of several in one value, the last is primary", () => {
    const value = emails.map((email) => ({ ...email, primary: true }));
    const { resource } = patch(ann, [{ op: "replace", path: "emails", value }]);
    expect(resource.emails).toEqual([
      { ...emails[0], primary: false },
      { ...emails[1], primary: true },
    ]);
  });
});

describe("§3.5.2 members", () => {
  const options = { type: group };
  const state = { displayName: "Team", members: [{ value: "U1", type: "User" }, { value: "U2" }] };
  const delta = (operations: readonly unknown[]) => applierOfOperations(operations, options).members;

  test("what is said by id is a delta, and the members are not looked at", () => {
    const applier = applierOfOperations(
      [
        { op: "add", path: "members", value: [{ value: "U3", display: "Bo", $ref: "https://x.example/Users/U3" }] },
        { op: "remove", path: 'members[value eq "U1" or value eq "U2"]' },
        { op: "add", path: "members", value: [{ value: "U2", type: "User" }] },
        { op: "replace", path: "displayName", value: "Team 2" },
      ],
      options,
    );
    expect(applier.members).toEqual({
      reset: false,
      add: [{ value: "U3" }, { value: "U2", type: "User" }],
      remove: ["U1"],
    });
    expect(applier.apply(stored({ displayName: "Team" }))).toEqual({
      resource: { displayName: "Team 2" },
      changed: ["displayName"],
    });
    expect(applier.apply(stored(state)).resource).toEqual({ displayName: "Team 2" });
  });

  test("replacing or removing all of them is a reset", () => {
    expect(delta([{ op: "remove", path: "members" }])).toEqual({ reset: true, add: [], remove: [] });
    expect(delta([{ op: "replace", path: "members", value: [] }])).toEqual({ reset: true, add: [], remove: [] });
    expect(delta([{ op: "replace", path: "members", value: [{ value: "U3" }] }])).toEqual({
      reset: true,
      add: [{ value: "U3" }],
      remove: [],
    });
  });

  test("a request that does not speak of members leaves them unread", () => {
    expect(delta([{ op: "replace", path: "displayName", value: "T" }])).toEqual({ reset: false, add: [], remove: [] });
  });

  test.each([
    { op: "remove", path: 'members[type eq "User"]' },
    { op: "remove", path: 'members[value eq "U1" and type eq "User"]' },
    { op: "remove", path: 'members[value sw "U1"]' },
    { op: "add", path: 'members[value eq "U1"].type', value: "User" },
  ])("an operation that depends on who is there needs the list: %j", (operation) => {
    const applier = applierOfOperations([operation, { op: "add", path: "members", value: [{ value: "U3" }] }], options);
    expect(applier.members).toBeUndefined();
    expect(applier.apply(stored(state)).resource.members).toContainEqual({ value: "U3" });
  });

  test("an id is compared exactly, in the delta and in the list", () => {
    expect(delta([{ op: "remove", path: 'members[value eq "u1"]' }])?.remove).toEqual(["u1"]);
    const unsayable = { op: "remove", path: 'members[type eq "Robot"]' };
    const { changed } = patch(state, [{ op: "remove", path: 'members[value eq "u1"]' }, unsayable], options);
    expect(changed).toEqual([]);
  });

  test("the id of a member cannot be changed in place; members come and go", () => {
    expectRefused("mutability", () =>
      patch(state, [{ op: "replace", path: 'members[value eq "U1"].value', value: "U9" }], options),
    );
    expectRefused("mutability", () =>
      patch(state, [{ op: "replace", path: 'members[value eq "U1"].type', value: "Group" }], options),
    );
  });

  test.each([[{}], [{ display: "Bo" }], [{ value: "" }], [{ value: null }], ["U1"], [7]])(
    "a member without an id is refused: %j",
    (...value) => {
      expectRefused("invalidValue", () => delta([{ op: "add", path: "members", value }]));
    },
  );

  test("ten thousand of them are no more than ten thousand steps", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ value: `U${index}` }));
    const removal = many.map(({ value }) => ({ op: "remove", path: `members[value eq "${value}"]` }));
    const unsayable = { op: "remove", path: 'members[type eq "Robot"]' };
    const operations = [unsayable, { op: "add", path: "members", value: many }, ...removal, unsayable];
    const applied = patch({ displayName: "T", members: many }, operations, { ...options, maxOperations: 20_000 });
    expect(applied.resource).toEqual({ displayName: "T" });
  });
});
