/** What clients send as POST and PUT, row by row of the catalogue. */
import { describe, expect, test } from "vitest";
import { allDialects } from "../../src/dialects/all.ts";
import { compileDialects } from "../../src/dialects/normalise.ts";
import type { Resource } from "../../src/schema/attribute.ts";
import { checkSchemas } from "../../src/schema/check-schemas.ts";
import { applierOfPut, CORE, ENT, expectRefused, group, lenient, post, put, stored, user } from "../patch-engine.ts";

const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const create = (body: Resource): Resource => post({ userName: "ann", ...body }, lenient);
const created = (rest: Resource): Resource => ({ userName: "ann", active: true, ...rest });
const normal = (body: Resource, type = user): Resource => compileDialects(allDialects).body?.(body, type) ?? body;

test.each(["True", "true", true])("Q38 active as %j", (active) => {
  expect(create({ active })).toEqual(created({}));
  expect(create({ active: "false", emails: [{ value: "a@b.example", primary: "True" }] })).toEqual({
    userName: "ann",
    active: false,
    emails: [{ value: "a@b.example", primary: true }],
  });
});

test("Q39 nulls anywhere are absent, and clear on PUT", () => {
  const nulls = {
    title: null,
    addresses: null,
    name: null,
    emails: [{ value: "a@b.example", type: null }],
    [ENT]: { manager: null },
  };
  expect(create(nulls)).toEqual(created({ emails: [{ value: "a@b.example" }] }));
  expect(put({ userName: "ann", title: "CTO" }, { userName: "ann", title: null }, lenient).changed).toContain("title");
});

test("Q40 an empty string is absent, an element with an empty value is dropped, an empty userName is refused", () => {
  expect(create({ title: "", name: { givenName: "" }, emails: [{ value: "", type: "home" }] })).toEqual(created({}));
  expectRefused("invalidValue", () => create({ userName: "" }));
});

test("Q41 empty arrays are absent", () => {
  expect(create({ roles: [], groups: [], emails: [] })).toEqual(created({}));
});

describe("Q42 wrong schemas", () => {
  test.each([
    [["urn:scim:schemas:core:1.0", CORE]],
    [["urn:scim:schemas:core:2.0", "urn:scim:schemas:extension:enterprise:2.0"]],
    [[CORE, "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"]],
    ["urn:scim:schemas:core:1.0"],
    [[]],
  ])("%j become the endpoint's own, and are not echoed", (schemas) => {
    const body = normal({ schemas, userName: "ann" });
    expect(body).toEqual({ schemas: [CORE], userName: "ann" });
    expect(() => checkSchemas(body, user)).not.toThrow();
  });
  test("so does Microsoft's URN on groups", () => {
    const microsoft = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";
    expect(normal({ schemas: [GROUP, microsoft], displayName: "T", [microsoft]: {} }, group)).toEqual({
      schemas: [GROUP],
      displayName: "T",
    });
  });
});

test("Q43 schemas that are missing, or leave out an extension, are made whole", () => {
  expect(normal({ userName: "ann", [ENT]: { department: "IT" } })).toEqual({
    schemas: [CORE, ENT],
    userName: "ann",
    [ENT]: { department: "IT" },
  });
  expect(create({ [ENT]: { department: "IT" } })).toEqual(created({ [ENT]: { department: "IT" } }));
});

test("Q44 attributes that no schema has are ignored, or refused where the host wants it so", () => {
  expect(create({ adreses: [], misspelt: { a: 1 }, __proto__x: 1 })).toEqual(created({}));
  expectRefused("invalidSyntax", () =>
    post({ userName: "ann", misspelt: 1 }, { ...lenient, unknownAttributes: "reject" }),
  );
});

test("Q45 what is readOnly is ignored", () => {
  const body = { id: null, meta: { resourceType: "User", location: "x" }, groups: [{ value: "G1" }] };
  expect(create(body)).toEqual(created({}));
  expect(put(created({}), { userName: "ann", ...body, id: "other" }, lenient).changed).toEqual([]);
});

test("Q46 a password comes through to the host, and goes no further here", () => {
  expect(create({ password: "1mz050nq" })).toEqual(created({ password: "1mz050nq" }));
});

describe("Q47 active missing", () => {
  test("on POST it is true; on PUT the stored value stays", () => {
    expect(create({}).active).toBe(true);
    expect(put({ userName: "ann", active: false }, { userName: "ann" }, lenient).changed).toEqual([]);
    expect(put({ userName: "ann" }, { userName: "ann" }, lenient).resource).toEqual(created({}));
  });
});

test("Q48 manager as a string", () => {
  expect(create({ [ENT]: { department: "X", manager: "U2" } })).toEqual(
    created({ [ENT]: { department: "X", manager: { value: "U2" } } }),
  );
});

