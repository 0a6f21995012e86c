/** RFC 7644 §3.4.3 Querying Resources Using HTTP POST, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { MESSAGES, searchRequest } from "./requests.ts";

describe.each(served())("§3.4.3 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount);
    const ann = await service.create("/Users", person("jsmith", { displayName: "Smith, James", title: "CTO" }));
    await service.create("/Users", person("bob", { displayName: "Jones" }));
    await service.create("/Groups", team("Smith Family", ann));
  });
  afterAll(() => service.close());

  it(".search at the end of an endpoint makes a POST a query", async () => {
    for (const [path, totalResults] of [
      ["/.search", 3],
      ["/Users/.search", 2],
      ["/Groups/.search", 1],
    ] as const) {
      const { status, body } = await service.call("POST", path, searchRequest({}));
      expect([status, body.schemas, body.totalResults]).toEqual([200, [`${MESSAGES}:ListResponse`], totalResults]);
    }
    expect((await service.call("GET", "/Users?count=0")).body.totalResults).toBe(2);
  });

  it("the body takes every parameter of §3.4.2", async () => {
    const { body } = await service.call(
      "POST",
      "/Users/.search",
      searchRequest({
        attributes: ["displayName", "userName"],
        filter: "displayName pr",
        sortBy: "displayName",
        sortOrder: "descending",
        startIndex: 1,
        count: 1,
      }),
    );
    expect(body).toMatchObject({ totalResults: 2, startIndex: 1, itemsPerPage: 1 });
    expect(resourcesOf(body).map(({ displayName, userName }) => [displayName, userName])).toEqual([
      ["Smith, James", "jsmith"],
    ]);
    const excluded = await service.call("POST", "/.search", searchRequest({ excludedAttributes: ["meta", "id"] }));
    for (const resource of resourcesOf(excluded.body)) {
      expect(resource).not.toHaveProperty("meta");
      expect(resource).toHaveProperty("id");
    }
  });

  it("the query of figure 4 finds users and groups", async () => {
    const { body } = await service.call(
      "POST",
      "/.search",
      searchRequest({
        attributes: ["displayName", "userName"],
        filter: 'displayName sw "smith"',
        startIndex: 1,
        count: 10,
      }),
    );
    expect(body).toMatchObject({ totalResults: 2, itemsPerPage: 2, startIndex: 1 });
    expect(
      resourcesOf(body)
        .map(({ displayName }) => displayName)
        .sort(),
    ).toEqual(["Smith Family", "Smith, James"]);
    for (const resource of resourcesOf(body)) expect(resource).not.toHaveProperty("meta");
  });

  it("a query is identified by the URN of SearchRequest: else invalidSyntax", async () => {
    for (const schemas of [[`${MESSAGES}:PatchOp`], [], "x"]) {
      const { status, body } = await service.call("POST", "/Users/.search", { schemas, filter: "userName pr" });
      expect([status, body.scimType]).toEqual([400, "invalidSyntax"]);
    }
  });

  it("what is wrong with a parameter is answered as in a URL", async () => {
    const scimTypeOf = async (parameters: Record<string, unknown>) =>
      (await service.call("POST", "/Users/.search", searchRequest(parameters))).body.scimType;
    expect(await scimTypeOf({ filter: "userName" })).toBe("invalidFilter");
    expect(await scimTypeOf({ sortBy: "colour" })).toBe("invalidValue");
    expect(await scimTypeOf({ count: "many" })).toBe("invalidValue");
    expect(await scimTypeOf({ attributes: ["id"], excludedAttributes: ["meta"] })).toBe("invalidValue");
    expect(await scimTypeOf({ filter: {} })).toBe("invalidSyntax");
  });
});
