/** RFC 7644 §4 Service Provider Configuration Endpoints, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, resourcesOf, type Service } from "../../service.ts";
import { Device, ENT, GROUP, MESSAGES, USER } from "./requests.ts";

describe.each(served())("§4 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount, { resources: [{ type: Device, store: memoryStore() }] });
  });
  afterAll(() => service.close());

  it("/ServiceProviderConfig returns a JSON object with its own URN in schemas", async () => {
    const { status, body } = await service.call("GET", "/ServiceProviderConfig");
    expect(status).toBe(200);
    expect(body.schemas).toEqual(["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"]);
    const features = ["authenticationSchemes", "bulk", "changePassword", "etag", "filter", "patch", "sort"];
    expect(Object.keys(body)).toEqual(expect.arrayContaining(features));
  });

  it("/Schemas returns all supported schemas, as a ListResponse", async () => {
    const { status, body } = await service.call("GET", "/Schemas");
    expect([status, body.schemas]).toEqual([200, [`${MESSAGES}:ListResponse`]]);
    const ids = resourcesOf(body).map(({ id }) => id);
    const ofDiscovery = ["ServiceProviderConfig", "ResourceType", "Schema"].map((name) => USER.replace("User", name));
    expect(ids).toEqual([USER, ENT, GROUP, Device.schema.id, ...ofDiscovery]);
    expect(body.totalResults).toBe(ids.length);
  });

  it("one schema is returned at /Schemas/ and its URI", async () => {
    for (const urn of [USER, ENT, GROUP, Device.schema.id, USER.toUpperCase(), encodeURIComponent(USER)]) {
      const { status, body } = await service.call("GET", `/Schemas/${urn}`);
      expect(status, urn).toBe(200);
      expect(body).toMatchObject({ attributes: expect.any(Array), meta: { resourceType: "Schema" } });
      expect(String(body.id).toLowerCase()).toBe(decodeURIComponent(urn).toLowerCase());
    }
  });

  it("/ResourceTypes returns the types that there are: endpoint, schema, extensions", async () => {
    const { status, body } = await service.call("GET", "/ResourceTypes");
    expect([status, body.schemas, body.totalResults]).toEqual([200, [`${MESSAGES}:ListResponse`], 3]);
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"];
    expect(resourcesOf(body)).toMatchObject([
      {
        schemas,
        id: "User",
        name: "User",
        endpoint: "/Users",
        schema: USER,
        schemaExtensions: [{ schema: ENT, required: false }],
        meta: { resourceType: "ResourceType" },
      },
      { schemas, id: "Group", name: "Group", endpoint: "/Groups", schema: GROUP },
      { schemas, id: "Device", name: "Device", endpoint: "/Devices", schema: Device.schema.id },
    ]);
  });

  it("one resource type is returned as one resource is", async () => {
    const { status, body } = await service.call("GET", "/ResourceTypes/User");
    const { body: all } = await service.call("GET", "/ResourceTypes");
    expect([status, body]).toEqual([200, resourcesOf(all)[0]]);
    expect(Object(body.meta).location).toMatch(/^https?:\/\/.+\/ResourceTypes\/User$/);
    expect((await service.call("GET", "/ResourceTypes/Robot")).status).toBe(404);
  });

  it("sorting, pagination and attributes are ignored", async () => {
    for (const path of ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas", `/Schemas/${USER}`]) {
      const plain = await service.call("GET", path);
      const query = "sortBy=name&sortOrder=descending&startIndex=2&count=1&attributes=id&cursor=";
      const asked = await service.call("GET", `${path}?${query}`);
      expect([asked.status, asked.text]).toEqual([200, plain.text]);
    }
  });

  it("a filter is 403, so that nobody takes it for applied", async () => {
    for (const path of ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas", `/Schemas/${USER}`]) {
      const { status, body } = await service.call("GET", `${path}?filter=name+eq+%22User%22`);
      expect([status, body.schemas, body.status]).toEqual([403, [`${MESSAGES}:Error`], "403"]);
    }
  });
});
