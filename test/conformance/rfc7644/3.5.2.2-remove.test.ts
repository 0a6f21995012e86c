/** RFC 7644 §3.5.2.2 Remove Operation, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, type Service, team } from "../../service.ts";
import { Device, device, ENT, patchOp, USER } from "./requests.ts";

describe.each(served())("§3.5.2.2 over '$name'", (mount) => {
  let service: Service;
  let count = 0;

  beforeAll(async () => {
    service = await openService(mount, { resources: [{ type: Device, store: memoryStore() }] });
  });
  afterAll(() => service.close());

  const emails = [
    { type: "work", value: "a@example.com" },
    { type: "home", value: "b@home.example" },
  ];
  const user = async (more: JsonObject = {}): Promise<string> =>
    `/Users/${await service.create("/Users", person(`user${++count}`, more))}`;
  const remove = async (at: string, path: string): Promise<JsonObject> => {
    const { status, body, text } = await service.call("PATCH", at, patchOp({ op: "remove", path }));
    expect(status, text).toBe(200);
    return body;
  };
  const members = async (group: string): Promise<unknown> => {
    const { body } = await service.call("GET", group);
    return Array.isArray(body.members) ? body.members.map(({ value }) => value) : body.members;
  };

  it("without a path it fails with 400 noTarget", async () => {
    for (const operation of [{ op: "remove" }, { op: "remove", value: { title: "CTO" } }]) {
      const { status, body } = await service.call("PATCH", await user({ title: "CTO" }), patchOp(operation));
      expect([status, body.scimType]).toEqual([400, "noTarget"]);
    }
  });

  it("a single value is removed, and its attribute is unassigned", async () => {
    const path = await user({ title: "CTO", name: { givenName: "Ann", familyName: "Lee" } });
    expect(await remove(path, "title")).not.toHaveProperty("title");
    expect((await remove(path, "name.givenName")).name).toEqual({ familyName: "Lee" });
    expect(await remove(path, "name.familyName")).not.toHaveProperty("name");
  });

  it("a multi-valued attribute without a filter is removed with all of its values", async () => {
    const path = await user({ emails });
    expect(await remove(path, "emails")).not.toHaveProperty("emails");
    const filtered = await service.call("GET", `/Users?filter=emails+pr+and+id+eq+%22${path.slice(7)}%22`);
    expect(filtered.body.totalResults).toBe(0);
  });

  it("the values that a filter on value matches are removed; when none remain, the attribute is unassigned", async () => {
    const path = await user({ emails });
    expect((await remove(path, 'emails[value eq "a@example.com"]')).emails).toMatchObject([emails[1]]);
    expect(await remove(path, 'emails[value eq "b@home.example"]')).not.toHaveProperty("emails");
  });

  it("the records that a filter on sub-attributes matches are removed; when none remain, it is unassigned", async () => {
    const path = await user({ emails });
    const { emails: left } = await remove(path, 'emails[type eq "work" and value ew "example.com"]');
    expect(left).toMatchObject([emails[1]]);
    expect(await remove(path, 'emails[type eq "home"]')).not.toHaveProperty("emails");
  });

  it("a sub-attribute of the matching records is unassigned", async () => {
    const path = await user({ emails });
    const { emails: left } = await remove(path, 'emails[type eq "work"].type');
    expect(JSON.parse(JSON.stringify(left))).toMatchObject([{ value: "a@example.com" }, emails[1]]);
    expect(Array.isArray(left) ? left[0] : left).not.toHaveProperty("type");
  });

  it("a required attribute cannot be removed or emptied: mutability", async () => {
    const at = await user();
    const one = `/Devices/${await service.create("/Devices", device("1"))}`;
    for (const [path, target] of [
      [at, "userName"],
      [one, "contacts"],
      [one, 'contacts[value eq "desk@x.example"]'],
    ] as const) {
      const { status, body } = await service.call("PATCH", path, patchOp({ op: "remove", path: target }));
      expect([status, body.scimType, body.status], target).toEqual([400, "mutability", "400"]);
    }
  });

  it("a readOnly attribute cannot be removed: mutability", async () => {
    const at = await user();
    for (const path of ["id", "meta", "groups"]) {
      const { status, body } = await service.call("PATCH", at, patchOp({ op: "remove", path }));
      expect([status, body.scimType]).toEqual([400, "mutability"]);
    }
  });

  it("removing who is not a member changes nothing and succeeds", async () => {
    const ann = (await user()).slice(7);
    const group = `/Groups/${await service.create("/Groups", team("not there", ann))}`;
    const before = (await service.call("GET", group)).body;
    const answer = await service.call("PATCH", group, patchOp({ op: "remove", path: 'members[value eq "nobody"]' }));
    expect(answer.status).toBe(204);
    expect((await service.call("GET", group)).body).toEqual(before);
  });

  it("the examples: one member, all members, remove and add, remove all and add others", async () => {
    const [ann = "", bob = "", cat = ""] = [await user(), await user(), await user()].map((path) => path.slice(7));
    const group = `/Groups/${await service.create("/Groups", team("examples", ann, bob))}`;
    const patch = async (...operations: readonly JsonObject[]): Promise<unknown> => {
      expect((await service.call("PATCH", group, patchOp(...operations))).status).toBe(204);
      return members(group);
    };
    expect(await patch({ op: "remove", path: `members[value eq "${ann}"]` })).toEqual([bob]);
    const swap = [
      { op: "remove", path: `members[value eq "${bob}"]` },
      { op: "add", path: "members", value: [{ value: ann }] },
    ];
    expect(await patch(...swap)).toEqual([ann]);
    const others = [
      { op: "remove", path: "members" },
      { op: "add", path: "members", value: [{ value: bob }, { value: cat }] },
    ];
    const both = await patch(...others);
    expect(both).toHaveLength(2);
    expect(both).toEqual(expect.arrayContaining([bob, cat]));
    expect(await patch({ op: "remove", path: "members" })).toBeUndefined();
  });

  it("an attribute of an extension is removed by its URN, and so is a whole extension", async () => {
    const path = await user({ schemas: [USER, ENT], [ENT]: { department: "IT", division: "EU" } });
    expect((await remove(path, `${ENT}:department`))[ENT]).toEqual({ division: "EU" });
    expect(await remove(path, ENT)).not.toHaveProperty(ENT);
  });
});
