/** RFC 7644 §3.2 SCIM Endpoints and HTTP Methods, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { bulkRequest, Device, device, patchOp, searchRequest } from "./requests.ts";

describe.each(served())("§3.2 over '$name'", (mount) => {
  let service: Service;
  let own = "";

  beforeAll(async () => {
    service = await openService(mount, {
      resources: [{ type: Device, store: memoryStore() }],
      me: () => own,
    });
    own = await service.create("/Users", person("ann"));
  });
  afterAll(() => service.close());

  it("User and Group resources correspond to /Users and /Groups", async () => {
    const types = resourcesOf((await service.call("GET", "/ResourceTypes")).body);
    expect(types.map(({ name, endpoint }) => [name, endpoint])).toEqual([
      ["User", "/Users"],
      ["Group", "/Groups"],
      ["Device", "/Devices"],
    ]);
  });

  it("an extended resource's endpoint is its name with an s, and is discovered", async () => {
    const created = await service.call("POST", "/Devices", device("1"));
    expect([created.status, Object(created.body.meta).resourceType]).toEqual([201, "Device"]);
    expect((await service.call("GET", `/Devices/${created.body.id}`)).body.serial).toBe("1");
  });

  it("/Users and /Groups take GET, POST, PUT, PATCH and DELETE", async () => {
    for (const [endpoint, resource] of [
      ["/Users", person("table-2")],
      ["/Groups", team("table-2")],
    ] as const) {
      const { status, body } = await service.call("POST", endpoint, resource);
      const path = `${endpoint}/${body.id}`;
      const statuses = [
        status,
        (await service.call("GET", endpoint)).status,
        (await service.call("GET", path)).status,
        (await service.call("PUT", path, resource)).status,
        (await service.call("PATCH", `${path}?attributes=id`, patchOp({ op: "add", path: "externalId", value: "7" })))
          .status,
        (await service.call("DELETE", path)).status,
      ];
      expect(statuses).toEqual([201, 200, 200, 200, 200, 204]);
    }
  });

  it("/Me, /ServiceProviderConfig, /ResourceTypes, /Schemas, /Bulk and .search take the methods of table 2", async () => {
    const patch = patchOp({ op: "add", path: "title", value: "CTO" });
    const statuses = [
      (await service.call("GET", "/Me")).status,
      (await service.call("PUT", "/Me", person("ann"))).status,
      (await service.call("PATCH", "/Me", patch)).status,
      (await service.call("GET", "/ServiceProviderConfig")).status,
      (await service.call("GET", "/ResourceTypes")).status,
      (await service.call("GET", "/Schemas")).status,
      (await service.call("POST", "/Bulk", bulkRequest([]))).status,
      (await service.call("POST", "/.search", searchRequest({}))).status,
      (await service.call("POST", "/Users/.search", searchRequest({}))).status,
      (await service.call("POST", "/Groups/.search", searchRequest({}))).status,
    ];
    expect(statuses).toEqual(statuses.map(() => 200));
  });

  it("PUT creates nothing", async () => {
    const before = (await service.call("GET", "/Users")).body.totalResults;
    const { status } = await service.call("PUT", "/Users/made-by-the-client", person("new"));
    expect(status).toBe(404);
    expect((await service.call("PUT", "/Users", person("new"))).status).toBe(405);
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(before);
  });

  it("an error's status is that of the HTTP response, and in its body too", async () => {
    const answers = [
      await service.call("GET", "/Users/nobody"),
      await service.call("GET", "/Users?filter=x"),
      await service.call("POST", "/Users", person("ann")),
      await service.call("PUT", "/Schemas", {}),
      await service.call("GET", "/Users", undefined, { authorization: "" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 400, 409, 405, 401]);
    for (const { status, body } of answers) expect(body.status).toBe(String(status));
  });
});
