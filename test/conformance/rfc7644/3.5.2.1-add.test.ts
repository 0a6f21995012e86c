/** RFC 7644 §3.5.2.1 Add Operation, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, type Service, team } from "../../service.ts";
import { ENT, patchOp, USER } from "./requests.ts";

describe.each(served())("§3.5.2.1 over '$name'", (mount) => {
  let service: Service;
  let count = 0;

  beforeAll(async () => {
    service = await openService(mount);
  });
  afterAll(() => service.close());

  const user = async (more: JsonObject = {}): Promise<string> =>
    `/Users/${await service.create("/Users", person(`user${++count}`, more))}`;
  const add = async (at: string, path: string | undefined, value: unknown): Promise<JsonObject> => {
    const { status, body, text } = await service.call("PATCH", at, patchOp({ op: "add", path, value }));
    expect(status, text).toBe(200);
    return body;
  };

  it("must have a value: else invalidValue", async () => {
    const path = await user();
    for (const target of ["title", undefined]) {
      const { status, body } = await service.call("PATCH", path, patchOp({ op: "add", path: target }));
      expect([status, body.scimType]).toEqual([400, "invalidValue"]);
    }
  });

  it("without a path, the value's attributes are added to the resource", async () => {
    const path = await user({ emails: [{ value: "a@x.example" }] });
    const body = await add(path, undefined, {
      emails: [{ value: "babs@jensen.org", type: "home" }],
      nickname: "Babs",
      [ENT]: { department: "IT" },
    });
    expect(body).toMatchObject({
      schemas: [USER, ENT],
      emails: [{ value: "a@x.example" }, { value: "babs@jensen.org", type: "home" }],
      nickName: "Babs",
      [ENT]: { department: "IT" },
    });
  });

  it("an attribute that does not exist is added with its value", async () => {
    const path = await user();
    expect((await add(path, "title", "CTO")).title).toBe("CTO");
    expect((await add(path, "name.givenName", "Ann")).name).toEqual({ givenName: "Ann" });
    expect((await add(path, "emails", [{ value: "a@x.example" }])).emails).toMatchObject([{ value: "a@x.example" }]);
  });

  it("a complex attribute gets the sub-attributes of the value, and keeps the others", async () => {
    const path = await user({ name: { givenName: "Ann", familyName: "Lee" } });
    expect((await add(path, "name", { familyName: "Young", middleName: "B" })).name).toEqual({
      givenName: "Ann",
      familyName: "Young",
      middleName: "B",
    });
  });

  it("a multi-valued attribute gets a new value, be it one or a list", async () => {
    const path = await user({ emails: [{ value: "a@x.example" }] });
    await add(path, "emails", { value: "b@x.example" });
    const { emails } = await add(path, "emails", [{ value: "c@x.example" }, { value: "d@x.example" }]);
    expect(emails).toMatchObject(["a", "b", "c", "d"].map((name) => ({ value: `${name}@x.example` })));
  });

  it("a single value that exists is replaced", async () => {
    const path = await user({ title: "CTO" });
    expect((await add(path, "title", "CEO")).title).toBe("CEO");
  });

  it("a value that is already there changes nothing, succeeds, and leaves the modify timestamp", async () => {
    const path = await user({ title: "CTO", emails: [{ value: "a@x.example", type: "work" }] });
    const before = (await service.call("GET", path)).body;
    expect(await add(path, "title", "CTO")).toEqual(before);
    expect(await add(path, "emails", [{ value: "a@x.example", type: "work" }])).toEqual(before);
    const member = { value: path.slice("/Users/".length) };
    const group = `/Groups/${await service.create("/Groups", team("same", member.value))}`;
    const known = (await service.call("GET", group)).body;
    const answer = await service.call("PATCH", group, patchOp({ op: "add", path: "members", value: [member] }));
    expect(answer.status).toBe(204);
    expect((await service.call("GET", group)).body).toEqual(known);
  });

  it("members are added to a group, whatever else a client says of them", async () => {
    const [ann, bob] = [(await user()).slice(7), (await user()).slice(7)];
    const group = `/Groups/${await service.create("/Groups", team("members", ann))}`;
    const value = [{ display: "Babs", $ref: `https://example.com/v2/Users/${bob}`, value: bob }];
    expect((await service.call("PATCH", group, patchOp({ op: "add", path: "members", value }))).status).toBe(204);
    const { members } = (await service.call("GET", group)).body;
    expect(members).toMatchObject([{ value: ann }, { value: bob }]);
  });
});
