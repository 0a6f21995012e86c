/** A host's tables, mapped in the fewest lines, are a complete store. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resourcesOf } from "../service.ts";
import { found, openSmallHost, patchOf, type SmallHost } from "./small-host.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const ann = {
  userName: "Ann@x.io",
  externalId: "00u1",
  name: { givenName: "Ann", familyName: "Lee", middleName: "B." },
  emails: [
    { type: "work", value: "Ann@x.io", primary: true },
    { type: "home", value: "ann@home.example" },
  ],
  title: "Engineer",
  active: true,
  [enterprise]: { department: "R&D", division: "North" },
};
describe.each(databases)("The mapped tables in %s", (_, url) => {
  let host: SmallHost;
  beforeAll(async () => {
    host = await openSmallHost({ url });
  }, 60_000);
  afterAll(() => host.close());
  beforeEach(() => host.clear());

  const create = async (body: object, path = "/Users"): Promise<string> => {
    const answer = await host.call("POST", path, body);
    expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
    return String(answer.body.id);
  };
  const rowOf = (id: string) =>
    host.db.selectFrom("users").selectAll().where("id", "=", Number(id)).executeTakeFirstOrThrow();

  it("hold a user's attributes in their columns, and what has no column in the rest", async () => {
    const { id, ...row } = await rowOf(await create(ann));
    expect(row).toEqual({
      workspace_id: 1,
      email: "Ann@x.io",
      scim_external_id: "00u1",
      first_name: "Ann",
      last_name: "Lee",
      disabled_at: null,
      department: "R&D",
      role: "guest",
      scim_attributes: {
        name: { middleName: "B." },
        'emails[type eq "work"]': { primary: true },
        emails: [{ type: "home", value: "ann@home.example" }],
        title: "Engineer",
        [enterprise]: { division: "North" },
      },
    });
  });

  it("give back what was put in", async () => {
    const id = await create(ann);
    const { body } = await host.call("GET", `/Users/${id}`);
    expect(body).toEqual({ schemas: body.schemas, ...ann, id, meta: body.meta });
  });

  it("serve rows that the host made itself", async () => {
    await host.db.insertInto("users").values({ workspace_id: 1, email: "old@x.io", role: "owner" }).execute();
    const { body } = await host.call("GET", found("/Users", 'userName eq "OLD@x.io"'));
    expect(resourcesOf(body)).toMatchObject([
      { userName: "old@x.io", active: true, emails: [{ type: "work", value: "old@x.io" }] },
    ]);
  });

  it("without columns for dates, meta has none, and an ETag all the same", async () => {
    const id = await create(ann);
    const { body, headers } = await host.call("GET", `/Users/${id}`);
    expect(body.meta).toEqual({
      resourceType: "User",
      location: `https://app.example/scim/v2/Users/${id}`,
      version: headers.ETag,
    });
    expect(headers.ETag).toMatch(/^W\/"\d+"$/);
  });

  it.each([
    ["a column", { op: "replace", path: "name.givenName", value: "Anna" }],
    ["the rest", { op: "replace", path: "title", value: "CTO" }],
  ])("the version changes with a change in %s, and with nothing else", async (_where, operation) => {
    const id = await create(ann);
    const before = await host.call("GET", `/Users/${id}`);
    const changed = await host.call("PATCH", `/Users/${id}`, patchOf(operation));
    expect(changed.headers.ETag).not.toBe(before.headers.ETag);
    const again = await host.call("PATCH", `/Users/${id}`, patchOf(operation));
    expect(again.headers.ETag).toBe(changed.headers.ETag);
    const late = await host.call("PATCH", `/Users/${id}`, patchOf(operation), {
      "if-match": before.headers.ETag ?? "",
    });
    expect(late.status).toBe(412);
  });

  it("the version changes with a write of the host's own", async () => {
    const id = await create(ann);
    const before = await host.call("GET", `/Users/${id}`);
    await host.db.updateTable("users").set({ first_name: "Anna" }).where("id", "=", Number(id)).execute();
    const after = await host.call("GET", `/Users/${id}`, undefined, { "if-none-match": before.headers.ETag ?? "" });
    expect([after.status, after.headers.ETag === before.headers.ETag]).toEqual([200, false]);
  });

  it("a group's version changes with its members", async () => {
    const id = await create(ann);
    const group = await create({ displayName: "Design" }, "/Groups");
    const tag = async () => (await host.call("GET", `/Groups/${group}`)).headers.ETag;
    const empty = await tag();
    await host.call("PATCH", `/Groups/${group}`, patchOf({ op: "add", path: "members", value: [{ value: id }] }));
    const one = await tag();
    await host.call("DELETE", `/Users/${id}`);
    expect(new Set([empty, one, await tag()]).size).toBe(3);
  });

  it("dates that nothing holds can neither be searched nor sorted by", async () => {
    for (const query of [
      `filter=${encodeURIComponent('meta.created gt "2020-01-01T00:00:00Z"')}`,
      "sortBy=meta.lastModified",
    ]) {
      const { status, body } = await host.call("GET", `/Users?${query}`);
      expect([status, body.scimType, body.detail]).toEqual([400, "invalidFilter", expect.stringContaining('"meta.')]);
    }
  });

  it("groups are the tenant's whose users they are of", async () => {
    const id = await create(ann);
    const group = await create({ displayName: "Design", members: [{ value: id }] }, "/Groups");
    expect(await host.db.selectFrom("teams").select("workspace_id").execute()).toEqual([{ workspace_id: 1 }]);
    const { body } = await host.call("GET", `/Users/${id}`);
    expect(body.groups).toMatchObject([{ value: group, display: "Design", type: "direct" }]);
    const two = { authorization: "Bearer two" };
    expect((await host.call("GET", `/Groups/${group}`, undefined, two)).status).toBe(404);
    const stolen = await host.call("POST", "/Groups", { displayName: "Theirs", members: [{ value: id }] }, two);
    expect([stolen.status, stolen.body.scimType]).toEqual([400, "invalidValue"]);
  });

  describe("Two attributes on one column", () => {
    it("are one value: who changes one, changes the other", async () => {
      const id = await create({ userName: "ann@x.io" });
      await host.call("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "userName", value: "lee@x.io" }));
      const work = patchOf({ op: "replace", path: 'emails[type eq "work"].value', value: "al@x.io" });
      expect((await host.call("GET", `/Users/${id}`)).body.emails).toEqual([{ type: "work", value: "lee@x.io" }]);
      expect((await host.call("PATCH", `/Users/${id}`, work)).status).toBe(200);
      expect((await rowOf(id)).email).toBe("al@x.io");
    });

    it("may differ in case where case does not matter", async () => {
      const id = await create({ userName: "Ann@x.io", emails: [{ type: "work", value: "ann@x.io" }] });
      expect((await rowOf(id)).email).toBe("Ann@x.io");
    });

    it.each([
      ["POST", "/Users", { userName: "ann@x.io", emails: [{ type: "work", value: "lee@x.io" }] }],
      ["PUT", undefined, { userName: "al@x.io", emails: [{ type: "work", value: "lee@x.io" }] }],
      [
        "PATCH",
        undefined,
        patchOf({ op: "replace", value: { userName: "al@x.io", emails: [{ type: "work", value: "lee@x.io" }] } }),
      ],
    ])("to which a %s gives different values, refuse it", async (method, path, body) => {
      const url = path ?? `/Users/${await create({ userName: "old@x.io" })}`;
      const answer = await host.call(method, url, body);
      expect(answer).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
      expect(answer.body.detail).toBe(
        '"userName" and "emails[type eq "work"].value" are one value on this server; send the same for both.',
      );
    });

    it("one of which is removed keep the value, and the version", async () => {
      const id = await create({ userName: "ann@x.io" });
      const before = await host.call("GET", `/Users/${id}`);
      const after = await host.call("PATCH", `/Users/${id}`, patchOf({ op: "remove", path: "emails" }));
      expect(after.body.emails).toEqual([{ type: "work", value: "ann@x.io" }]);
      expect(after.headers.ETag).toBe(before.headers.ETag);
    });

    it("whose value is taken are refused by the name of the one that is unique", async () => {
      await create({ userName: "ann@x.io" });
      const id = await create({ userName: "lee@x.io" });
      const work = patchOf({ op: "replace", path: 'emails[type eq "work"].value', value: "ANN@x.io" });
      const { status, body } = await host.call("PATCH", `/Users/${id}`, work);
      expect([status, body.scimType, body.detail]).toEqual([409, "uniqueness", expect.stringContaining('"userName"')]);
    });
  });
});
