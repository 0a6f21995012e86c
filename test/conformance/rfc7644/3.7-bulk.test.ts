/** RFC 7644 §3.7 Bulk Operations, over every mount. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { bulkRequest, ENT, MESSAGES, patchOp, USER } from "./requests.ts";

const post = (path: string, bulkId: string, data: JsonObject): JsonObject => ({ method: "POST", path, bulkId, data });
const bad = { method: "DELETE", path: "/Users/nobody" };

describe.each(served())("§3.7 over '$name'", (mount) => {
  let service: Service;

  beforeEach(async () => {
    service = await openService(mount, { limits: { bulkOperations: 10, bulkPayload: 5_000 } });
  });
  afterEach(() => service.close());

  const bulk = async (operations: readonly JsonObject[], more: JsonObject = {}): Promise<readonly JsonObject[]> => {
    const { status, body, text } = await service.call("POST", "/Bulk", bulkRequest(operations, more));
    expect([status, body.schemas], text).toEqual([200, [`${MESSAGES}:BulkResponse`]]);
    return Array.isArray(body.Operations) ? body.Operations.filter(isObject) : [];
  };
  const statuses = (results: readonly JsonObject[]): readonly unknown[] => results.map(({ status }) => status);
  const read = async (location: unknown): Promise<JsonObject> =>
    (await service.call("GET", /\/(?:Users|Groups)\/[^/]+$/.exec(String(location))?.[0] ?? "/")).body;

  it("POST, PUT, PATCH and DELETE are each done as a single request would be, in order", async () => {
    const [kept, gone] = [
      await service.create("/Users", person("kept")),
      await service.create("/Users", person("gone")),
    ];
    const results = await bulk([
      post("/Users", "qwerty", person("Alice")),
      { method: "PUT", path: `/Users/${kept}`, data: person("kept", { nickName: "K" }) },
      { method: "PATCH", path: `/Users/${kept}`, data: patchOp({ op: "add", path: "title", value: "CTO" }) },
      { method: "DELETE", path: `/Users/${gone}` },
    ]);
    expect(results.map(({ method, status }) => [method, status])).toEqual([
      ["POST", "201"],
      ["PUT", "200"],
      ["PATCH", "200"],
      ["DELETE", "204"],
    ]);
    expect(await read(results[0]?.location)).toMatchObject({ userName: "Alice" });
    expect(await read(`/Users/${kept}`)).toMatchObject({ nickName: "K", title: "CTO" });
    expect((await service.call("GET", `/Users/${gone}`)).status).toBe(404);
  });

  it("a bulk request has the URN of BulkRequest, and Operations: else 400 invalidSyntax", async () => {
    for (const body of [
      { schemas: [`${MESSAGES}:PatchOp`], Operations: [] },
      { schemas: [`${MESSAGES}:BulkRequest`] },
      bulkRequest([], { failOnErrors: 0 }),
      bulkRequest([], { failOnErrors: "1" }),
      { schemas: [`${MESSAGES}:BulkRequest`], Operations: [7] },
      bulkRequest([post("/Users", "a", person("a")), post("/Users", "a", person("b"))]),
    ]) {
      const { status, body: error } = await service.call("POST", "/Bulk", body);
      expect([status, error.scimType]).toEqual([400, "invalidSyntax"]);
    }
  });

  it("method, path, data and, in strict mode, the bulkId of a POST are required of an operation", async () => {
    await service.close();
    service = await openService(mount, { dialects: [] });
    const results = await bulk([
      { method: "GET", path: "/Users" },
      { method: "POST", bulkId: "a", data: person("a") },
      { method: "POST", path: "/Users", bulkId: "b" },
      { method: "POST", path: "/Users", data: person("c") },
      { method: "PUT", path: "/Users", data: person("d") },
      { method: "POST", path: "/Users/1", bulkId: "e", data: person("e") },
      { method: "POST", path: "/Schemas", bulkId: "f", data: {} },
    ]);
    expect(statuses(results)).toEqual(["400", "400", "400", "400", "405", "405", "405"]);
    for (const { response } of results) expect(response).toMatchObject({ schemas: [`${MESSAGES}:Error`] });
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(0);
  });

  it("a job that was processed is 200, also where operations failed", async () => {
    expect(statuses(await bulk([bad, bad]))).toEqual(["404", "404"]);
    expect(await bulk([])).toEqual([]);
  });

  it("as many changes as possible are made; partial failures are disregarded", async () => {
    const results = await bulk([
      bad,
      post("/Users", "a", person("a")),
      post("/Users", "b", { schemas: [USER] }),
      post("/Users", "c", person("A")),
      post("/Users", "d", person("d")),
    ]);
    expect(statuses(results)).toEqual(["404", "201", "400", "409", "201"]);
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(2);
  });

  it("failOnErrors ends the job after so many errors, and what was done until then is returned", async () => {
    const operations = [bad, post("/Users", "a", person("a")), bad, post("/Users", "b", person("b"))];
    expect(statuses(await bulk(operations, { failOnErrors: 2 }))).toEqual(["404", "201", "404"]);
    expect(statuses(await bulk([bad, post("/Users", "c", person("c"))], { failOnErrors: 1 }))).toEqual(["404"]);
    const { body } = await service.call("GET", "/Users?attributes=userName");
    expect(resourcesOf(body).map(({ userName }) => userName)).toEqual(["a"]);
  });

  it("version is the If-Match of PUT, PATCH and DELETE, and the resource's version in the response", async () => {
    const { body, headers } = await service.call("POST", "/Users", person("v"));
    const path = `/Users/${body.id}`;
    const results = await bulk([
      { method: "PUT", path, version: headers.etag, data: person("v", { title: "1" }) },
      { method: "PUT", path, version: headers.etag, data: person("v", { title: "2" }) },
      { method: "PATCH", path, version: headers.etag, data: patchOp({ op: "add", path: "title", value: "3" }) },
      { method: "DELETE", path, version: headers.etag },
    ]);
    expect(statuses(results)).toEqual(["200", "412", "412", "412"]);
    const now = await read(path);
    expect(now.title).toBe("1");
    expect(results[0]?.version).toBe(Object(now.meta).version);
  });

  it("the same bulkId is returned with the new resource", async () => {
    const results = await bulk([post("/Users", "qwerty", person("a")), post("/Users", "ytrewq", { schemas: [USER] })]);
    expect(results.map(({ bulkId }) => bulkId)).toEqual(["qwerty", "ytrewq"]);
  });

  it("operations that are done in another order have the same result: a reference forward is waited for", async () => {
    const results = await bulk([
      post("/Groups", "g", team("Early", "bulkId:late")),
      post("/Users", "late", person("late")),
    ]);
    expect(results.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ["g", "201"],
      ["late", "201"],
    ]);
    const group = await read(results[0]?.location);
    expect(group.members).toMatchObject([{ value: String(results[1]?.location).split("/").at(-1) }]);
  });

  it("circular references are resolved (§3.7.1)", async () => {
    const results = await bulk([
      post("/Groups", "qwerty", team("Group A", "bulkId:ytrewq")),
      post("/Groups", "ytrewq", team("Group B", "bulkId:qwerty")),
    ]);
    expect(statuses(results)).toEqual(["201", "201"]);
    const { body } = await service.call("GET", "/Groups?filter=displayName+sw+%22Group%22&sortBy=displayName");
    const [a, b] = resourcesOf(body);
    expect([a?.members, b?.members]).toMatchObject([[{ value: b?.id }], [{ value: a?.id }]]);
  });

  it("a circle that cannot be resolved is 409, and leaves nothing behind (§3.7.1)", async () => {
    const results = await bulk([
      post("/Groups", "a", team("Group A", "bulkId:b")),
      post("/Groups", "b", { ...team("", "bulkId:a"), displayName: undefined }),
    ]);
    expect(statuses(results)).toEqual(["409", "400"]);
    expect((await service.call("GET", "/Groups")).body.totalResults).toBe(0);
  });

  it("bulkId:… is replaced by the permanent id, wherever a resource is referred to (§3.7.2)", async () => {
    const results = await bulk([
      post("/Users", "qwerty", person("Alice")),
      post("/Groups", "ytrewq", team("Tour Guides", "bulkId:qwerty")),
      {
        method: "PATCH",
        path: "/Groups/bulkId:ytrewq",
        data: patchOp({ op: "replace", path: "displayName", value: "Guides" }),
      },
    ]);
    expect(statuses(results)).toEqual(["201", "201", "200"]);
    const [alice, guides] = [await read(results[0]?.location), await read(results[1]?.location)];
    expect(guides).toMatchObject({ displayName: "Guides", members: [{ value: alice.id }] });
  });

  it("extensions that refer to other resources are handled in the same way (§3.7.2)", async () => {
    const results = await bulk([
      post("/Users", "qwerty", person("Alice")),
      post("/Users", "ytrewq", person("Bob", { schemas: [USER, ENT], [ENT]: { manager: { value: "bulkId:qwerty" } } })),
    ]);
    const [alice, bob] = [await read(results[0]?.location), await read(results[1]?.location)];
    expect(bob[ENT]).toMatchObject({ manager: { value: alice.id } });
  });

  it("a reference to what could not be created, or is not created, fails (§3.7.2)", async () => {
    const results = await bulk([
      post("/Users", "bad", { schemas: [USER] }),
      post("/Groups", "g", team("G", "bulkId:bad")),
      post("/Groups", "h", team("H", "bulkId:never")),
    ]);
    expect(statuses(results)).toEqual(["400", "409", "400"]);
    expect((await service.call("GET", "/Groups")).body.totalResults).toBe(0);
  });

  it("the response has the result of every operation that was processed, with its location (§3.7.3)", async () => {
    const id = await service.create("/Users", person("ann"));
    const results = await bulk([
      post("/Users", "a", person("a")),
      post("/Users", "b", { schemas: [USER] }),
      { method: "PUT", path: `/Users/${id}`, data: { schemas: [USER] } },
      { method: "DELETE", path: `/Users/${id}` },
      bad,
    ]);
    const { location } = Object((await read(results[0]?.location)).meta);
    expect(results[0]?.location).toBe(location);
    expect(results[1]).not.toHaveProperty("location");
    const base = String(location).replace(/\/Users\/.*$/, "");
    expect(results.slice(2).map((result) => result.location)).toEqual([
      `${base}/Users/${id}`,
      `${base}/Users/${id}`,
      `${base}/Users/nobody`,
    ]);
  });

  it("status is the code of the single request, and an error's response is its error body (§3.7.3)", async () => {
    await service.create("/Users", person("ann"));
    const results = await bulk([bad, post("/Users", "a", person("ann")), post("/Users", "b", person("b"))]);
    const single = (await service.call("DELETE", "/Users/nobody")).body;
    expect(results[0]).toMatchObject({ status: "404", response: single });
    expect(single).toMatchObject({ schemas: [`${MESSAGES}:Error`], status: "404", detail: expect.any(String) });
    expect(results[1]).toMatchObject({ status: "409", response: { status: "409", scimType: "uniqueness" } });
    expect(results[2]).not.toHaveProperty("response");
  });

  it("the maximum number of operations and of bytes can be retrieved (§3.7.4)", async () => {
    const { body } = await service.call("GET", "/ServiceProviderConfig");
    expect(body.bulk).toEqual({ supported: true, maxOperations: 10, maxPayloadSize: 5_000 });
  });

  it("either limit exceeded is 413, and the body says which (§3.7.4)", async () => {
    const many = await service.call("POST", "/Bulk", bulkRequest(Array.from({ length: 11 }, () => bad)));
    expect([many.status, many.body.status]).toEqual([413, "413"]);
    expect(many.body.detail).toContain("maxOperations (10)");
    const large = await service.call("POST", "/Bulk", bulkRequest([post("/Users", "a", person("a".repeat(5_000)))]));
    expect([large.status, large.body.status]).toEqual([413, "413"]);
    expect(large.body.detail).toContain("maxPayloadSize (5000)");
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(0);
  });
});