test("Q49 one e-mail, not in a list", () => {
  const email = { value: "a@x.example", type: "work", primary: true };
  expect(create({ emails: email })).toEqual(created({ emails: [email] }));
  expect(create({ Emails: email })).toEqual(created({ emails: [email] }));
});

test.each([[["a@b.example"]], ["a@b.example"]])("Q50 e-mails as %j", (emails) => {
  expect(create({ emails })).toEqual(created({ emails: [{ value: "a@b.example" }] }));
});

test("Q51 roles: labels, several that are not primary, JSON text", () => {
  const roles = [
    { value: "Reader", displayName: "Can read", primary: false },
    { value: "Writer", display: "Can write", displayName: "x", primary: false },
    { value: '{"id":"r","value":"Admin","displayName":"Administrator"}' },
  ];
  expect(create({ roles }).roles).toEqual([
    { value: "Reader", display: "Can read", primary: false },
    { value: "Writer", display: "Can write", primary: false },
    { value: "Admin", display: "Administrator" },
  ]);
});

test("Q52 equal elements are one, and one at most is primary", () => {
  const emails = [
    { value: "a@b.example", type: "work", primary: true },
    { value: "a@b.example", type: "work" },
    { value: "c@b.example", type: "work", primary: true },
  ];
  expect(create({ emails }).emails).toEqual([
    { value: "a@b.example", type: "work", primary: false },
    { value: "c@b.example", type: "work", primary: true },
  ]);
});

test("Q53 numbers at string attributes", () => {
  expect(create({ externalId: 12345, addresses: [{ postalCode: 94107 }] })).toEqual(
    created({ externalId: "12345", addresses: [{ postalCode: "94107" }] }),
  );
});

test("Q54 odd-cased keys", () => {
  expect(create({ NickName: "An", emails: [{ Primary: true, VALUE: "a@b.example" }] })).toEqual(
    created({ nickName: "An", emails: [{ primary: true, value: "a@b.example" }] }),
  );
});

test("Q55 what was sent is kept: display, middleName, formatted beside its parts", () => {
  const rest = {
    name: { formatted: "x", givenName: "Ann", middleName: "B" },
    emails: [{ value: "a@b.example", display: "A" }],
  };
  expect(create(rest)).toEqual(created(rest));
});

test("Q56 a PUT of what GET answered changes nothing", () => {
  const state = created({
    name: { givenName: "Ann" },
    emails: [{ value: "a@b.example", type: "work", primary: true }],
    groups: [{ value: "G1", display: "Team", type: "direct" }],
    [ENT]: { manager: { value: "U2", $ref: "https://x.example/Users/U2", displayName: "Bo" } },
  });
  const body = {
    ...state,
    schemas: [CORE, ENT],
    id: "R1",
    meta: { resourceType: "User", version: 'W/"1"' },
    custom: 1,
  };
  expect(applierOfPut(body, lenient).apply(stored(state))).toEqual({ resource: state, changed: [] });
});

test("Q57 a PUT of members replaces them all, whatever they are displayed as", () => {
  const members = [
    { value: "U1", display: null },
    { value: "U2", display: "x" },
  ];
  expect(applierOfPut({ displayName: "T", members }, { ...lenient, type: group }).members).toEqual({
    reset: true,
    add: [{ value: "U1" }, { value: "U2" }],
    remove: [],
  });
});

test("Q58 a PUT without members keeps them, also in a store that keeps them in the list", () => {
  const { members, apply } = applierOfPut({ displayName: "T" }, { ...lenient, type: group });
  expect(members).toEqual({ reset: false, add: [], remove: [] });
  expect(apply(stored({ displayName: "T" })).changed).toEqual([]);
});

test("Q61 a core attribute by its full URN, and an extension's", () => {
  expect(create({ [`${CORE}:title`]: "CTO", [`${CORE}:name.givenName`]: "Ann", [`${ENT}:department`]: "IT" })).toEqual(
    created({ title: "CTO", name: { givenName: "Ann" }, [ENT]: { department: "IT" } }),
  );
  expect(create({ department: "IT", "emails.value": "a@b.example" })).toEqual(
    created({ [ENT]: { department: "IT" }, emails: [{ value: "a@b.example" }] }),
  );
});

test("Q61 such keys join what is there", () => {
  const body = {
    "name.givenName": "Ann",
    NAME: { familyName: "Lee" },
    [ENT.toLowerCase()]: { division: "N" },
    department: "IT",
  };
  expect(create(body)).toEqual(
    created({ name: { givenName: "Ann", familyName: "Lee" }, [ENT]: { division: "N", department: "IT" } }),
  );
});
