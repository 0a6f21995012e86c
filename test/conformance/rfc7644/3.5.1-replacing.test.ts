/** RFC 7644 §3.5, §3.5.1 Replacing with PUT, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";
import { Device, device, ENT, USER } from "./requests.ts";

describe.each(served())("§3.5.1 over '$name'", (mount) => {
  let service: Service;
  const kept = new Map<string, unknown>();

  beforeAll(async () => {
    const devices = memoryStore();
    service = await openService(mount, {
      features: { changePassword: true },
      resources: [
        {
          type: Device,
          store: {
            ...devices,
            update: (id, change, want, context) =>
              devices.update(
                id,
                {
                  ...change,
                  apply: (current) => {
                    const applied = change.apply(current);
                    kept.set(id, applied.resource.secret);
                    return applied;
                  },
                },
                want,
                context,
              ),
          },
        },
      ],
    });
  });
  afterAll(() => service.close());

  const put = async (path: string, resource: JsonObject): Promise<JsonObject> => {
    const { status, body, headers } = await service.call("PUT", path, resource);
    expect([status, headers.location]).toEqual([200, Object(body.meta).location]);
    return body;
  };

  it("values of readWrite attributes replace the existing ones", async () => {
    const id = await service.create(
      "/Users",
      person("ann", { title: "CTO", emails: [{ value: "a@x.example", type: "work" }, { value: "b@x.example" }] }),
    );
    const emails = [{ value: "c@x.example", type: "home" }];
    const sent = person("ann", { schemas: [USER, ENT], title: "CEO", emails, [ENT]: { department: "IT" } });
    expect(await put(`/Users/${id}`, sent)).toMatchObject({ ...sent, id });
    expect((await service.call("GET", `/Users/${id}`)).body).toMatchObject(sent);
  });

  it("readWrite attributes that are omitted, null or [] are cleared, or get their default", async () => {
    const id = await service.create("/Devices", device("cleared", { model: "M", ports: 2, tag: "T", status: "lent" }));
    const body = await put(`/Devices/${id}`, device("cleared", { tag: null, status: "stocked" }));
    for (const name of ["model", "ports", "tag"]) expect(body).not.toHaveProperty(name);
    const user = await service.create(
      "/Users",
      person("cleared", { title: "CTO", emails: [{ value: "a@x.example" }] }),
    );
    const cleared = await put(`/Users/${user}`, person("cleared", { emails: [] }));
    expect(cleared).not.toHaveProperty("title");
    expect(cleared).not.toHaveProperty("emails");
  });

  it("a writeOnly value replaces the existing one, and is not shown", async () => {
    const id = await service.create("/Devices", device("secret", { secret: "first" }));
    const body = await put(`/Devices/${id}`, device("secret", { secret: "second" }));
    expect(JSON.stringify(body)).not.toContain("second");
    expect(kept.get(id)).toBe("second");
  });

  it("an immutable attribute with a value must match it: else 400 mutability", async () => {
    const id = await service.create("/Devices", device("fixed", { site: "Oslo" }));
    const { status, body } = await service.call("PUT", `/Devices/${id}`, device("fixed", { site: "Bergen" }));
    expect([status, body.scimType]).toEqual([400, "mutability"]);
    expect(await put(`/Devices/${id}`, device("fixed", { site: "Oslo", model: "M" }))).toMatchObject({ site: "Oslo" });
  });

  it("an immutable attribute without a value takes the new one", async () => {
    const id = await service.create("/Devices", device("open"));
    expect((await put(`/Devices/${id}`, device("open", { site: "Oslo" }))).site).toBe("Oslo");
  });

  it("values of readOnly attributes are ignored", async () => {
    const id = await service.create("/Devices", device("ro"));
    const before = (await service.call("GET", `/Devices/${id}`)).body;
    const sent = { ...device("ro", { asset: "A-1" }), id: "other", meta: { created: "2001-01-01T00:00:00Z" } };
    expect(await put(`/Devices/${id}`, sent)).toEqual(before);
  });

  it("a required attribute must be there: else 400 invalidValue", async () => {
    const id = await service.create("/Users", person("required"));
    const { status, body } = await service.call("PUT", `/Users/${id}`, { schemas: [USER], title: "CTO" });
    expect([status, body.scimType]).toEqual([400, "invalidValue"]);
    expect(body.detail).toContain("userName");
    expect((await service.call("GET", `/Users/${id}`)).body).not.toHaveProperty("title");
  });

  it("success is 200 with the entire resource, its location and its new version", async () => {
    const created = await service.call("POST", "/Users", person("whole"));
    const answer = await service.call("PUT", `/Users/${created.body.id}`, person("whole", { title: "CTO" }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual((await service.call("GET", `/Users/${created.body.id}`)).body);
    expect(answer.headers.etag).toBe(Object(answer.body.meta).version);
    expect(answer.headers.etag).not.toBe(created.headers.etag);
  });

  it("PUT to an id that does not exist is 404, and creates nothing", async () => {
    const { status } = await service.call("PUT", "/Users/2819c223-7f76-453a", person("nobody"));
    expect(status).toBe(404);
    expect((await service.call("GET", "/Users?filter=userName+eq+%22nobody%22")).body.totalResults).toBe(0);
  });
});
