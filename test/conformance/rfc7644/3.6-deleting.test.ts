/** RFC 7644 §3.6 Deleting Resources, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, type Service, team } from "../../service.ts";
import { bulkRequest, filterBy, MESSAGES, patchOp, searchRequest } from "./requests.ts";

describe.each(served())("§3.6 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount);
  });
  afterAll(() => service.close());

  const deleted = async (userName: string): Promise<string> => {
    const id = await service.create("/Users", person(userName));
    expect((await service.call("DELETE", `/Users/${id}`)).status).toBe(204);
    return id;
  };

  it("success is 204 without a body", async () => {
    const id = await service.create("/Users", person("ann"));
    const { status, text } = await service.call("DELETE", `/Users/${id}`);
    expect([status, text]).toEqual([204, ""]);
  });

  it("every operation on a deleted resource is 404", async () => {
    const path = `/Users/${await deleted("bob")}`;
    const answers = [
      await service.call("GET", path),
      await service.call("PUT", path, person("bob")),
      await service.call("PATCH", path, patchOp({ op: "add", path: "title", value: "CTO" })),
      await service.call("DELETE", path),
    ];
    for (const { status, body } of answers) {
      expect([status, body.status, body.schemas]).toEqual([404, "404", [`${MESSAGES}:Error`]]);
    }
    const { body } = await service.call("POST", "/Bulk", bulkRequest([{ method: "DELETE", path }]));
    expect(body.Operations).toMatchObject([{ status: "404" }]);
  });

  it("a deleted resource is in no query's results", async () => {
    const id = await deleted("cat");
    const filter = `id eq "${id}"`;
    for (const answer of [
      await service.call("GET", `/Users?${filterBy(filter)}`),
      await service.call("GET", `/?${filterBy('userName eq "cat"')}`),
      await service.call("POST", "/Users/.search", searchRequest({ filter })),
    ]) {
      expect([answer.status, answer.body.totalResults]).toEqual([200, 0]);
    }
  });

  it("a deleted user is no member any more", async () => {
    const dan = await service.create("/Users", person("dan"));
    const group = `/Groups/${await service.create("/Groups", team("left", dan))}`;
    await service.call("DELETE", `/Users/${dan}`);
    expect((await service.call("GET", group)).body).not.toHaveProperty("members");
  });

  it("a deleted resource is not considered in conflict calculation", async () => {
    await deleted("eve");
    expect((await service.call("POST", "/Users", person("eve"))).status).toBe(201);
  });
});
