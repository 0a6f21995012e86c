/** RFC 7644 §3.12 HTTP Status and Error Response Handling: every row of tables 8 and 9, over every mount. */
import { ScimError } from "scimkit";
import { memoryStore } from "scimkit/memory";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answered } from "../../client.ts";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";
import { bulkRequest, Device, device, filterBy, MESSAGES, patchOp, searchRequest, USER } from "./requests.ts";

describe.each(served())("§3.12 over '$name'", (mount) => {
  let service: Service;
  let errors: unknown[] = [];

  beforeEach(async () => {
    errors = [];
    const broken = memoryStore();
    service = await openService(mount, {
      sensitiveAttributes: ["name", "emails.value"],
      limits: { bulkOperations: 2 },
      features: { bulk: true },
      resources: [
        {
          type: Device,
          store: {
            ...broken,
            get: async (id, want, context) => {
              if (id === "broken") throw new Error("The disk at 10.0.0.7 is full.");
              return broken.get(id, want, context);
            },
          },
        },
      ],
      beforeCommit: ({ after }) => {
        if (after !== undefined && "userName" in after && after.userName === "root")
          throw ScimError.forbidden("Nobody may be called root.");
      },
      onError: ({ cause }) => errors.push(cause),
    });
  });
  afterEach(() => service.close());

  const failure = ({ status, body, headers }: Answered & { readonly body: JsonObject }): unknown => {
    expect(headers["content-type"]).toBe("application/scim+json");
    expect(body).toMatchObject({ schemas: [`${MESSAGES}:Error`], status: String(status), detail: expect.any(String) });
    return body.scimType === undefined ? status : [status, body.scimType];
  };
  const get = async (path: string): Promise<unknown> => failure(await service.call("GET", path));
  const send = async (method: string, path: string, body: unknown): Promise<unknown> =>
    failure(await service.call(method, path, body));
  const user = async (userName = "ann", more: JsonObject = {}): Promise<string> =>
    `/Users/${await service.create("/Users", person(userName, more))}`;

  it("an error is JSON with the URN of Error, the status as a string, scimType where one fits, and a detail", async () => {
    const { status, body } = await service.call("GET", "/Users?filter=x");
    expect(status).toBe(400);
    expect(Object.keys(body).sort()).toEqual(["detail", "schemas", "scimType", "status"]);
    expect(body).toMatchObject({ schemas: [`${MESSAGES}:Error`], status: "400", scimType: "invalidFilter" });
    expect(String(body.detail).length).toBeGreaterThan(10);
    const { body: missing } = await service.call("GET", "/Users/nobody");
    expect(Object.keys(missing).sort()).toEqual(["detail", "schemas", "status"]);
  });

  it("400: a request that is unparsable, syntactically incorrect, or violates schema", async () => {
    expect(await get("/Users?filter=(")).toEqual([400, "invalidFilter"]);
    expect(await send("POST", "/Users", [])).toEqual([400, "invalidSyntax"]);
    expect(await send("POST", "/Users", { schemas: [USER] })).toEqual([400, "invalidValue"]);
  });

  it("401: an authorization header that is invalid or missing", async () => {
    for (const authorization of ["", "Bearer nobody's", "Basic b25lOm9uZQ=="]) {
      const answer = await service.call("GET", "/Users", undefined, { authorization });
      expect(failure(answer)).toBe(401);
      expect(answer.headers).toHaveProperty("www-authenticate");
    }
  });

  it("403: an operation that is not permitted", async () => {
    expect(await send("POST", "/Users", person("root"))).toBe(403);
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(0);
  });

  it("404: a resource or an endpoint that does not exist", async () => {
    expect(await get("/Users/nobody")).toBe(404);
    expect(await get("/Nowhere")).toBe(404);
    expect(await send("PATCH", "/Users/nobody", patchOp({ op: "remove", path: "title" }))).toBe(404);
  });

  it("405, with Allow: a method that an endpoint does not take", async () => {
    const answer = await service.call("DELETE", "/Users");
    expect([failure(answer), answer.headers.allow]).toEqual([405, "GET, HEAD, POST"]);
  });

  it("409: a duplicate of an existing resource", async () => {
    await user();
    expect(await send("POST", "/Users", person("Ann"))).toEqual([409, "uniqueness"]);
  });

  it("412: an update of a resource that has changed on the server", async () => {
    const path = await user();
    const old = { "if-match": 'W/"old"' };
    expect(failure(await service.call("PUT", path, person("ann"), old))).toBe(412);
    expect(failure(await service.call("PATCH", path, patchOp({ op: "remove", path: "title" }), old))).toBe(412);
    expect(failure(await service.call("DELETE", path, undefined, old))).toBe(412);
  });

  it("413: a bulk request over a limit, which the detail names", async () => {
    const operation = { method: "DELETE", path: "/Users/nobody" };
    const answer = await service.call("POST", "/Bulk", bulkRequest([operation, operation, operation]));
    expect(failure(answer)).toBe(413);
    expect(answer.body.detail).toContain("maxOperations (2)");
  });

  it("500: an internal error, which says nothing of its cause to the client, and all of it to the host", async () => {
    const answer = await service.call("GET", "/Devices/broken");
    expect(failure(answer)).toBe(500);
    expect(answer.text).not.toContain("10.0.0.7");
    expect(errors).toEqual([new Error("The disk at 10.0.0.7 is full.")]);
  });

  it("501: an operation that the service provider does not support", async () => {
    expect(await get("/Me")).toBe(501);
    await service.close();
    service = await openService(mount, { features: { patch: false, bulk: false } });
    expect(await send("PATCH", await user(), patchOp({ op: "remove", path: "title" }))).toBe(501);
    expect(await send("POST", "/Bulk", bulkRequest([]))).toBe(501);
  });

  it("invalidFilter: GET, search, and the filter in the path of a PATCH", async () => {
    const wrong = "userName regex 7";
    expect(await get(`/Users?${filterBy(wrong)}`)).toEqual([400, "invalidFilter"]);
    expect(await send("POST", "/Users/.search", searchRequest({ filter: wrong }))).toEqual([400, "invalidFilter"]);
    expect(await send("POST", "/.search", searchRequest({ filter: wrong }))).toEqual([400, "invalidFilter"]);
    const remove = patchOp({ op: "remove", path: "emails[type eq]" });
    expect(await send("PATCH", await user(), remove)).toEqual([400, "invalidFilter"]);
    expect(await get(`/Users?${filterBy("active gt true")}`)).toEqual([400, "invalidFilter"]);
  });

  it("tooMany: GET and search", async () => {
    expect(await get("/?sortBy=id&startIndex=10001")).toEqual([400, "tooMany"]);
    const deep = searchRequest({ sortBy: "id", startIndex: 10_001 });
    expect(await send("POST", "/.search", deep)).toEqual([400, "tooMany"]);
  });

  it("uniqueness: POST, PUT and PATCH", async () => {
    await user("taken");
    const path = await user();
    const rename = patchOp({ op: "replace", path: "userName", value: "taken" });
    expect(await send("POST", "/Users", person("taken"))).toEqual([409, "uniqueness"]);
    expect(await send("PUT", path, person("taken"))).toEqual([409, "uniqueness"]);
    expect(await send("PATCH", path, rename)).toEqual([409, "uniqueness"]);
  });

  it("mutability: PUT and PATCH", async () => {
    const path = `/Devices/${await service.create("/Devices", device("1", { site: "Oslo" }))}`;
    expect(await send("PUT", path, device("1", { site: "Bergen" }))).toEqual([400, "mutability"]);
    const move = patchOp({ op: "replace", path: "site", value: "Bergen" });
    expect(await send("PATCH", path, move)).toEqual([400, "mutability"]);
    const rename = patchOp({ op: "replace", path: "id", value: "2" });
    expect(await send("PATCH", path, rename)).toEqual([400, "mutability"]);
  });

  it("invalidSyntax: search, create, bulk, PUT and PATCH", async () => {
    const path = await user();
    for (const [method, at] of [
      ["POST", "/Users"],
      ["POST", "/Users/.search"],
      ["POST", "/.search"],
      ["POST", "/Bulk"],
      ["PUT", path],
      ["PATCH", path],
    ] as const) {
      expect(await send(method, at, ["not", "an", "object"]), `${method} ${at}`).toEqual([400, "invalidSyntax"]);
      const answer = await service.call(method, at, undefined, { "content-type": "application/scim+json" });
      expect(failure(answer), `${method} ${at}`).toEqual([400, "invalidSyntax"]);
    }
  });

  it("invalidPath: PATCH", async () => {
    const path = await user();
    for (const wrong of ["colour", "emails[type eq", "title.x.y", ""]) {
      const patch = patchOp({ op: "replace", path: wrong, value: "x" });
      expect(await send("PATCH", path, patch), wrong).toEqual([400, "invalidPath"]);
    }
  });

  it("noTarget: PATCH", async () => {
    const path = await user("ann", { emails: [{ type: "work", value: "a@x.example" }] });
    expect(await send("PATCH", path, patchOp({ op: "remove" }))).toEqual([400, "noTarget"]);
    const none = { op: "replace", path: 'emails[type ne "work"].value', value: "b@x.example" };
    expect(await send("PATCH", path, patchOp(none))).toEqual([400, "noTarget"]);
  });

  it("invalidValue: GET, create, search, PUT and PATCH", async () => {
    const path = await user();
    const wrong = { schemas: [USER], userName: "bob", active: "perhaps" };
    expect(await get("/Users?count=many")).toEqual([400, "invalidValue"]);
    expect(await send("POST", "/Users", wrong)).toEqual([400, "invalidValue"]);
    expect(await send("POST", "/Users", { schemas: [USER] })).toEqual([400, "invalidValue"]);
    expect(await send("POST", "/Users/.search", searchRequest({ sortBy: "colour" }))).toEqual([400, "invalidValue"]);
    expect(await send("PUT", path, wrong)).toEqual([400, "invalidValue"]);
    const patch = patchOp({ op: "replace", path: "active", value: "perhaps" });
    expect(await send("PATCH", path, patch)).toEqual([400, "invalidValue"]);
  });

  it("invalidVers: every method", async () => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await service.call(method, "/v1/Users/1", method === "GET" ? undefined : person("x"));
      expect(failure(answer)).toEqual([400, "invalidVers"]);
    }
  });

  it("sensitive: a GET whose filter compares what the host holds sensitive; the same search is answered", async () => {
    await user("ann", { name: { familyName: "Lee" }, emails: [{ value: "a@x.example" }] });
    for (const filter of [
      'name.familyName eq "Lee"',
      'emails eq "a@x.example"',
      'emails[value sw "a" and type pr]',
      'userName eq "ann" and not (name.givenName co "x")',
    ]) {
      expect(await get(`/Users?${filterBy(filter)}`), filter).toEqual([403, "sensitive"]);
      expect(await get(`/?${filterBy(filter)}`), filter).toEqual([403, "sensitive"]);
      const search = await service.call("POST", "/Users/.search", searchRequest({ filter }));
      expect([search.status, search.body.schemas], filter).toEqual([200, [`${MESSAGES}:ListResponse`]]);
    }
    for (const filter of ['userName eq "ann"', "name pr", 'emails.type eq "work"']) {
      expect((await service.call("GET", `/Users?${filterBy(filter)}`)).status, filter).toBe(200);
    }
  });

  it("an operation of a bulk request gets the same keywords", async () => {
    await user("taken");
    const operations = [
      { method: "POST", path: "/Users", bulkId: "a", data: person("taken") },
      { method: "POST", path: "/Users", bulkId: "b", data: { schemas: [USER] } },
    ];
    const { body } = await service.call("POST", "/Bulk", bulkRequest(operations));
    expect(body.Operations).toMatchObject([
      { status: "409", response: { scimType: "uniqueness" } },
      { status: "400", response: { scimType: "invalidValue" } },
    ]);
  });
});
