/** What clients send as PATCH, row by row of the catalogue, with the bytes they send. */
import { describe, expect, test } from "vitest";
import { patchOpUrn } from "../../src/patch/operations.ts";
import {
  applierOfBody,
  applierOfOperations,
  CORE,
  ENT,
  expectRefused,
  group,
  lenient,
  patch,
  stored,
} from "../patch-engine.ts";

const work = { type: "work", value: "ann@x.example", primary: true };
const home = { type: "home", value: "ann@home.example" };
const ann = {
  userName: "ann",
  title: "CTO",
  active: true,
  name: { formatted: "Ann Lee", givenName: "Ann", familyName: "Lee" },
  emails: [work, home],
  roles: [{ value: "Guest", primary: true }],
  [ENT]: { department: "Ops", manager: { value: "U2", displayName: "Bo" } },
};
const team = { displayName: "Team", members: [{ value: "U1" }, { value: "U2" }, { value: "U3" }] };
const onGroup = { ...lenient, type: group };

const user = (...operations: readonly unknown[]) => patch(ann, operations, lenient).resource;
const delta = (...operations: readonly unknown[]) => applierOfOperations(operations, onGroup).members;
const removed = (...remove: readonly string[]) => ({ reset: false, add: [], remove });

describe("D1 op in any case", () => {
  test.each(["Replace", "REPLACE", "replace", "Add", "ADD"])("%s", (op) => {
    expect(user({ op, path: "title", value: "CEO" }).title).toBe("CEO");
  });
  test.each(["Remove", "REMOVE"])("%s", (op) => {
    expect(Object.hasOwn(user({ op, path: "title" }), "title")).toBe(false);
  });
  test("is still one of three", () => {
    expectRefused("invalidSyntax", () => user({ op: "Move", path: "title", value: "x" }));
  });
});

describe("D2 booleans as strings", () => {
  test.each(["False", "false", "FALSE"])("Replace active %j", (value) => {
    expect(user({ op: "Replace", path: "active", value }).active).toBe(false);
    expect(user({ op: "Replace", value: { active: value } }).active).toBe(false);
  });
  test("at emails[…].primary", () => {
    expect(user({ op: "Add", path: 'emails[type eq "home"].primary', value: "True" }).emails).toEqual([
      { ...work, primary: false },
      { ...home, primary: true },
    ]);
  });
  test("capitalised op with a JSON boolean", () => {
    expect(user({ op: "Replace", path: "active", value: false }).active).toBe(false);
  });
  test("any other string at a boolean is invalidValue", () => {
    expectRefused("invalidValue", () => user({ op: "Replace", path: "active", value: "no" }));
  });
  test("trap: a displayName of True stays text", () => {
    expect(user({ op: "Replace", path: "displayName", value: "True" }).displayName).toBe("True");
  });
});

describe("D3 remove with a value", () => {
  test("takes those members and no others", () => {
    expect(delta({ op: "Remove", path: "members", value: [{ value: "U1" }, { value: "U2" }] })).toEqual(
      removed("U1", "U2"),
    );
    expect(delta({ op: "Remove", path: "members", value: [{ $ref: null, value: "U1" }] })).toEqual(removed("U1"));
    expect(delta({ op: "remove", path: "members", value: [{ value: "U1" }] })).toEqual(removed("U1"));
  });
  test("trap: with an empty list it takes nobody", () => {
    expect(delta({ op: "Remove", path: "members", value: [] })).toEqual(removed());
    expect(delta({ op: "Remove", path: "members", value: { members: [] } })).toEqual(removed());
  });
  test.each([[{ $ref: "https://x.example/Users/U1" }], [{ display: "Bo" }], [{}], [[]], [{ value: "" }]])(
    "trap: an element that names nobody is refused, not taken for everybody: %j",
    (element) => {
      expectRefused("invalidValue", () => delta({ op: "Remove", path: "members", value: [element] }));
    },
  );
  test("ids that hold quotes and brackets are ids", () => {
    const value = [{ value: 'U"] or value pr or members[value eq "' }, { value: "U\\" }];
    expect(delta({ op: "Remove", path: "members", value })).toEqual(removed(...value.map((member) => member.value)));
  });
  test("of other lists too, by value, or by all that is said", () => {
    expect(user({ op: "Remove", path: "roles", value: [{ value: "guest", display: "x" }] }).roles).toBeUndefined();
    expect(user({ op: "Remove", path: "emails", value: [{ type: "home" }] }).emails).toEqual([work]);
    expect(user({ op: "Remove", path: "emails", value: [{ primary: "True" }] }).emails).toEqual([home]);
  });
  test("a value beside a filter, or at a single value, is ignored", () => {
    expect(delta({ op: "Remove", path: 'members[value eq "U1"]', value: [{ value: "U2" }] })).toEqual(removed("U1"));
    expect(user({ op: "Remove", path: "title", value: "CTO" }).title).toBeUndefined();
  });
});

