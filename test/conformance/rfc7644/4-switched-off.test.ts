/** RFC 7644: optional features that are switched off, and what ServiceProviderConfig (§4) says of them; every mount. */
import { afterEach, describe, expect, it } from "vitest";
import { served, usersBut } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { bulkRequest, filterBy, MESSAGES, patchOp, searchRequest } from "./requests.ts";

describe.each(served())("Switched off over '$name'", (mount) => {
  let service: Service;
  afterEach(() => service.close());

  const config = async () => (await service.call("GET", "/ServiceProviderConfig")).body;

  it("PATCH answers 501, alone and in bulk, and PUT goes on", async () => {
    service = await openService(mount, { features: { patch: false } });
    const path = `/Users/${await service.create("/Users", person("ann"))}`;
    const patch = patchOp({ op: "add", path: "title", value: "CTO" });
    const { status, body } = await service.call("PATCH", path, patch);
    expect([status, body.status, body.schemas]).toEqual([501, "501", [`${MESSAGES}:Error`]]);
    const bulk = await service.call("POST", "/Bulk", bulkRequest([{ method: "PATCH", path, data: patch }]));
    expect(bulk.body.Operations).toMatchObject([{ status: "501", response: { status: "501" } }]);
    expect((await service.call("PUT", path, person("ann", { title: "CTO" }))).status).toBe(200);
    expect(await config()).toMatchObject({ patch: { supported: false } });
  });

  it("filter answers 400 invalidFilter, and never with everything", async () => {
    service = await openService(mount, { features: { filter: false } });
    await service.create("/Users", person("ann"));
    for (const answer of [
      await service.call("GET", `/Users?${filterBy('userName eq "x"')}`),
      await service.call("GET", `/?${filterBy('userName eq "x"')}`),
      await service.call("POST", "/Users/.search", searchRequest({ filter: "userName pr" })),
    ]) {
      expect([answer.status, answer.body.scimType]).toEqual([400, "invalidFilter"]);
    }
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(1);
    expect(await config()).toMatchObject({ filter: { supported: false } });
  });

  it("sort is ignored", async () => {
    service = await openService(mount, { features: { sort: false } });
    for (const name of ["zoe", "ann"]) await service.create("/Users", person(name));
    const plain = await service.call("GET", "/Users");
    for (const query of ["sortBy=userName", "sortBy=userName&sortOrder=descending", "sortBy=colour"]) {
      const { status, body } = await service.call("GET", `/Users?${query}`);
      expect([status, body]).toEqual([200, plain.body]);
    }
    expect(await config()).toMatchObject({ sort: { supported: false } });
  });

  it("ETags are neither sent nor looked at", async () => {
    service = await openService(mount, { features: { etag: false } });
    const { body, headers } = await service.call("POST", "/Users", person("ann"));
    const path = `/Users/${body.id}`;
    expect(headers).not.toHaveProperty("etag");
    expect(body.meta).not.toHaveProperty("version");
    const read = await service.call("GET", path, undefined, { "if-none-match": "*" });
    expect([read.status, read.body.id]).toEqual([200, body.id]);
    const put = await service.call("PUT", path, person("ann"), { "if-match": 'W/"other"' });
    expect(put.status).toBe(200);
    const operation = { method: "DELETE", path, version: 'W/"other"' };
    const bulk = await service.call("POST", "/Bulk", bulkRequest([operation]));
    expect(bulk.body.Operations).toMatchObject([{ status: "204" }]);
    expect(await config()).toMatchObject({ etag: { supported: false } });
  });

  it("bulk answers 501", async () => {
    service = await openService(mount, { features: { bulk: false } });
    const operation = { method: "POST", path: "/Users", bulkId: "a", data: person("ann") };
    const { status, body } = await service.call("POST", "/Bulk", bulkRequest([operation]));
    expect([status, body.status, body.schemas]).toEqual([501, "501", [`${MESSAGES}:Error`]]);
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(0);
    expect(await config()).toMatchObject({ bulk: { supported: false } });
  });

  it("a password is ignored while changePassword is off, as it is by default, and given to a store that keeps it while it is on", async () => {
    const open = async (changePassword: boolean): Promise<unknown[]> => {
      const given: unknown[] = [];
      const { users, groups } = await mount.openStores(changePassword);
      const create: typeof users.create = (draft, want, context) => {
        given.push(draft.resource.password);
        return users.create(draft, want, context);
      };
      service = await openService(mount, { features: { changePassword }, users: usersBut(users, { create }), groups });
      return given;
    };
    const withheld = await open(false);
    const secret = person("ann", { password: "t1meMa$heen" });
    expect((await service.call("POST", "/Users", secret)).status).toBe(201);
    expect(withheld).toEqual([undefined]);
    expect(await config()).toMatchObject({ changePassword: { supported: false } });
    await service.close();
    const handedOver = await open(true);
    const created = await service.call("POST", "/Users", secret);
    expect([created.status, created.body.password]).toEqual([201, undefined]);
    expect(handedOver).toEqual([mount.keepsPasswords ? "t1meMa$heen" : undefined]);
    expect(await config()).toMatchObject({ changePassword: { supported: mount.keepsPasswords } });
  });

  it("cursors answer 400 invalidCursor", async () => {
    service = await openService(mount, { features: { cursor: false } });
    const { status, body } = await service.call("GET", "/Users?cursor=&count=1");
    expect([status, body.scimType]).toEqual([400, "invalidCursor"]);
    expect(await config()).toMatchObject({ pagination: { cursor: false, index: true } });
  });

  it("/Me answers 501", async () => {
    service = await openService(mount);
    expect((await service.call("GET", "/Me")).status).toBe(501);
  });

  it("what is on by default is said to be", async () => {
    service = await openService(mount);
    expect(await config()).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true },
      filter: { supported: true },
      sort: { supported: true },
      etag: { supported: true },
      changePassword: { supported: false },
    });
    await service.create("/Groups", team("Guides"));
    expect(resourcesOf((await service.call("GET", "/Groups?sortBy=displayName")).body)).toHaveLength(1);
  });
});
