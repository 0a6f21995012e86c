/** RFC 7644 §3.5.1: a PUT whose members name nobody is refused; it must not read as a group without members. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../served.ts";
import { openService, person, type Service, team } from "../service.ts";

describe.each(served())("Members without a value over '$name'", (mount) => {
  let service: Service;
  let user: string;
  let path: string;

  beforeAll(async () => {
    service = await openService(mount);
    user = await service.create("/Users", person("ann"));
    path = `/Groups/${await service.create("/Groups", team("Team", user))}`;
  });
  afterAll(() => service.close());

  it.each([[{ display: "x" }], [{ value: null }], [{ value: "" }], [{}], [null]])("%j is a 400", async (member) => {
    const { status, body } = await service.call("PUT", path, { ...team("Team"), members: [member] });
    expect([status, body.scimType]).toEqual([400, "invalidValue"]);
    expect((await service.call("GET", path)).body.members).toEqual([{ value: user, type: "User" }]);
  });

  it("an empty list empties the group, as before", async () => {
    expect((await service.call("PUT", path, { ...team("Team"), members: [] })).status).toBe(200);
    expect((await service.call("GET", path)).body).not.toHaveProperty("members");
  });
});
