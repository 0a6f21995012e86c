/** RFC 7644 §6 Multi-Tenancy, over every mount. */
import { bearer, ScimError, type ScimRequest } from "scimkit";
import { afterEach, describe, expect, it } from "vitest";
import { freshTenants, served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { filterBy, patchOp } from "./requests.ts";

describe.each(served())("§6 over '$name'", (mount) => {
  let service: Service;
  afterEach(() => service.close());

  const two = { authorization: "Bearer two" };

  it("each client has its own resources, and none of another's", async () => {
    service = await openService(mount);
    const path = `/Users/${await service.create("/Users", person("ann"))}`;
    const answers = [
      await service.call("GET", path, undefined, two),
      await service.call("PUT", path, person("ann"), two),
      await service.call("PATCH", path, patchOp({ op: "add", path: "title", value: "CTO" }), two),
      await service.call("DELETE", path, undefined, two),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await service.call("GET", "/Users", undefined, two)).body.totalResults).toBe(0);
    expect((await service.call("GET", "/", undefined, two)).body.totalResults).toBe(0);
    expect((await service.call("GET", path)).body).not.toHaveProperty("title");
  });

  it("clients of one tenant share its resources", async () => {
    const { one } = freshTenants();
    service = await openService(mount, { authenticate: bearer((token) => (/^[ab]$/.test(token) ? one : null)) });
    const created = await service.call("POST", "/Users", person("ann"), { authorization: "Bearer a" });
    const read = await service.call("GET", `/Users/${created.body.id}`, undefined, { authorization: "Bearer b" });
    expect(read.body).toEqual(created.body);
  });

  it("the tenant follows from who has authenticated, and may be named in a header that the host checks (§6.1)", async () => {
    const tenants = freshTenants();
    service = await openService(mount, {
      authenticate: ({ headers }: ScimRequest) => {
        if (headers["x-tenant"] === "one") return tenants.one;
        if (headers["x-tenant"] === "two") return tenants.two;
        throw ScimError.forbidden("This client has no such tenant.");
      },
    });
    const created = await service.call("POST", "/Users", person("ann"), { "x-tenant": "two" });
    expect(created.status).toBe(201);
    const path = `/Users/${created.body.id}`;
    expect((await service.call("GET", path, undefined, { "x-tenant": "two" })).status).toBe(200);
    expect((await service.call("GET", path, undefined, { "x-tenant": "one" })).status).toBe(404);
    expect((await service.call("GET", path, undefined, { "x-tenant": "three" })).status).toBe(403);
  });

  it("externalId and userName need be unique only within a tenant (§6.2)", async () => {
    service = await openService(mount);
    await service.create("/Users", person("ann", { externalId: "7" }));
    const other = await service.call("POST", "/Users", person("ann", { externalId: "7" }), two);
    expect(other.status).toBe(201);
    const { body } = await service.call("GET", `/Users?${filterBy('externalId eq "7"')}`, undefined, two);
    expect(resourcesOf(body).map(({ id }) => id)).toEqual([other.body.id]);
  });

  it("no reference leads into another tenant (§6.2)", async () => {
    service = await openService(mount);
    const ann = await service.create("/Users", person("ann"));
    const { status, body } = await service.call("POST", "/Groups", team("Guides", ann), two);
    expect([status, body.scimType]).toEqual([400, "invalidValue"]);
  });
});
