/** RFC 7644 §3.7 Bulk Operations, over every mount. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../match.ts";
import { served } from "../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../service.ts";

const ENT = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const bulkRequest = (Operations: readonly unknown[], more: JsonObject = {}): JsonObject => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
  ...more,
  Operations,
});
const post = (path: string, bulkId: string, data: unknown): JsonObject => ({ method: "POST", path, bulkId, data });

describe.each(served())("§3.7 over '$name'", (mount) => {
  let service: Service;

  beforeEach(async () => {
    service = await openService(mount, { limits: { bulkOperations: 20, bulkPayload: 20_000 } });
  });
  afterEach(() => service.close());

  const bulk = async (operations: readonly unknown[], more: JsonObject = {}): Promise<readonly JsonObject[]> => {
    const { status, body } = await service.call("POST", "/Bulk", bulkRequest(operations, more));
    expect(status).toBe(200);
    expect(body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]);
    return Array.isArray(body.Operations) ? body.Operations.filter(isObject) : [];
  };
  const group = async (displayName: string): Promise<JsonObject> => {
    const { body } = await service.call("GET", `/Groups?filter=displayName+eq+%22${displayName}%22`);
    return resourcesOf(body)[0] ?? {};
  };
  const user = async (userName: string): Promise<JsonObject> => {
    const { body } = await service.call("GET", `/Users?filter=userName+eq+%22${userName}%22`);
    return resourcesOf(body)[0] ?? {};
  };

  it("runs all four methods, in order, each with status, location and version", async () => {
    const kept = await service.create("/Users", person("kept"));
    const gone = await service.create("/Users", person("gone"));
    const patch = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "add", path: "title", value: "T" }],
    };
    const results = await bulk([
      post("/Users", "a", person("alice")),
      { method: "PUT", path: `/Users/${kept}`, data: person("kept", { nickName: "K" }) },
      { method: "PATCH", path: `/Users/${kept}`, data: patch },
      { method: "DELETE", path: `/Users/${gone}` },
    ]);
    expect(results.map(({ method, status, bulkId }) => [method, status, bulkId])).toEqual([
      ["POST", "201", "a"],
      ["PUT", "200", undefined],
      ["PATCH", "200", undefined],
      ["DELETE", "204", undefined],
    ]);
    for (const { location } of results) expect(location).toMatch(/\/scim\/v2\/Users\//);
    expect(results[0]?.version).toMatch(/^W\//);
    expect(await user("kept")).toMatchObject({ nickName: "K", title: "T" });
  });

  it("replaces bulkId references in members, in extensions, in PATCH paths and in operation paths", async () => {
    const results = await bulk([
      post("/Users", "a", person("alice")),
      post("/Users", "b", person("bob", { [ENT]: { manager: { value: "bulkId:a" } } })),
      post("/Groups", "g", team("Guides", "bulkId:a", "bulkId:b")),
      {
        method: "PATCH",
        path: "/Groups/bulkId:g",
        data: {
          schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          Operations: [{ op: "remove", path: 'members[value eq "bulkId:b"]' }],
        },
      },
    ]);
    expect(results.map(({ status }) => status)).toEqual(["201", "201", "201", "200"]);
    const { id } = await user("alice");
    expect((await user("bob"))[ENT]).toMatchObject({ manager: { value: id } });
    expect((await group("Guides")).members).toEqual([{ value: id, type: "User" }]);
  });

  it("a forward reference waits for what it refers to; the order of results is that of the request", async () => {
    const results = await bulk([
      post("/Groups", "g", team("Early", "bulkId:late")),
      post("/Users", "late", person("late")),
    ]);
    expect(results.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ["g", "201"],
      ["late", "201"],
    ]);
    expect((await group("Early")).members).toEqual([{ value: (await user("late")).id, type: "User" }]);
  });

  it("resolves circular references (§3.7.1)", async () => {
    const results = await bulk([
      post("/Groups", "x", team("A", "bulkId:y")),
      post("/Groups", "y", team("B", "bulkId:x")),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["201", "201"]);
    const [a, b] = [await group("A"), await group("B")];
    expect(a.members).toEqual([{ value: b.id, type: "Group" }]);
    expect(b.members).toEqual([{ value: a.id, type: "Group" }]);
  });

  it("goes on after errors, each with its own error body (§3.7.3)", async () => {
    const results = await bulk([
      post("/Users", "a", { schemas: person("x").schemas }),
      post("/Users", "b", person("bob")),
      { method: "DELETE", path: "/Users/nobody" },
      { method: "PUT", path: `/Users/nobody`, version: 'W/"1"', data: person("nobody") },
      post("/Users", "c", person("BOB")),
      { method: "GET", path: "/Users" },
      post("/Nowhere", "d", {}),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["400", "201", "404", "404", "409", "400", "404"]);
    expect(results[0]).not.toHaveProperty("location");
    expect(results[0]?.response).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "400",
    });
    expect(results[2]?.location).toMatch(/\/Users\/nobody$/);
    expect(results[4]?.response).toMatchObject({ scimType: "uniqueness" });
  });

  it("failOnErrors ends the job after so many errors", async () => {
    const bad = { method: "DELETE", path: "/Users/nobody" };
    expect(
      await bulk([bad, post("/Users", "a", person("a")), bad, post("/Users", "b", person("b"))], { failOnErrors: 2 }),
    ).toHaveLength(3);
    expect((await service.call("GET", "/Users?count=0")).body.totalResults).toBe(1);
  });

  it("an operation that refers to what could not be created fails; so does one that refers to nothing", async () => {
    const results = await bulk([
      post("/Users", "bad", { schemas: person("x").schemas }),
      post("/Groups", "g", team("G", "bulkId:bad")),
      post("/Groups", "h", team("H", "bulkId:never")),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["400", "409", "400"]);
    expect(await group("G")).toEqual({});
  });

  it("version is If-Match", async () => {
    const created = await service.call("POST", "/Users", person("v"));
    const path = `/Users/${created.body.id}`;
    const results = await bulk([
      { method: "PUT", path, version: created.headers.etag, data: person("v", { title: "1" }) },
      { method: "PUT", path, version: created.headers.etag, data: person("v", { title: "2" }) },
    ]);
    expect(results.map(({ status }) => status)).toEqual(["200", "412"]);
  });

  it("over maxOperations or maxPayloadSize it is a 413 that names the limit (§3.7.4)", async () => {
    const many = Array.from({ length: 21 }, (_, index) => post("/Users", `b${index}`, person(`u${index}`)));
    const operations = await service.call("POST", "/Bulk", bulkRequest(many));
    expect([operations.status, operations.body.detail]).toEqual([413, expect.stringContaining("maxOperations (20)")]);
    const large = [post("/Users", "a", person("a", { title: "x".repeat(20_000) }))];
    const payload = await service.call("POST", "/Bulk", bulkRequest(large));
    expect(payload.status).toBe(413);
    expect(payload.body.detail).toContain("20000");
  });

  it.each([
    ["no Operations", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"] }],
    ["another message", { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [] }],
    ["an operation that is no object", bulkRequest(["x"])],
    ["a bulkId that comes twice", bulkRequest([post("/Users", "a", {}), post("/Users", "a", {})])],
    ["failOnErrors of zero", bulkRequest([], { failOnErrors: 0 })],
  ])("%s is a 400 invalidSyntax for the whole", async (_, body) => {
    const answer = await service.call("POST", "/Bulk", body);
    expect([answer.status, answer.body.scimType]).toEqual([400, "invalidSyntax"]);
  });
});
