/** `/Schemas` says what a mapping keeps, and a filter that it cannot serve is refused by name. RFC 7643 §7, RFC 7644 §4. */
import { sql } from "kysely";
import { kyselyGroups, kyselyUsers } from "scimkit/kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../match.ts";
import { type Ctx, found, openSmallHost, patchOf, type SmallHost } from "./small-host.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** A mapping without a rest: what it does not name, it does not keep. */
const openBareHost = (): Promise<SmallHost> =>
  openSmallHost({
    map: (db) => {
      const users = kyselyUsers({
        db,
        table: "users",
        key: "id",
        tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }),
        columns: {
          userName: "email",
          "name.givenName": "first_name",
          title: { column: "role", read: (role) => role.toUpperCase(), write: "ignore" },
          nickName: { column: "last_name", read: (name) => name ?? undefined, filter: (column) => sql`${column}` },
          'emails[type eq "work"].value': { column: "email", write: false },
          [`${enterprise}:department`]: "department",
        },
        onCreate: (ctx) => ({ role: ctx.defaultRole }),
      });
      const members = { table: "team_members", group: "team_id", user: "user_id" } as const;
      return {
        users,
        groups: kyselyGroups({ db, table: "teams", key: "id", columns: { displayName: "name" }, members }),
      };
    },
  });

/** The names of the attributes of a schema, sub-attributes after a dot. */
async function advertised(host: SmallHost, urn: string): Promise<readonly string[]> {
  const { body } = await host.call("GET", `/Schemas/${urn}`);
  return namesIn(body.attributes);
}

function namesIn(attributes: unknown): readonly string[] {
  return (Array.isArray(attributes) ? attributes : []).filter(isObject).flatMap((attribute) => {
    const { name, subAttributes } = attribute;
    return [String(name), ...namesIn(subAttributes).map((sub) => `${String(name)}.${sub}`)];
  });
}

describe("/Schemas", () => {
  it("without a rest, has what has a column, and nothing else", async () => {
    const host = await openBareHost();
    expect(await advertised(host, "urn:ietf:params:scim:schemas:core:2.0:User")).toEqual([
      "userName",
      "name",
      "name.givenName",
      "nickName",
      "title",
      "emails",
      "emails.value",
      "emails.type",
      "groups",
      "groups.value",
      "groups.$ref",
      "groups.display",
      "groups.type",
    ]);
    expect(await advertised(host, enterprise)).toEqual(["department"]);
    expect(await advertised(host, "urn:ietf:params:scim:schemas:core:2.0:Group")).toEqual(
      expect.arrayContaining(["displayName", "members", "members.value"]),
    );
    await host.close();
  }, 60_000);

  it("with a rest, has everything but what no column hides", async () => {
    const host = await openSmallHost();
    const names = await advertised(host, "urn:ietf:params:scim:schemas:core:2.0:User");
    expect(names).toEqual(expect.arrayContaining(["title", "emails.primary", "addresses.country", "x509Certificates"]));
    expect(names).not.toContain("password");
    expect(await advertised(host, enterprise)).toEqual(expect.arrayContaining(["manager.value", "costCenter"]));
    await host.close();
  }, 60_000);
});

describe("What has no column and no rest", () => {
  let host: SmallHost;
  let id: string;
  beforeAll(async () => {
    host = await openBareHost();
    const body = { userName: "ann@x.io", displayName: "Ann", externalId: "e1", [enterprise]: { division: "North" } };
    id = String((await host.call("POST", "/Users", body)).body.id);
  }, 60_000);
  afterAll(() => host.close());
  const detailOf = async (path: string): Promise<JsonObject> => {
    const { status, body } = await host.call("GET", path);
    return { status, scimType: body.scimType, detail: body.detail };
  };

  it("is not kept, and not shown", async () => {
    const { body } = await host.call("GET", `/Users/${id}`);
    expect(Object.keys(body).sort()).toEqual(["emails", "id", "meta", "schemas", "title", "userName"]);
  });

  it.each([
    ["displayName", 'displayName eq "x"'],
    ["displayName", 'userName eq "ann@x.io" or not (displayName pr)'],
    ["externalId", 'externalId eq "x"'],
    [`${enterprise}:division`, `${enterprise}:division co "x"`],
    ["familyName", 'name.familyName eq "x"'],
    ["meta.created", 'userName pr and meta.created lt "2020-01-01T00:00:00Z"'],
    ["title", 'title eq "x"'],
    ["title", "not (title pr)"],
  ])("is not searched by: %s, in %s", async (name, filter) => {
    expect(await detailOf(found("/Users", filter))).toEqual({
      status: 400,
      scimType: "invalidFilter",
      detail: expect.stringContaining(`"${name}"`),
    });
  });

  it("is not sorted by, where only a function of the host's reads it", async () => {
    expect(await detailOf("/Users?sortBy=title")).toMatchObject({
      status: 400,
      detail: expect.stringContaining('"title"'),
    });
  });

  it("is searched and sorted by where the mapping says how", async () => {
    await host.db.updateTable("users").set({ last_name: "Lee" }).execute();
    expect((await host.call("GET", found("/Users", 'nickName eq "lee"'))).body.totalResults).toBe(1);
    expect((await host.call("GET", "/Users?sortBy=nickName")).body.totalResults).toBe(1);
  });
});

describe("An attribute with `write: false`", () => {
  let host: SmallHost;
  let id: string;
  beforeAll(async () => {
    host = await openBareHost();
    id = String((await host.call("POST", "/Users", { userName: "ann@x.io" })).body.id);
  }, 60_000);
  afterAll(() => host.close());

  it("may be said as it is", async () => {
    const body = { userName: "ann@x.io", emails: [{ type: "work", value: "ann@x.io" }] };
    expect((await host.call("PUT", `/Users/${id}`, body)).status).toBe(200);
  });

  it("is not set to anything else", async () => {
    const body = { userName: "ann@x.io", emails: [{ type: "work", value: "lee@x.io" }] };
    for (const answer of [
      await host.call("PUT", `/Users/${id}`, body),
      await host.call("POST", "/Users", { ...body, userName: "other@x.io" }),
      await host.call("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "emails", value: body.emails })),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { scimType: "mutability" } });
      expect(answer.body.detail).toContain('"emails[type eq "work"].value"');
    }
    expect(await host.db.selectFrom("users").select("email").execute()).toEqual([{ email: "ann@x.io" }]);
  });
});