test("D4 a null $ref is not there, and members are told apart by value alone", () => {
  expect(delta({ op: "Add", path: "members", value: [{ $ref: null, value: "U1" }, { value: "U1" }] })).toEqual({
    reset: false,
    add: [{ value: "U1" }],
    remove: [],
  });
});

test.each([{ value: "U1" }, "U1", ["U1"], { members: [{ value: "U1" }] }, { Members: ["U1"] }])(
  "D5 remove with a value shaped as %j",
  (value) => {
    expect(delta({ op: "remove", path: "members", value })).toEqual(removed("U1"));
  },
);

describe("D6 dotted keys", () => {
  test("set their sub-attribute; the others survive, and no key with a dot is stored", () => {
    const resource = user({
      op: "replace",
      value: { "name.givenName": "Anna", "name.familyName": "Ling", displayName: "AL" },
    });
    expect(resource).toEqual({
      ...ann,
      displayName: "AL",
      name: { formatted: "Ann Lee", givenName: "Anna", familyName: "Ling" },
    });
  });
  test("beside the whole attribute, they have the last word", () => {
    const value = { "name.givenName": "Anna", name: { givenName: "X", familyName: "Y" } };
    expect(user({ op: "replace", value }).name).toEqual({ formatted: "Ann Lee", givenName: "Anna", familyName: "Y" });
  });
  test("that name nothing are unknown attributes", () => {
    expect(user({ op: "replace", value: { "name.nosuch": "x", "no.such": "y", "a.b.c": "z" } })).toEqual(ann);
    expectRefused("invalidSyntax", () =>
      patch(ann, [{ op: "replace", value: { "name.nosuch": "x" } }], { ...lenient, unknownAttributes: "reject" }),
    );
  });
});

describe("D7 keys that are URNs", () => {
  test.each([
    [`${ENT}:employeeNumber`, "88", { employeeNumber: "88" }],
    [`${ENT}:manager`, "U3", { manager: { value: "U3" } }],
    [`${ENT}:manager.value`, "U3", { manager: { value: "U3" } }],
    [`${ENT.toUpperCase()}:Department`, "IT", { department: "IT" }],
  ])("%s", (key, value, expected) => {
    expect(user({ op: "replace", value: { [key]: value } })[ENT]).toEqual({ ...ann[ENT], ...expected });
  });
  test("trap: the last colon separates only what follows a known URN, which holds dots of its own", () => {
    const value = { "urn:acme:2.0:User:department": "x", [`${ENT}:nosuch`]: "y", [`${ENT}.2.0`]: "z" };
    expect(user({ op: "replace", value })).toEqual(ann);
  });
});

describe("D8 keys into lists", () => {
  test("emails.value is the one there is, the primary one, or a new one", () => {
    expect(user({ op: "replace", value: { "emails.value": "b@x.example" } }).emails).toEqual([
      { ...work, value: "b@x.example" },
      home,
    ]);
    expect(
      patch({ userName: "a" }, [{ op: "replace", value: { "emails.value": "b@x.example" } }], lenient).resource,
    ).toEqual({
      userName: "a",
      emails: [{ value: "b@x.example" }],
    });
  });
  test("a whole value path is an operation of its own", () => {
    const value = { 'emails[type eq "home"].value': "b@x.example", title: "CEO" };
    expect(user({ op: "replace", value })).toEqual({
      ...ann,
      title: "CEO",
      emails: [work, { ...home, value: "b@x.example" }],
    });
  });
});

