/** RFC 7643 §3 schemas, §3.1 common attributes, §3.3 where extensions lie, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { patchOp } from "./device.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

describe.each(served())("RFC 7643 §3 resources over '$name'", (mount) => {
  let service: Service;
  let strict: Service;
  let serial = 0;

  beforeAll(async () => {
    service = await openService(mount);
    strict = await openService(mount, { dialects: [] });
  });
  afterAll(async () => {
    await service.close();
    await strict.close();
  });

  const names = (): string => `user${++serial}`;
  const metaOf = ({ meta }: JsonObject): JsonObject => (isObject(meta) ? meta : {});

  it("every representation has schemas, not empty, without duplicates, and of its resource type alone", async () => {
    const { body } = await service.call(
      "POST",
      "/Users",
      person(names(), { schemas: [enterprise, core], [enterprise]: { department: "D" } }),
    );
    const group = await service.create("/Groups", team("G", String(body.id)));
    expect(body.schemas).toEqual([core, enterprise]);
    expect((await service.call("GET", `/Users/${body.id}`)).body.schemas).toEqual([core, enterprise]);
    expect((await service.call("GET", `/Groups/${group}`)).body.schemas).toEqual([core.replace("User", "Group")]);
    // A store that is asked for the userName alone need not know of the extension.
    const { schemas: projected } = (await service.call("GET", `/Users/${body.id}?attributes=userName`)).body;
    expect([[core], [core, enterprise]]).toContainEqual(projected);
    for (const path of ["/Users", "/ServiceProviderConfig", "/ResourceTypes", "/Schemas", "/Nowhere"]) {
      const { schemas } = (await service.call("GET", path)).body;
      expect(Array.isArray(schemas) && schemas.length).toBe(1);
    }
  });

  it("a client's schemas must be there, hold the base schema, and name nothing else and nothing twice", async () => {
    for (const schemas of [undefined, [], [enterprise], [core, core], [core, "urn:example:foreign"], core]) {
      const { status } = await strict.call("POST", "/Users", { schemas, userName: names() });
      expect([schemas, status]).toEqual([schemas, 400]);
    }
  });

  it("the order of schemas means nothing", async () => {
    for (const schemas of [
      [core, enterprise],
      [enterprise, core],
    ]) {
      const sent = { schemas, userName: names(), [enterprise]: { department: "D" } };
      const { status, body } = await strict.call("POST", "/Users", sent);
      expect([status, body.schemas, body[enterprise]]).toEqual([201, [core, enterprise], { department: "D" }]);
    }
  });

  it("an extension's attributes lie under its URI, and there alone (§3.3)", async () => {
    const sent = person(names(), { department: "top", [enterprise]: { department: "D", nickName: "N" } });
    const { body } = await strict.call("POST", "/Users", { ...sent, schemas: [core, enterprise] });
    expect(body).not.toHaveProperty("department");
    expect(body).not.toHaveProperty("nickName");
    expect(body[enterprise]).toEqual({ department: "D" });
  });

  it("id is the server's: not empty, in every representation, stable, whatever the client says (§3.1)", async () => {
    const userName = names();
    const { body, status } = await service.call("POST", "/Users", person(userName, { id: "mine" }));
    expect(status).toBe(201);
    expect(body.id).toEqual(expect.stringMatching(/./));
    expect(body.id).not.toBe("mine");
    const path = `/Users/${body.id}`;
    const answers = [
      await service.call("PUT", path, person(userName, { id: "other" })),
      await service.call("PATCH", path, patchOp({ op: "add", path: "title", value: "T" })),
      await service.call("GET", path),
      await service.call("GET", `${path}?attributes=title`),
      await service.call("GET", `${path}?excludedAttributes=id`),
    ];
    expect(answers.map(({ body: answer }) => answer.id)).toEqual(answers.map(() => body.id));
    const refused = await service.call("PATCH", path, patchOp({ op: "replace", path: "id", value: "other" }));
    expect([refused.status, refused.body.scimType]).toEqual([400, "mutability"]);
  });

  it("ids are unique across all resources, differ in tenants, never come again, and are compared with their case", async () => {
    const made = [
      await service.create("/Users", person(names())),
      await service.create("/Users", person(names())),
      await service.create("/Groups", team("A group of its own")),
    ];
    const elsewhere = await service.call("POST", "/Users", person(names()), { authorization: "Bearer two" });
    const all = [...made, String(elsewhere.body.id)];
    expect(new Set(all).size).toBe(4);
    expect(all.filter((id) => id.toLowerCase().includes("bulkid"))).toEqual([]);
    await service.call("DELETE", `/Users/${made[0]}`);
    const again = await service.create("/Users", person(names()));
    expect(all).not.toContain(again);
    expect((await service.call("GET", `/Users/${made[0]}`)).status).toBe(404);
    const upper = String(made[1]).toUpperCase();
    const { body } = await service.call("GET", `/Users?filter=id+eq+%22${upper}%22`);
    expect(body.totalResults).toBe(upper === made[1] ? 1 : 0);
  });

  it("externalId is the client's: kept with its case, never made up, and not unique (§3.1)", async () => {
    const externalId = `Ext-${names()}`;
    const first = await service.create("/Users", person(names(), { externalId }));
    const second = await service.create("/Users", person(names(), { externalId }));
    const without = await service.create("/Users", person(names()));
    const find = async (value: string, headers = {}) =>
      resourcesOf(
        (await service.call("GET", `/Users?filter=externalId+eq+%22${value}%22`, undefined, headers)).body,
      ).map(({ id }) => id);
    expect(await find(externalId)).toEqual([first, second]);
    expect(await find(externalId.toLowerCase())).toEqual([]);
    expect(await find(externalId, { authorization: "Bearer two" })).toEqual([]);
    expect((await service.call("GET", `/Users/${without}`)).body).not.toHaveProperty("externalId");
  });

  it("meta is assigned by the server, and ignored from clients (§3.1)", async () => {
    const userName = names();
    const meta = {
      resourceType: "Group",
      created: "2000-01-01T00:00:00Z",
      location: "https://example.com/",
      version: "1",
    };
    const { body, headers } = await service.call("POST", "/Users", person(userName, { meta }));
    expect(metaOf(body)).toMatchObject({
      resourceType: "User",
      created: expect.stringMatching(dateTime),
      lastModified: expect.stringMatching(dateTime),
      location: expect.stringMatching(new RegExp(`/Users/${body.id}$`)),
      version: headers.etag,
    });
    expect(metaOf(body).created).not.toBe(meta.created);
    const put = await service.call("PUT", `/Users/${body.id}`, person(userName, { meta }));
    expect(metaOf(put.body)).toEqual(metaOf(body));
  });

  it("lastModified is created until something changes, and then is later (§3.1)", async () => {
    const { body } = await service.call("POST", "/Users", person(names()));
    expect(metaOf(body).lastModified).toBe(metaOf(body).created);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const patched = await service.call("PATCH", `/Users/${body.id}`, patchOp({ op: "add", path: "title", value: "T" }));
    expect(metaOf(patched.body).created).toBe(metaOf(body).created);
    expect(Date.parse(String(metaOf(patched.body).lastModified))).toBeGreaterThan(
      Date.parse(String(metaOf(body).lastModified)),
    );
  });

  it("meta.location is the Content-Location header, and leads to the resource (§3.1)", async () => {
    const userName = names();
    const created = await service.call("POST", "/Users", person(userName));
    const path = `/Users/${created.body.id}`;
    const answers = [created, await service.call("GET", path), await service.call("PUT", path, person(userName))];
    for (const { headers, body } of answers) expect(headers["content-location"]).toBe(metaOf(body).location);
    const location = String(metaOf(created.body).location);
    expect((await service.call("GET", location.slice(location.indexOf("/Users/")))).body.id).toBe(created.body.id);
  });

  it("meta.version is the ETag header, and weak, since it does not change with every byte (§3.1)", async () => {
    const { body } = await service.call("POST", "/Users", person(names()));
    const { headers, body: read } = await service.call("GET", `/Users/${body.id}`);
    expect([metaOf(read).version, /^W\/"/.test(String(headers.etag))]).toEqual([headers.etag, true]);
  });

  it("common attributes are there without a schema of their own, and can be filtered and sorted by (§3.1)", async () => {
    const { body } = await service.call("GET", `/Schemas/${core}`);
    const shown = (Array.isArray(body.attributes) ? body.attributes : []).map(({ name }) => name);
    expect(shown.filter((name) => ["id", "externalId", "meta", "schemas"].includes(name))).toEqual([]);
    const now = await service.call(
      "GET",
      "/Users?filter=meta.created+gt+%222000-01-01T00:00:00Z%22&sortBy=meta.created",
    );
    expect([now.status, Number(now.body.totalResults) > 0]).toEqual([200, true]);
  });
});
