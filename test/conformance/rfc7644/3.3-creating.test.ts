/** RFC 7644 §3.3 Creating Resources, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, type Service, team } from "../../service.ts";
import { Device, device, ENT, USER } from "./requests.ts";

describe.each(served())("§3.3 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount, { resources: [{ type: Device, store: memoryStore() }] });
  });
  afterAll(() => service.close());

  it("readOnly attributes in the request body are ignored", async () => {
    const manager = { value: await service.create("/Users", person("boss")), displayName: "Made up" };
    const created = await service.call("POST", "/Users", {
      ...person("ann", { schemas: [USER, ENT], [ENT]: { manager } }),
      id: "mine",
      meta: { created: "2001-01-01T00:00:00Z", resourceType: "Robot", location: "https://evil.example" },
      groups: [{ value: "admins" }],
    });
    expect(created.status).toBe(201);
    expect(created.body.id).not.toBe("mine");
    expect(created.body).not.toHaveProperty("groups");
    expect(created.body.meta).toMatchObject({ resourceType: "User", location: created.headers.location });
    expect(Object(created.body.meta).created).not.toBe("2001-01-01T00:00:00Z");
    expect(JSON.stringify(created.body)).not.toContain("Made up");
    const { body } = await service.call("POST", "/Devices", device("ro", { asset: "A-1" }));
    expect(body).not.toHaveProperty("asset");
  });

  it("an omitted readWrite attribute gets its default, and is otherwise unassigned", async () => {
    const { body } = await service.call("POST", "/Devices", device("defaulted"));
    expect(body.status).toBe("stocked");
    expect(body).not.toHaveProperty("model");
    expect((await service.call("GET", `/Devices/${body.id}`)).body.status).toBe("stocked");
  });

  it("a value, null or [] overrides the default", async () => {
    const statusOf = async (serial: string, status: unknown) =>
      (await service.call("POST", "/Devices", device(serial, { status }))).body.status;
    expect(await statusOf("own", "lent")).toBe("lent");
    expect(await statusOf("null", null)).toBeUndefined();
    const active = await service.call("POST", "/Users", person("cleared", { active: null, emails: [] }));
    expect(active.status).toBe(201);
    expect(active.body.active).toBe(mount.keepsUnsetActive ? undefined : true);
    expect(active.body).not.toHaveProperty("emails");
  });

  it("the answer is 201 with the representation, its URI in Location and in meta.location", async () => {
    const sent = person("bob", { name: { givenName: "Bob" }, externalId: "b-1" });
    const { status, headers, body } = await service.call("POST", "/Users", sent);
    expect(status).toBe(201);
    expect(body).toMatchObject(sent);
    expect(headers.location).toBe(Object(body.meta).location);
    expect(headers.location).toMatch(new RegExp(`^https?://.+/Users/${body.id}$`));
    expect((await service.call("GET", `/Users/${body.id}`)).body).toEqual(body);
  });

  it("a conflict with an existing resource is 409 with scimType uniqueness", async () => {
    await service.create("/Users", person("taken"));
    for (const userName of ["taken", "TAKEN"]) {
      const { status, body } = await service.call("POST", "/Users", person(userName));
      expect([status, body.status, body.scimType]).toEqual([409, "409", "uniqueness"]);
    }
    await service.create("/Devices", device("taken"));
    expect((await service.call("POST", "/Devices", device("taken"))).body.scimType).toBe("uniqueness");
  });

  it("meta.resourceType is the resource type of the endpoint (§3.3.1)", async () => {
    const typeOf = async (path: string, resource: Record<string, unknown>) =>
      Object((await service.call("POST", path, { ...resource, meta: { resourceType: "Other" } })).body.meta)
        .resourceType;
    expect(await typeOf("/Users", person("typed"))).toBe("User");
    expect(await typeOf("/Groups", team("typed"))).toBe("Group");
    expect(await typeOf("/Devices", device("typed"))).toBe("Device");
  });
});