describe("D9 readOnly keys in a value without a path", () => {
  test.each([
    { id: "R1", displayName: "Team 2" },
    { id: "other", displayName: "Team 2" },
    { schemas: ["x"], id: "R1", meta: { version: "7" }, displayName: "Team 2" },
  ])("are left out: %j", (value) => {
    const applied = patch(team, [{ op: "replace", value }], onGroup);
    expect(applied.changed).toEqual(["displayName"]);
  });
  test("are left out of a user too", () => {
    expect(user({ op: "replace", value: { groups: [{ value: "G1" }], "meta.version": "x", title: "CEO" } })).toEqual({
      ...ann,
      title: "CEO",
    });
  });
  test("but a path to one is mutability", () => {
    expectRefused("mutability", () => user({ op: "replace", path: "id", value: "R1" }));
  });
});

describe("D10 a value path that matches nothing", () => {
  test.each(["Add", "Replace", "add", "replace"])("%s creates the element it describes", (op) => {
    expect(user({ op, path: 'phoneNumbers[type eq "mobile"].value', value: "+45" }).phoneNumbers).toEqual([
      { type: "mobile", value: "+45" },
    ]);
  });
  test("joined by and, with booleans, with a whole element", () => {
    expect(
      user({ op: "Add", path: 'phoneNumbers[type eq "work" and primary eq true].value', value: "1" }).phoneNumbers,
    ).toEqual([{ type: "work", primary: true, value: "1" }]);
    expect(user({ op: "add", path: 'addresses[type eq "work"]', value: { locality: "Aarhus" } }).addresses).toEqual([
      { type: "work", locality: "Aarhus" },
    ]);
    expect(user({ op: "add", path: 'emails[type eq "other" and primary eq false].value', value: "o" }).emails).toEqual([
      work,
      home,
      { type: "other", primary: false, value: "o" },
    ]);
  });
  test("elements without a type get the one that is asked for", () => {
    const path = 'emails[type eq "untyped"].value';
    expect(user({ op: "replace", path, value: "z@c.example" }).emails).toContainEqual({
      type: "untyped",
      value: "z@c.example",
    });
  });
  test.each([
    'phoneNumbers[type eq "a" or type eq "b"].value',
    'phoneNumbers[type ne "a"].value',
    "phoneNumbers[type pr].value",
    'phoneNumbers[type co "a"].value',
    'phoneNumbers[not (type eq "a")].value',
    'phoneNumbers[type eq "a" and type eq "b"].value',
    'phoneNumbers[type eq "a" and value pr].value',
  ])("trap: %s creates nothing", (path) => {
    expectRefused("noTarget", () => user({ op: "Replace", path, value: "+45" }));
  });
  test("trap: a label creates no member", () => {
    expectRefused("noTarget", () =>
      patch(team, [{ op: "add", path: 'members[value eq "U9"].type', value: "User" }], onGroup),
    );
  });
  test("clearing what is not there creates nothing", () => {
    expect(user({ op: "Replace", path: 'phoneNumbers[type eq "mobile"].value', value: "" })).toEqual(ann);
  });
  test("an optional manager is created, an other one is not replaced", () => {
    const operation = { op: "replace", path: `${ENT}:manager[value eq "U5"].value`, value: "U5" };
    expect(patch({ userName: "a" }, [operation], lenient).resource[ENT]).toEqual({ manager: { value: "U5" } });
    expectRefused("noTarget", () => user(operation));
  });
});

test("D11 one element built by successive operations", () => {
  const built = patch(
    { userName: "ann" },
    [
      { op: "Add", path: 'emails[type eq "work"].primary', value: "true" },
      { op: "Add", path: 'emails[type eq "work"].type', value: "work" },
      { op: "Add", path: 'emails[type eq "work"].value', value: "a@b.example" },
    ],
    lenient,
  );
  expect(built.resource).toEqual({
    userName: "ann",
    emails: [{ type: "work", primary: true, value: "a@b.example" }],
  });
});

describe("D12 booleans as strings in a filter", () => {
  test.each(['roles[primary eq "True"].value', 'roles[primary eq "true"].value', "roles[primary eq true].value"])(
    "%s",
    (path) => {
      expect(user({ op: "Replace", path, value: "Owner" }).roles).toEqual([{ value: "Owner", primary: true }]);
      expect(patch({ userName: "a" }, [{ op: "Replace", path, value: "Owner" }], lenient).resource.roles).toEqual([
        { value: "Owner", primary: true },
      ]);
    },
  );
});

