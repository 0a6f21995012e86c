import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { patchChange } from "../../src/patch/patch-change.ts";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineExtension } from "../../src/schema/define-extension.ts";
import { defineResource } from "../../src/schema/define-resource.ts";
import { strictReading } from "../../src/schema/reading.ts";
import { restrictType } from "../../src/schema/restrict-type.ts";
import { applierOfOperations, expectRefused, patch, stored, user } from "../patch-engine.ts";

const BADGE = "urn:acme:params:scim:schemas:badge:2.0:Device";
const badge = defineExtension(BADGE, z.object({ number: z.string(), colour: z.string().optional() }));
const device = defineResource({
  name: "Device",
  urn: "urn:acme:params:scim:schemas:core:2.0:Device",
  schema: z.object({
    serial: attribute(z.string(), { mutability: "immutable" }).optional(),
    labels: z.array(z.string()).optional(),
    codes: attribute(z.array(z.string()), { caseExact: true }).optional(),
    seenAt: z.iso.datetime().optional(),
    place: z
      .object({ room: z.string(), tags: z.array(z.string()).optional() })
      .refine((place) => place.room !== "0", "no such room")
      .optional(),
    owners: z
      .array(
        z.object({
          value: z.string(),
          role: attribute(z.string(), { mutability: "immutable" }).optional(),
          note: z.string().optional(),
          since: attribute(z.string(), { mutability: "readOnly" }).optional(),
        }),
      )
      .max(2)
      .optional(),
  }),
  extensions: [badge],
});
const options = { type: device };
const change = (state: { readonly [name: string]: unknown }, ...operations: readonly unknown[]) =>
  patch(state, operations, options);

describe("§3.5.2 immutable attributes", () => {
  test("a client MAY add a value if the attribute had no previous value", () => {
    expect(change({}, { op: "add", path: "serial", value: "A1" }).resource).toEqual({ serial: "A1" });
    expect(change({}, { op: "replace", value: { serial: "A1" } }).resource).toEqual({ serial: "A1" });
  });

  test("MUST NOT modify or remove it; an equal value changes nothing", () => {
    const state = { serial: "A1" };
    expectRefused("mutability", () => change(state, { op: "add", path: "serial", value: "B2" }));
    expectRefused("mutability", () => change(state, { op: "remove", path: "serial" }));
    expect(change(state, { op: "replace", path: "serial", value: "a1" })).toEqual({ resource: state, changed: [] });
    expect(change({}, { op: "remove", path: "serial" }).changed).toEqual([]);
  });

  test("an immutable sub-attribute of an element stays; the element may go", () => {
    const state = { owners: [{ value: "U1", role: "lead" }] };
    expectRefused("mutability", () => change(state, { op: "replace", path: 'owners[value eq "U1"].role', value: "x" }));
    expect(
      change(state, { op: "add", path: 'owners[value eq "U1"]', value: { role: "Lead", note: "n" } }).resource,
    ).toEqual({
      owners: [{ value: "U1", role: "lead", note: "n" }],
    });
    expect(change(state, { op: "remove", path: 'owners[value eq "U1"]' }).resource).toEqual({});
  });
});

describe("§3.5.2 required attributes", () => {
  test("a required sub-attribute cannot be removed, nor left out of a new value", () => {
    const state = { place: { room: "1", tags: ["x"] }, owners: [{ value: "U1" }] };
    expectRefused("mutability", () => change(state, { op: "remove", path: "place.room" }));
    expectRefused("mutability", () => change(state, { op: "remove", path: 'owners[value eq "U1"].value' }));
    expectRefused("invalidValue", () => change({}, { op: "add", path: "place", value: { tags: ["x"] } }));
    expectRefused("invalidValue", () => change({}, { op: "add", path: "owners", value: [{ note: "n" }] }));
    expect(change(state, { op: "remove", path: "place" }).changed).toEqual(["place.room", "place.tags"]);
  });

  test("nor an extension's required attribute, while the extension is there", () => {
    const state = { [BADGE]: { number: "7", colour: "red" } };
    expectRefused("mutability", () => change(state, { op: "remove", path: `${BADGE}:number` }));
    expectRefused("invalidValue", () => change({}, { op: "add", path: `${BADGE}:colour`, value: "red" }));
    expect(change(state, { op: "remove", path: BADGE }).resource).toEqual({});
  });

  test("what was missing before, elsewhere, is no fault of this request", () => {
    expect(patch({ title: "CTO" }, [{ op: "replace", path: "title", value: "CEO" }]).changed).toEqual(["title"]);
  });
});

