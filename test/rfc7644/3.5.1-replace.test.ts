import { describe, expect, test } from "vitest";
import { z } from "zod";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineResource } from "../../src/schema/define-resource.ts";
import { applierOfPut, ENT, expectRefused, group, lenient, put, stored } from "../patch-engine.ts";

const ann = {
  userName: "ann",
  title: "CTO",
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [{ type: "work", value: "ann@x.example", primary: true }],
  active: true,
  [ENT]: { department: "IT", manager: { value: "U2", displayName: "Bo" } },
};

const device = defineResource({
  name: "Device",
  urn: "urn:acme:params:scim:schemas:core:2.0:Device",
  schema: z.object({
    serial: attribute(z.string(), { mutability: "immutable" }).optional(),
    tags: attribute(z.array(z.string()), { mutability: "immutable" }).optional(),
    seenAt: attribute(z.string(), { mutability: "readOnly" }).optional(),
    place: z
      .object({
        room: z.string().optional(),
        site: attribute(z.string(), { mutability: "immutable" }).optional(),
        checked: attribute(z.string(), { mutability: "readOnly" }).optional(),
      })
      .optional(),
    owners: z
      .array(
        z.object({
          value: z.string(),
          since: attribute(z.string(), { mutability: "readOnly" }).optional(),
        }),
      )
      .optional(),
  }),
});
const onDevice = { type: device };

describe("§3.5.1 readWrite", () => {
  test("values provided SHALL replace the existing ones, whole", () => {
    const body = { userName: "ann", name: { givenName: "Anna" }, emails: [{ value: "a@y.example" }], active: false };
    expect(put(ann, body)).toEqual({
      resource: body,
      changed: [
        "name.familyName",
        "name.givenName",
        "title",
        "active",
        "emails",
        `${ENT}:department`,
        `${ENT}:manager.value`,
        `${ENT}:manager.displayName`,
      ],
    });
  });

  test("omitted attributes are cleared, or given their default", () => {
    expect(put({ ...ann, active: false }, { userName: "ann" }).resource).toEqual({ userName: "ann", active: true });
  });

  test("null and [] clear too, and override a default", () => {
    const body = { userName: "ann", title: null, emails: [], active: null, [ENT]: null };
    expect(put(ann, body).resource).toEqual({ userName: "ann" });
  });

  test("a required attribute MUST be specified", () => {
    expectRefused("invalidValue", () => put(ann, { title: "CTO" }));
  });

  test("the same body again changes nothing, in whatever order its elements are", () => {
    const emails = [{ value: "b@y.example" }, ...ann.emails];
    expect(put({ ...ann, emails }, { ...ann, emails: emails.toReversed() }).changed).toEqual([]);
  });

  test("what was read can be written back: id, meta and readOnly values are ignored", () => {
    const body = { ...ann, id: "R1", meta: { version: "1" }, groups: [{ value: "G1" }], schemas: ["x"] };
    expect(put({ ...ann, groups: [{ value: "G1" }] }, body)).toEqual({
      resource: { ...ann, groups: [{ value: "G1" }] },
      changed: [],
    });
  });

  test("never touches the state it is given", () => {
    const state = stored(ann);
    const copy = structuredClone(state);
    applierOfPut({ userName: "bo", [ENT]: { department: "HR" } }).apply(state);
    expect(state).toEqual(copy);
  });
});

describe("§3.5.1 writeOnly", () => {
  test("a value provided replaces the existing one; omitted, it stays, since nobody can have read it", () => {
    const state = { userName: "ann", active: true, password: "old" };
    expect(put(state, { userName: "ann" })).toEqual({ resource: state, changed: [] });
    expect(put(state, { userName: "ann", password: "new" }).resource.password).toBe("new");
    expect(put(state, { userName: "ann", password: null }).changed).toEqual(["password"]);
  });
});

describe("§3.5.1 immutable", () => {
  test("the input values MUST match, or the answer is 400 mutability", () => {
    const state = { serial: "A1", tags: ["x", "y"] };
    expectRefused("mutability", () => put(state, { serial: "B2" }, onDevice));
    expectRefused("mutability", () => put(state, { serial: null }, onDevice));
    expectRefused("mutability", () => put(state, { tags: ["x"] }, onDevice));
    expect(put(state, { serial: "a1", tags: ["y", "x"] }, onDevice)).toEqual({ resource: state, changed: [] });
  });

  test("if there is no existing value, the new value SHALL be applied; omitted, the existing one stays", () => {
    expect(put({ seenAt: "now" }, { serial: "A1" }, onDevice).resource).toEqual({ serial: "A1", seenAt: "now" });
    expect(put({ serial: "A1" }, {}, onDevice).resource).toEqual({ serial: "A1" });
  });

  test("the same holds for sub-attributes", () => {
    const state = { place: { room: "1", site: "North" } };
    expect(put(state, { place: { room: "2" } }, onDevice).resource).toEqual({ place: { room: "2", site: "North" } });
    expect(put(state, {}, onDevice).resource).toEqual({ place: { site: "North" } });
    expectRefused("mutability", () => put(state, { place: { site: "South" } }, onDevice));
  });
});

describe("§3.5.1 readOnly", () => {
  test("any values provided SHALL be ignored", () => {
    const state = { seenAt: "now", place: { room: "1", checked: "today" } };
    const body = { seenAt: "never", place: { room: "1", checked: "never" } };
    expect(put(state, body, onDevice)).toEqual({ resource: state, changed: [] });
  });

  test("what the server knows of an element stays with the element", () => {
    const state = {
      owners: [
        { value: "U1", since: "2020" },
        { value: "U2", since: "2021" },
      ],
    };
    const body = { owners: [{ value: "U2", since: "x" }, { value: "U3" }] };
    expect(put(state, body, onDevice).resource.owners).toEqual([{ value: "U2", since: "2021" }, { value: "U3" }]);
  });

  test("what it knows of a reference goes when the reference points elsewhere", () => {
    const body = { ...ann, [ENT]: { department: "IT", manager: { value: "U3" } } };
    expect(put(ann, body).resource[ENT]).toEqual({ department: "IT", manager: { value: "U3" } });
  });
});

describe("§3.5.1 members", () => {
  const members = (body: { readonly [name: string]: unknown }, options = {}) =>
    applierOfPut(body, { type: group, ...options }).members;

  test("are replaced as a whole, by id, without being looked at", () => {
    const body = {
      displayName: "T",
      members: [{ value: "U1", display: null }, { value: "U2", type: "User" }, { value: "U1" }],
    };
    expect(members(body)).toEqual({ reset: true, add: [{ value: "U1" }, { value: "U2", type: "User" }], remove: [] });
    expect(applierOfPut(body, { type: group }).apply(stored({ displayName: "S" }))).toEqual({
      resource: { displayName: "T" },
      changed: ["displayName"],
    });
  });

  test("left out, they are cleared as any other attribute; [] clears them always", () => {
    const empty = { reset: true, add: [], remove: [] };
    expect(members({ displayName: "T" })).toEqual(empty);
    expect(members({ displayName: "T", members: [] }, lenient)).toEqual(empty);
    expect(members({ displayName: "T", members: null }, lenient)).toEqual(empty);
  });
});
