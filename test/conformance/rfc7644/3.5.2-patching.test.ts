/** RFC 7644 §3.5.2 Modifying with PATCH, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, type Service, team } from "../../service.ts";
import { Device, device, ENT, MESSAGES, patchOp, USER } from "./requests.ts";

describe.each(served())("§3.5.2 over '$name'", (mount) => {
  let service: Service;
  let strict: Service;
  let count = 0;

  beforeAll(async () => {
    service = await openService(mount, { resources: [{ type: Device, store: memoryStore() }] });
    strict = await openService(mount, { dialects: [] });
  });
  afterAll(async () => {
    await service.close();
    await strict.close();
  });

  const user = async (more: JsonObject = {}, at: Service = service): Promise<string> =>
    `/Users/${await at.create("/Users", person(`user${++count}`, more))}`;
  const patched = async (path: string, ...operations: readonly JsonObject[]): Promise<JsonObject> => {
    const { status, body, text } = await service.call("PATCH", path, patchOp(...operations));
    expect(status, text).toBe(200);
    return body;
  };
  const refused = async (path: string, ...operations: readonly JsonObject[]): Promise<unknown> => {
    const before = (await service.call("GET", path)).text;
    const { status, body } = await service.call("PATCH", path, patchOp(...operations));
    expect([status, body.status, body.schemas]).toEqual([400, "400", [`${MESSAGES}:Error`]]);
    expect((await service.call("GET", path)).text).toBe(before);
    return body.scimType;
  };

  it("the body must have the URN of PatchOp in schemas: else invalidSyntax", async () => {
    const path = await user({}, strict);
    const Operations = [{ op: "add", path: "title", value: "CTO" }];
    for (const schemas of [undefined, [], [USER], [`${MESSAGES}:BulkRequest`]]) {
      const { status, body } = await strict.call("PATCH", path, { schemas, Operations });
      expect([status, body.scimType]).toEqual([400, "invalidSyntax"]);
    }
    expect((await strict.call("PATCH", path, patchOp(...Operations))).status).toBe(200);
  });

  it("the body must have Operations, an array of one or more: else invalidSyntax", async () => {
    const path = await user({}, strict);
    for (const Operations of [undefined, null, [], {}, "add", [7]]) {
      const { status, body } = await strict.call("PATCH", path, { schemas: [`${MESSAGES}:PatchOp`], Operations });
      expect([status, body.scimType]).toEqual([400, "invalidSyntax"]);
    }
  });

  it("each operation has exactly one op, which is add, remove or replace: else invalidSyntax", async () => {
    const path = await user();
    for (const op of [undefined, "move", "copy", "test", 7, ""]) {
      expect(await refused(path, { op, path: "title", value: "CTO" })).toBe("invalidSyntax");
    }
    expect(await refused(path, { op: "add", OP: "remove", path: "title", value: "CTO" })).toBe("invalidSyntax");
  });

  it("the paths of figure 8 are valid", async () => {
    const work = { type: "work", locality: "Oslo" };
    const path = await user({ addresses: [work], name: { familyName: "Lee" } });
    const id = path.slice("/Users/".length);
    const group = `/Groups/${await service.create("/Groups", team("figure 8", id))}`;
    const body = await patched(
      path,
      { op: "replace", path: "name.familyName", value: "Young" },
      { op: "replace", path: 'addresses[type eq "work"]', value: { ...work, locality: "Bergen" } },
    );
    expect(body).toMatchObject({ name: { familyName: "Young" }, addresses: [{ type: "work", locality: "Bergen" }] });
    const memberPath = `members[value eq "${id}"]`;
    for (const operation of [
      { op: "replace", path: `${memberPath}.displayName`, value: "Ann" },
      { op: "remove", path: memberPath },
      { op: "remove", path: "members" },
    ]) {
      const { status, body: error } = await service.call("PATCH", group, patchOp(operation));
      const isUnknown = operation.path.endsWith("displayName");
      expect([status, error.scimType]).toEqual(isUnknown ? [400, "invalidPath"] : [204, undefined]);
    }
  });

  it("a path that is malformed, or names no attribute, is invalidPath", async () => {
    const path = await user();
    for (const wrong of ["colour", "name.colour", "emails[", "title.x", "emails.0", "/title", "a b", ""]) {
      expect(await refused(path, { op: "replace", path: wrong, value: "x" }), wrong).toBe("invalidPath");
    }
  });

  it("what is wrong with the filter in a path is invalidFilter", async () => {
    expect(await refused(await user(), { op: "remove", path: "emails[type eq]" })).toBe("invalidFilter");
  });

  it("a readOnly attribute must not be modified: mutability", async () => {
    const path = await user({ schemas: [USER, ENT], [ENT]: { manager: { value: (await user()).slice(7) } } });
    for (const op of ["add", "replace", "remove"]) {
      for (const readOnly of ["id", "meta.created", "groups", `${ENT}:manager.displayName`]) {
        expect(await refused(path, { op, path: readOnly, value: "x" }), readOnly).toBe("mutability");
      }
    }
  });

  it("an immutable attribute must not be modified, but may be added where it has no value: mutability", async () => {
    const path = `/Devices/${await service.create("/Devices", device("1"))}`;
    expect((await patched(path, { op: "add", path: "site", value: "Oslo" })).site).toBe("Oslo");
    for (const op of ["add", "replace", "remove"]) {
      expect(await refused(path, { op, path: "site", value: "Bergen" })).toBe("mutability");
    }
  });

  it("a value that is not compatible with the attribute's schema is invalidValue", async () => {
    const path = await user();
    expect(await refused(path, { op: "replace", path: "title", value: { deep: true } })).toBe("invalidValue");
    expect(await refused(path, { op: "replace", path: "active", value: "perhaps" })).toBe("invalidValue");
    expect(await refused(path, { op: "add", path: "emails", value: [{ value: { deep: true } }] })).toBe("invalidValue");
  });

  it("attribute notation is that of §3.10: in any case, with or without the core schema's URN", async () => {
    const path = await user();
    const body = await patched(
      path,
      { op: "add", path: "NAME.givenname", value: "Ann" },
      { op: "add", path: `${USER}:title`, value: "CTO" },
      { op: "add", path: `${ENT.toUpperCase()}:Department`, value: "IT" },
    );
    expect(body).toMatchObject({ name: { givenName: "Ann" }, title: "CTO", [ENT]: { department: "IT" } });
  });

  it("an attribute with its extension's URN adds the URN to schemas, and the last one that goes takes it away", async () => {
    const path = await user();
    const added = await patched(path, { op: "add", path: `${ENT}:employeeNumber`, value: "701984" });
    expect(added.schemas).toEqual([USER, ENT]);
    const removed = await patched(path, { op: "remove", path: `${ENT}:employeeNumber` });
    expect(removed.schemas).toEqual([USER]);
    expect(removed).not.toHaveProperty(ENT);
  });

  it("schemas may be modified, and is what the resource's attributes say", async () => {
    const path = await user();
    const body = await patched(
      path,
      { op: "add", path: "schemas", value: [ENT] },
      { op: "add", value: { schemas: [USER, ENT], [ENT]: { department: "IT" } } },
    );
    expect(body.schemas).toEqual([USER, ENT]);
    expect((await patched(await user(), { op: "add", path: "schemas", value: [ENT] })).schemas).toEqual([USER]);
  });

  it("operations are applied in order, each to the result of the one before", async () => {
    const body = await patched(
      await user({ title: "old" }),
      { op: "remove", path: "title" },
      { op: "add", path: "emails", value: [{ type: "work", value: "a@x.example" }] },
      { op: "replace", path: 'emails[type eq "work"].value', value: "b@x.example" },
      { op: "add", path: "title", value: "new" },
    );
    expect(body).toMatchObject({ title: "new", emails: [{ type: "work", value: "b@x.example" }] });
  });

  it("setting primary to true sets it to false for every other value", async () => {
    const path = await user({
      emails: [
        { type: "work", value: "a@x.example", primary: true },
        { type: "home", value: "b@x.example" },
      ],
    });
    const primaries = ({ emails }: JsonObject): unknown =>
      Array.isArray(emails) ? emails.filter((email) => Object(email).primary === true).map(({ value }) => value) : [];
    const set = { op: "replace", path: 'emails[type eq "home"].primary', value: true };
    expect(primaries(await patched(path, set))).toEqual(["b@x.example"]);
    const add = { op: "add", path: "emails", value: [{ type: "other", value: "c@x.example", primary: true }] };
    expect(primaries(await patched(path, add))).toEqual(["c@x.example"]);
  });

  it("is atomic: if one operation fails, the resource is as it was, and a failure is returned", async () => {
    const path = await user({ title: "CTO", emails: [{ type: "work", value: "a@x.example" }] });
    const scimType = await refused(
      path,
      { op: "replace", path: "title", value: "CEO" },
      { op: "remove", path: "emails" },
      { op: "replace", path: "colour", value: "red" },
    );
    expect(scimType).toBe("invalidPath");
    await service.create("/Users", person("taken"));
    const conflict = patchOp(
      { op: "add", path: "nickName", value: "x" },
      { op: "replace", path: "userName", value: "taken" },
    );
    const { status, body } = await service.call("PATCH", path, conflict);
    expect([status, body.scimType]).toEqual([409, "uniqueness"]);
    expect((await service.call("GET", path)).body).not.toHaveProperty("nickName");
  });

  it("success is 200 with the entire resource, subject to attributes", async () => {
    const path = await user({ title: "CTO" });
    const add = patchOp({ op: "add", path: "nickName", value: "A" });
    const whole = await service.call("PATCH", path, add);
    expect([whole.status, whole.body]).toEqual([200, (await service.call("GET", path)).body]);
    const part = await service.call("PATCH", `${path}?attributes=nickName`, add);
    expect([part.status, Object.keys(part.body).sort()]).toEqual([200, ["id", "nickName", "schemas"]]);
  });

  it("or 204 and the headers, for a group; 200 if attributes are asked for", async () => {
    const path = `/Groups/${await service.create("/Groups", team("Guides"))}`;
    const replace = patchOp({ op: "replace", path: "displayName", value: "Tour Guides" });
    const quiet = await service.call("PATCH", path, replace);
    expect([quiet.status, quiet.text]).toEqual([204, ""]);
    expect(quiet.headers.location).toMatch(new RegExp(`${path}$`));
    expect(quiet.headers.etag).toBe((await service.call("GET", path)).headers.etag);
    const asked = await service.call("PATCH", `${path}?attributes=displayName`, replace);
    expect([asked.status, asked.body.displayName]).toEqual([200, "Tour Guides"]);
  });

  it("PATCH of an id that does not exist is 404", async () => {
    const { status } = await service.call("PATCH", "/Users/nobody", patchOp({ op: "remove", path: "title" }));
    expect(status).toBe(404);
  });
});