describe("D13 manager as a string", () => {
  test.each(["Add", "Replace", "add", "replace"])("%s", (op) => {
    expect(user({ op, path: `${ENT}:manager`, value: "U3" })[ENT]).toEqual({
      department: "Ops",
      manager: { value: "U3" },
    });
  });
});

test("D14 manager by its bare name, in an array", () => {
  const $ref = "https://h.example/scim/Users/U3";
  expect(user({ op: "Add", path: "manager", value: [{ $ref, value: "U3" }] })[ENT]).toEqual({
    department: "Ops",
    manager: { value: "U3", $ref },
  });
});

describe("D15 manager removed", () => {
  test.each([
    { op: "remove", path: 'manager[value eq "U2"]' },
    { op: "Replace", path: `${ENT}:manager`, value: "" },
    { op: "Replace", path: `${ENT}:manager`, value: { value: "" } },
    { op: "Replace", path: `${ENT}:manager`, value: { $ref: null, value: null } },
    { op: "Replace", path: `${ENT}:manager`, value: null },
    { op: "Replace", path: `${ENT}:manager`, value: [] },
    { op: "Remove", path: "manager", value: [{ value: "U2" }] },
  ])("%j", (operation) => {
    expect(user(operation)[ENT]).toEqual({ department: "Ops" });
  });
  test("by filter only if it is the current one", () => {
    expect(user({ op: "remove", path: 'manager[value eq "U9"]' })).toEqual(ann);
  });
});

test("D16 a nested extension: attribute by attribute, siblings survive", () => {
  const state = { ...ann, [ENT]: { department: "Ops", division: "North", costCenter: "7" } };
  const value = { [ENT]: { department: "IT", division: "" } };
  expect(patch(state, [{ op: "replace", value }], lenient).resource[ENT]).toEqual({
    department: "IT",
    costCenter: "7",
  });
});

test.each([
  { op: "replace", path: "department", value: "IT" },
  { op: "replace", path: "Department", value: "IT" },
  { op: "replace", value: { department: "IT" } },
])("D17 an extension attribute by its bare name: %j", (operation) => {
  expect(user(operation)).toEqual({ ...ann, [ENT]: { ...ann[ENT], department: "IT" } });
});

test.each([
  [{ op: "replace", path: `${CORE}:title`, value: "CEO" }, { title: "CEO" }],
  [{ op: "replace", value: { [`${CORE}:title`]: "CEO" } }, { title: "CEO" }],
  [{ op: "replace", value: { [`${CORE}:name.givenName`]: "Anna" } }, { name: { ...ann.name, givenName: "Anna" } }],
  [
    { op: "add", path: `${CORE}:roles[value eq "Guest"].display`, value: "G" },
    { roles: [{ ...ann.roles[0], display: "G" }] },
  ],
])("D18 a core attribute by its full URN: %j", (operation, expected) => {
  expect(user(operation)).toEqual({ ...ann, ...expected });
});

test("D19 roles as JSON text", () => {
  const value = [{ value: '{"id":"r1","value":"Admin","displayName":"Administrator"}' }];
  expect(user({ op: "Add", path: "roles", value }).roles).toEqual([
    ...ann.roles,
    { value: "Admin", display: "Administrator" },
  ]);
  const odd = [{ value: '{"id":"r1"}' }, { value: "{not json" }, { value: "[1]" }];
  expect(user({ op: "Replace", path: "roles", value: odd }).roles).toEqual(odd);
});

describe("D20 a single value in an array", () => {
  test.each([[[{ $ref: null, value: "AL" }]], [["AL"]]])("%j", (value) => {
    expect(user({ op: "Replace", path: "displayName", value }).displayName).toBe("AL");
    expect(user({ op: "Replace", value: { displayName: value } }).displayName).toBe("AL");
  });
  test("more than one element is invalidValue", () => {
    expectRefused("invalidValue", () => user({ op: "Replace", path: "displayName", value: ["A", "B"] }));
  });
  test("trap: multi-valued attributes are not unwrapped", () => {
    expect(user({ op: "Replace", path: "emails", value: [{ value: "a@b.example" }] }).emails).toEqual([
      { value: "a@b.example" },
    ]);
  });
});

test.each(["U4", ["U4"], { value: "U4" }, [{ value: "U4" }]])("D21 a member as %j", (value) => {
  expect(delta({ op: "add", path: "members", value })).toEqual({ reset: false, add: [{ value: "U4" }], remove: [] });
});