describe("§3.5.2 simple multi-valued attributes", () => {
  const state = { labels: ["Red", "blue"], codes: ["x"] };

  test("are added to, without what is there already by caseExact", () => {
    const operations = [
      { op: "add", path: "labels", value: ["RED", "green"] },
      { op: "add", path: "codes", value: ["X"] },
    ];
    expect(change(state, ...operations).resource).toEqual({ labels: ["Red", "blue", "green"], codes: ["x", "X"] });
  });

  test("are selected by value", () => {
    expect(change(state, { op: "remove", path: 'labels[value eq "red"]' }).resource.labels).toEqual(["blue"]);
    expect(change(state, { op: "replace", path: 'labels[value sw "b"]', value: "red" }).resource.labels).toEqual([
      "Red",
    ]);
    expectRefused("noTarget", () => change(state, { op: "replace", path: 'labels[value eq "x"]', value: "y" }));
    expectRefused("invalidValue", () =>
      change(state, { op: "replace", path: 'labels[value eq "red"]', value: ["a", "b"] }),
    );
  });

  test("and so are multi-valued sub-attributes: add appends, replace replaces", () => {
    const placed = { place: { room: "1", tags: ["x"] } };
    const add = { op: "add", path: "place.tags", value: ["X", "y"] };
    expect(change(placed, add).resource).toEqual({ place: { room: "1", tags: ["x", "y"] } });
    expect(change(placed, { ...add, path: "place", value: { tags: "y" } }).resource).toEqual({
      place: { room: "1", tags: ["x", "y"] },
    });
    expect(change(placed, { ...add, op: "replace" }).resource).toEqual({ place: { room: "1", tags: ["X", "y"] } });
  });
});

describe("§3.5.2 what else a host's schema says", () => {
  test("demands on a whole value or list are held to the outcome", () => {
    const state = { place: { room: "1" }, owners: [{ value: "U1" }] };
    expectRefused("invalidValue", () => change(state, { op: "replace", path: "place.room", value: "0" }));
    expect(
      expectRefused("invalidValue", () =>
        change(state, { op: "add", path: "owners", value: [{ value: "U2" }, { value: "U3" }] }),
      ),
    ).toContain("owners");
    expect(change(state, { op: "add", path: "owners", value: [{ value: "U2" }] }).changed).toEqual(["owners"]);
  });

  test("readOnly sub-attributes of elements survive a replacement of the list", () => {
    const state = {
      owners: [
        { value: "U1", since: "2020" },
        { value: "U2", since: "2021" },
      ],
    };
    const operation = { op: "replace", path: "owners", value: [{ value: "U2", since: "x" }] };
    expect(change(state, operation).resource.owners).toEqual([{ value: "U2", since: "2021" }]);
  });

  test("a Date that a store holds equals the text that a client sends", () => {
    const state = { seenAt: new Date("2026-01-01T00:00:00Z") };
    expect(change(state, { op: "replace", path: "seenAt", value: "2026-01-01T00:00:00Z" }).changed).toEqual([]);
    expect(change(state, { op: "replace", path: "seenAt", value: "2026-01-02T00:00:00Z" }).changed).toEqual(["seenAt"]);
  });

  test("a type without members has no delta", () => {
    expect(applierOfOperations([{ op: "add", path: "serial", value: "A1" }], options).members).toBeUndefined();
  });

  test("members with a sub-attribute of the host's own are a list", () => {
    const team = defineResource({
      name: "Team",
      urn: "urn:acme:params:scim:schemas:core:2.0:Team",
      schema: z.object({ members: z.array(z.object({ value: z.string(), role: z.string().optional() })).optional() }),
    });
    const byId = applierOfOperations([{ op: "add", path: "members", value: [{ value: "U1" }] }], { type: team });
    expect(byId.members?.add).toEqual([{ value: "U1" }]);
    const withRole = applierOfOperations([{ op: "add", path: "members", value: [{ value: "U1", role: "x" }] }], {
      type: team,
    });
    expect(withRole.members).toBeUndefined();
    expect(withRole.apply(stored({})).resource).toEqual({ members: [{ value: "U1", role: "x" }] });
  });

  test("so are members that only the host may say something of", () => {
    const immutable = defineResource({
      name: "Crew",
      urn: "urn:acme:params:scim:schemas:core:2.0:Crew",
      schema: z.object({
        members: attribute(z.array(z.object({ value: z.string() })), { mutability: "immutable" }).optional(),
      }),
    });
    const applier = applierOfOperations([{ op: "add", path: "members", value: [{ value: "U2" }] }], {
      type: immutable,
    });
    expect(applier.members).toBeUndefined();
    expectRefused("mutability", () => applier.apply(stored({ members: [{ value: "U1" }] })));
  });
});

describe("attributes that the store does not keep", () => {
  const narrow = restrictType(user, ({ attribute: { name } }) => name === "userName" || name === "title");
  const run = (path: string, unknownAttributes: "ignore" | "reject") =>
    patchChange([{ op: "replace", path, value: "x" }], narrow, {
      grammar: defaultGrammar,
      reading: { ...strictReading, unknownAttributes },
      whole: user,
    }).apply(stored({ userName: "ann" }));

  test.each(["nickName", 'emails[type eq "work"].value', "name.givenName"])(
    "an operation on %s is passed over, as in a POST, where unknown attributes are ignored",
    (path) => {
      expect(run(path, "ignore")).toEqual({ resource: { userName: "ann" }, changed: [] });
      expectRefused("invalidPath", () => run(path, "reject"));
    },
  );

  test("a name that no schema knows is invalidPath all the same", () => {
    expectRefused("invalidPath", () => run("nosuch", "ignore"));
    expectRefused("invalidFilter", () => patch({ userName: "a" }, [{ op: "remove", path: "emails[nosuch pr]" }]));
  });
});
