/** RFC 7644 §4 discovery, §3.2 routing, §3.4.3 search, §3.11 /Me, and features that are switched off, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../service.ts";

describe.each(served())("§4, §3.2, §3.4.3 over '$name'", (mount) => {
  let service: Service;
  let ann: string;

  beforeAll(async () => {
    let id = "";
    service = await openService(mount, { me: () => id });
    ann = await service.create("/Users", person("ann", { displayName: "Smith, Ann" }));
    id = ann;
    await service.create("/Users", person("bob", { displayName: "Jones" }));
    await service.create("/Groups", team("Smith family", ann));
  });
  afterAll(() => service.close());

  it("the three endpoints answer; lists are ListResponses; nothing is null", async () => {
    for (const path of ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas"]) {
      const { status, text, headers } = await service.call("GET", path);
      expect([status, headers["content-type"]]).toEqual([200, "application/scim+json"]);
      expect(text).not.toContain("null");
    }
    expect((await service.call("GET", "/ResourceTypes")).body).toMatchObject({ totalResults: 2, itemsPerPage: 2 });
  });

  it("one resource type or schema is served by itself, and an unknown one is a 404", async () => {
    const urn = "urn:ietf:params:scim:schemas:core:2.0:User";
    expect((await service.call("GET", `/Schemas/${urn}`)).body.id).toBe(urn);
    expect((await service.call("GET", "/ResourceTypes/User")).body).toMatchObject({ endpoint: "/Users", schema: urn });
    expect((await service.call("GET", "/ResourceTypes/Nobody")).status).toBe(404);
    expect((await service.call("GET", "/Schemas/urn:nobody")).status).toBe(404);
  });

  it("a filter on discovery is a 403", async () => {
    expect((await service.call("GET", "/Schemas?filter=id+pr")).status).toBe(403);
  });

  it("discovery has an ETag, and a 304", async () => {
    const { headers } = await service.call("GET", "/Schemas");
    const again = await service.call("GET", "/Schemas", undefined, { "if-none-match": String(headers.etag) });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  it("ServiceProviderConfig has every attribute that RFC 7643 §5 and RFC 9865 §4 name", async () => {
    const { body } = await service.call("GET", "/ServiceProviderConfig");
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1048576 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: "oauthbearertoken" }],
      pagination: { cursor: true, index: true, defaultPaginationMethod: "index", cursorTimeout: 3600 },
    });
  });

  it.each([
    ["PUT", "/Users", "GET, HEAD, POST"],
    ["DELETE", "/Schemas", "GET, HEAD"],
    ["GET", "/Bulk", "POST"],
    ["GET", "/Users/.search", "POST"],
    ["POST", "/Users/1", "GET, HEAD, PUT, PATCH, DELETE"],
  ])("%s %s is a 405 with Allow: %s", async (method, path, allow) => {
    const { status, headers, body } = await service.call(method, path);
    expect([status, headers.allow, body.status]).toEqual([405, allow, "405"]);
  });

  it.each(["/Nowhere", "/Users/1/2", "/serviceConfiguration", "/ServiceProviderConfigs"])(
    "%s is a 404",
    async (path) => {
      expect((await service.call("GET", path)).status).toBe(404);
    },
  );

  it.each(["/users", "//Users", "/Users/", "/%55sers"])("%s is /Users (Q3, Q4, Q10)", async (path) => {
    expect((await service.call("GET", path)).body.totalResults).toBe(2);
  });

  it("another protocol version is invalidVers (§3.13)", async () => {
    expect((await service.call("GET", "/v1/Users")).body).toMatchObject({ status: "400", scimType: "invalidVers" });
  });

  const searchRequest = (more: object): object => ({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
    ...more,
  });

  it("/.search at the root looks through every type (§3.4.3)", async () => {
    const request = searchRequest({
      attributes: ["displayName", "userName"],
      filter: 'displayName sw "smith"',
      count: 10,
    });
    const { status, body } = await service.call("POST", "/.search", request);
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalResults: 2, startIndex: 1, itemsPerPage: 2 });
    expect(resourcesOf(body).map(({ displayName }) => displayName)).toEqual(["Smith, Ann", "Smith family"]);
  });

  it("an attribute that a type lacks has no value in a root query (§3.4.2.1)", async () => {
    const { body } = await service.call("GET", "/?filter=userName+pr");
    expect(body.totalResults).toBe(2);
    const typed = await service.call("GET", "/?filter=meta.resourceType+eq+%22Group%22");
    expect(resourcesOf(typed.body).map(({ displayName }) => displayName)).toEqual(["Smith family"]);
  });

  it("a root query pages and sorts across types", async () => {
    const sorted = await service.call(
      "POST",
      "/.search",
      searchRequest({ sortBy: "displayName", count: 2, startIndex: 2 }),
    );
    expect(resourcesOf(sorted.body).map(({ displayName }) => displayName)).toEqual(["Smith family", "Smith, Ann"]);
    const second = await service.call("GET", "/?startIndex=3&count=5");
    expect(second.body).toMatchObject({ totalResults: 3, itemsPerPage: 1 });
  });

  it("/Users/.search answers as GET /Users does", async () => {
    const { body } = await service.call("POST", "/Users/.search", searchRequest({ filter: 'userName eq "BOB"' }));
    expect(resourcesOf(body)).toMatchObject([{ userName: "bob" }]);
    const broken = await service.call("POST", "/Users/.search", searchRequest({ filter: 7, count: {} }));
    expect([broken.status, broken.body.scimType]).toEqual([400, "invalidSyntax"]);
  });

  it("/Me is an alias; Location is the permanent one (§3.11)", async () => {
    const { status, body, headers } = await service.call("GET", "/Me");
    expect([status, body.id]).toEqual([200, ann]);
    expect(headers.location).toMatch(new RegExp(`/Users/${ann}$`));
    const patch = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "add", path: "nickName", value: "An" }],
    };
    expect((await service.call("PATCH", "/Me", patch)).body.nickName).toBe("An");
    expect((await service.call("POST", "/Me", person("x"))).status).toBe(501);
  });
});

describe.each(served())("Features that are off over '$name'", (mount) => {
  let service: Service;
  let id: string;

  beforeAll(async () => {
    service = await openService(mount, {
      features: { patch: false, bulk: false, sort: false, filter: false, etag: false, cursor: false },
    });
    id = await service.create("/Users", person("zoe"));
    await service.create("/Users", person("ann"));
  });
  afterAll(() => service.close());

  it("answer as the RFC says, and ServiceProviderConfig says that they are off", async () => {
    expect((await service.call("PATCH", `/Users/${id}`, {})).status).toBe(501);
    expect((await service.call("POST", "/Bulk", {})).status).toBe(501);
    expect((await service.call("GET", "/Me")).status).toBe(501);
    expect((await service.call("GET", "/Users?filter=userName+pr")).body).toMatchObject({ scimType: "invalidFilter" });
    expect((await service.call("GET", "/Users?cursor=")).body).toMatchObject({ scimType: "invalidCursor" });
    const sorted = await service.call("GET", "/Users?sortBy=userName");
    expect(resourcesOf(sorted.body)[0]).toMatchObject({ userName: "zoe" });
    const read = await service.call("GET", `/Users/${id}`, undefined, { "if-none-match": "*" });
    expect(read.status).toBe(200);
    expect(read.headers).not.toHaveProperty("etag");
    expect(read.body.meta).not.toHaveProperty("version");
    expect((await service.call("GET", "/ServiceProviderConfig")).body).toMatchObject({
      patch: { supported: false },
      bulk: { supported: false },
      sort: { supported: false },
      filter: { supported: false },
      etag: { supported: false },
      pagination: { cursor: false },
    });
  });
});