test("D22 a member's labels are the server's to say", () => {
  const value = [{ value: "U4", displayName: "new", display: "b@x.example", $ref: "../Users/U4", type: "User" }];
  expect(delta({ op: "add", path: "members", value })?.add).toEqual([{ value: "U4", type: "User" }]);
});

test("D23 keys that a message does not have are ignored", () => {
  const body = {
    id: "G1",
    schemas: [patchOpUrn],
    Operations: [{ name: "addMember", op: "add", path: "members", value: [{ displayName: "new", value: "U4" }] }],
  };
  expect(applierOfBody(body, onGroup).members?.add).toEqual([{ value: "U4" }]);
});

test("D24 no operations: nothing changes", () => {
  const body = { schemas: [patchOpUrn], Operations: [] };
  expect(applierOfBody(body, lenient).apply(stored(ann))).toEqual({ resource: ann, changed: [] });
  expect(applierOfBody(body, onGroup).members).toEqual(removed());
});

describe("D25 a value that is JSON text", () => {
  test("is an object, without a path", () => {
    expect(user({ op: "replace", value: '{"active":"false","id":"R1"}' })).toEqual({ ...ann, active: false });
  });
  test("trap: at a path it is text", () => {
    const text = '{"active":false}';
    expect(user({ op: "replace", path: "title", value: text }).title).toBe(text);
  });
  test.each(["[1]", '"x"', "{", "7", "null"])("and text of anything else is invalidValue: %j", (value) => {
    expectRefused("invalidValue", () => user({ op: "replace", value }));
  });
});

test("D26 replace members, of whatever size", () => {
  const value = Array.from({ length: 256 }, (_, index) => ({ value: `U${index}`, display: "x" }));
  expect(delta({ op: "replace", path: "members", value })).toEqual({
    reset: true,
    add: value.map((member) => ({ value: member.value })),
    remove: [],
  });
  expect(delta({ op: "replace", path: "members", value: [] })).toEqual({ reset: true, add: [], remove: [] });
  expect(delta({ op: "replace", path: "members", value: { value: "U1" } })?.add).toEqual([{ value: "U1" }]);
});

test("D27 members in a value without a path: replace resets, add appends", () => {
  const value = { members: [{ value: "U4" }], displayName: "T" };
  const replaced = applierOfOperations([{ op: "replace", value }], onGroup);
  expect(replaced.members).toEqual({ reset: true, add: [{ value: "U4" }], remove: [] });
  expect(replaced.apply(stored(team)).changed).toEqual(["displayName"]);
  expect(delta({ op: "add", value })).toEqual({ reset: false, add: [{ value: "U4" }], remove: [] });
  const emptied = { id: "G1", displayName: "Team", members: [] };
  expect(delta({ op: "replace", value: emptied })).toEqual({ reset: true, add: [], remove: [] });
});

describe("D28 clearing by value", () => {
  test.each([
    { op: "Replace", path: "title", value: "" },
    { op: "replace", path: "title", value: null },
    { op: "Add", path: "title", value: null },
    { op: "Add", value: { title: "" } },
  ])("%j removes it", (operation) => {
    const { title, ...rest } = ann;
    expect(user(operation)).toEqual(rest);
  });
  test("of lists", () => {
    expect(user({ op: "replace", path: "emails", value: [] }).emails).toBeUndefined();
    expect(user({ op: "replace", path: "emails", value: "" }).emails).toBeUndefined();
    expect(user({ op: "replace", path: "emails", value: [{ type: "home", value: "" }, home] }).emails).toEqual([home]);
  });
  test("trap: an empty string at a required attribute is invalidValue", () => {
    expectRefused("invalidValue", () => user({ op: "Replace", path: "userName", value: "" }));
  });
});

test("D29 add on a present value replaces it, replace on an absent one adds it, an equal value changes nothing", () => {
  expect(user({ op: "Add", path: "title", value: "CEO" }).title).toBe("CEO");
  expect(user({ op: "Replace", path: "nickName", value: "An" }).nickName).toBe("An");
  expect(patch(ann, [{ op: "Add", path: "emails", value: [home] }], lenient).changed).toEqual([]);
  const reader = { primary: false, type: "WindowsAzureActiveDirectoryRole", display: "Reader", value: "Reader" };
  expect(user({ op: "add", path: "roles", value: [reader] }).roles).toEqual([...ann.roles, reader]);
});

test("D30 replacing a complex value keeps what it does not name", () => {
  expect(user({ op: "replace", path: "name", value: { givenName: "Anna" } }).name).toEqual({
    ...ann.name,
    givenName: "Anna",
  });
});

test("D31 keys of the message in any case", () => {
  const body = { Schemas: [patchOpUrn], operations: [{ Op: "Replace", Path: "title", Value: "CEO" }] };
  expect(applierOfBody(body, lenient).apply(stored(ann)).resource.title).toBe("CEO");
});

test("D32 SCIM 1.1's PATCH is refused, and told what is wanted", () => {
  const body = {
    members: [
      { value: "U1", operation: "add" },
      { value: "U2", operation: "delete" },
    ],
  };
  expect(expectRefused("invalidSyntax", () => applierOfBody(body, onGroup))).toContain("Operations");
});

test("D33 a dot behind the extension's URN", () => {
  expect(user({ op: "Replace", path: `${ENT}.department`, value: "IT" })[ENT]).toEqual({
    ...ann[ENT],
    department: "IT",
  });
  expect(user({ op: "replace", value: { [`${ENT}.department`]: "IT" } })[ENT]).toEqual({
    ...ann[ENT],
    department: "IT",
  });
});

test.each([undefined, [], [CORE], "x", null])("D34 a PATCH whose schemas are %j is one", (schemas) => {
  const body = { schemas, Operations: [{ op: "replace", path: "title", value: "CEO" }] };
  expect(applierOfBody(body, lenient).apply(stored(ann)).resource.title).toBe("CEO");
});

test("D35 adding who is there and removing who is not changes nothing", () => {
  const unsayable = { op: "remove", path: 'members[type eq "Robot"]' };
  const operations = [
    { op: "Add", path: "members", value: [{ value: "U1" }] },
    { op: "Remove", path: "members", value: [{ value: "U9" }] },
    { op: "remove", path: 'members[value eq "U8"]' },
    unsayable,
  ];
  expect(patch(team, operations, onGroup)).toEqual({ resource: team, changed: [] });
});

test("D36 names in any case, in paths, keys and values", () => {
  expect(user({ op: "add", path: "Emails", value: [{ Value: "o@x.example", Type: "other" }] }).emails).toEqual([
    work,
    home,
    { value: "o@x.example", type: "other" },
  ]);
  expect(user({ op: "replace", path: "Manager.Value", value: "U3" })[ENT]).toEqual({
    department: "Ops",
    manager: { value: "U3" },
  });
  expect(user({ op: "replace", value: { UserName: "bo" } }).userName).toBe("bo");
});

test("D37 a removal and an addition in one body, in order", () => {
  const operations = [
    { op: "remove", path: 'members[value eq "U1"]' },
    { op: "add", path: "members", value: [{ value: "U4", display: "bo@x.example" }] },
  ];
  expect(delta(...operations)).toEqual({ reset: false, add: [{ value: "U4" }], remove: ["U1"] });
});

test("D38 trap: remove members without value or filter means all", () => {
  const all = { reset: true, add: [], remove: [] };
  expect(delta({ op: "remove", path: "members" })).toEqual(all);
  expect(delta({ op: "Remove", path: "members", value: null })).toEqual(all);
});

test("D39 numbers and booleans for text, and the reverse", () => {
  expect(user({ op: "replace", path: `${ENT}:employeeNumber`, value: 88 })[ENT]).toMatchObject({
    employeeNumber: "88",
  });
  expect(user({ op: "replace", path: "externalId", value: 12345 }).externalId).toBe("12345");
  expect(user({ op: "replace", path: "title", value: true }).title).toBe("true");
  expectRefused("invalidValue", () => user({ op: "replace", path: "externalId", value: 2 ** 60 }));
});

test("D40 the newest primary wins", () => {
  const operations = [
    { op: "add", path: "emails", value: [{ type: "other", value: "o@x.example", primary: true }] },
    { op: "replace", path: 'emails[type eq "home"].primary', value: true },
  ];
  expect(user(...operations).emails).toEqual([
    { ...work, primary: false },
    { ...home, primary: true },
    { type: "other", value: "o@x.example", primary: false },
  ]);
});
