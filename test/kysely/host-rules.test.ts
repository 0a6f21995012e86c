/** What is the host's to decide: values of new rows, what is written beside, what becomes of the deleted. */
import { sql, type Transaction } from "kysely";
import { createScim, ScimError, type ScimOptions } from "scimkit";
import { kyselyGroups, kyselyUsers } from "scimkit/kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTables, type Ctx as LargeCtx, mapTables, openDatabase } from "./host.ts";
import { type Ctx, type Database, found, openSmallHost, patchOf, type SmallHost } from "./small-host.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

type BeforeCommit = NonNullable<ScimOptions<Ctx, [], [], Transaction<Database>>["beforeCommit"]>;

describe.each(databases)("In %s", (_, url) => {
  describe("beforeCommit", () => {
    let host: SmallHost;
    let rule: BeforeCommit = () => {};
    beforeAll(async () => {
      host = await openSmallHost({ url, scim: { beforeCommit: (change, ctx, trx) => rule(change, ctx, trx) } });
      await sql`drop table if exists audit`.execute(host.db);
      await sql`create table audit (entry text not null)`.execute(host.db);
    }, 60_000);
    afterAll(() => host.close());
    beforeEach(async () => {
      rule = () => {};
      await host.clear();
      await sql`truncate audit`.execute(host.db);
    });

    const entries = async (): Promise<readonly string[]> => {
      const { rows } = await sql<{ entry: string }>`select entry from audit order by 1`.execute(host.db);
      return rows.map(({ entry }) => entry);
    };
    const writeDown: BeforeCommit = async ({ operation, resourceType, changed, members }, { workspaceId }, trx) => {
      const entry = [workspaceId, operation, resourceType, changed.join(), members.added.length].join(" ");
      await sql`insert into audit values (${entry})`.execute(trx);
    };

    it("is given Kysely's transaction: what it writes commits with the write", async () => {
      rule = writeDown;
      const { body } = await host.call("POST", "/Users", { userName: "ann@x.io" });
      await host.call("PATCH", `/Users/${body.id}`, patchOf({ op: "replace", path: "title", value: "CTO" }));
      await host.call("POST", "/Groups", { displayName: "Design", members: [{ value: body.id }] });
      await host.call("DELETE", `/Users/${body.id}`);
      expect(await entries()).toEqual([
        "1 create Group  1",
        "1 create User  0",
        "1 delete User  0",
        "1 patch User title 0",
      ]);
    });

    it("can change the very row, and what it makes of it is committed", async () => {
      rule = async ({ id }, _ctx, trx) => {
        await trx.updateTable("users").set({ role: "admin" }).where("id", "=", Number(id)).execute();
      };
      await host.call("POST", "/Users", { userName: "ann@x.io" });
      expect(await host.db.selectFrom("users").select("role").execute()).toEqual([{ role: "admin" }]);
    });

    it.each([
      ["a ScimError", () => ScimError.forbidden("No seats left."), 403, "No seats left."],
      ["anything else", () => new Error("of the host's own"), 500, "The server could not process the request."],
    ])("that throws %s rolls back both its own writes and the request's", async (_what, thrown, status, detail) => {
      const ann = await host.call("POST", "/Users", { userName: "ann@x.io" });
      const team = await host.call("POST", "/Groups", { displayName: "Design" });
      const before = await snapshot(host);
      rule = async (change, ctx, trx) => {
        await writeDown(change, ctx, trx);
        throw thrown();
      };
      const { id } = ann.body;
      const refused = [
        await host.call("POST", "/Users", { userName: "lee@x.io" }),
        await host.call("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "userName", value: "lee@x.io" })),
        await host.call("PUT", `/Users/${id}`, { userName: "lee@x.io", title: "CTO" }),
        await host.call(
          "PATCH",
          `/Groups/${team.body.id}`,
          patchOf({ op: "add", path: "members", value: [{ value: id }] }),
        ),
        await host.call("DELETE", `/Groups/${team.body.id}`),
        await host.call("DELETE", `/Users/${id}`),
      ];
      expect(refused.map((answer) => [answer.status, answer.body.detail])).toEqual(refused.map(() => [status, detail]));
      expect(await snapshot(host)).toEqual(before);
      expect(await entries()).toEqual([]);
    });

    it("whose own statement fails rolls back, and is answered with 500", async () => {
      rule = async (_change, _ctx, trx) => {
        await sql`insert into audit values (null)`.execute(trx);
      };
      const { status } = await host.call("POST", "/Users", { userName: "ann@x.io" });
      expect([status, await host.db.selectFrom("users").select("id").execute()]).toEqual([500, []]);
    });
  });

  describe("onCreate and onAdd", () => {
    it("give new rows what SCIM does not, also as SQL; what SCIM says, and the tenant, go before it", async () => {
      const host = await openSmallHost({
        url,
        map: (db) => {
          const users = kyselyUsers({
            db,
            table: "users",
            key: "id",
            tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }),
            columns: { userName: "email", "name.givenName": "first_name" },
            onCreate: (ctx, { userName }) => ({
              role: `${ctx.defaultRole} ${String(userName)}`,
              first_name: "Nobody",
              last_name: sql<string>`upper('unknown')`,
              department: db.selectFrom("teams").select("name").where("name", "=", "Design").$asScalar(),
              workspace_id: 99,
            }),
          });
          const members = { table: "team_members", group: "team_id", user: "user_id" } as const;
          return {
            users,
            groups: kyselyGroups({ db, table: "teams", key: "id", columns: { displayName: "name" }, users, members }),
          };
        },
      });
      await host.call("POST", "/Users", { userName: "ann@x.io", name: { givenName: "Ann" } });
      await host.call("POST", "/Groups", { displayName: "Design" });
      await host.call("POST", "/Users", { userName: "lee@x.io" });
      const rows = await host.db.selectFrom("users").selectAll().orderBy("id").execute();
      expect(rows).toMatchObject([
        { role: "guest ann@x.io", first_name: "Ann", last_name: "UNKNOWN", department: null, workspace_id: 1 },
        { role: "guest lee@x.io", first_name: "Nobody", last_name: "UNKNOWN", department: "Design", workspace_id: 1 },
      ]);
      await host.close();
    }, 60_000);
  });

  describe("A column that marks the deleted", () => {
    it("hides them everywhere, keeps their rows, and frees their userName", async () => {
      const db = await openDatabase(url);
      await createTables(db);
      const { users, groups } = mapTables(db);
      const scim = createScim<LargeCtx>({ users, groups, authenticate: () => ({ workspaceId: 1 }) });
      const call = async (method: string, path: string, json?: object) => {
        const body = json === undefined ? {} : { body: { json } };
        const answer = await scim.handle({ method, url: path, baseUrl: "https://app.example", headers: {}, ...body });
        return { status: answer.status, body: JSON.parse(answer.body ?? "{}") };
      };
      const ann = (await call("POST", "/Users", { userName: "ann@x.io", active: false })).body.id;
      const team = (await call("POST", "/Groups", { displayName: "Design", members: [{ value: ann }] })).body.id;
      expect((await call("DELETE", `/Users/${ann}`)).status).toBe(204);
      const { email, deleted_at: deletedAt } = await db.selectFrom("users").selectAll().executeTakeFirstOrThrow();
      expect([email, deletedAt]).toEqual(["ann@x.io", expect.any(Date)]);
      expect((await call("GET", `/Users/${ann}`)).status).toBe(404);
      expect((await call("GET", found("/Users", 'userName eq "ann@x.io"'))).body.totalResults).toBe(0);
      expect((await call("GET", `/Groups/${team}`)).body.members).toBeUndefined();
      expect(
        (await call("PATCH", `/Users/${ann}`, patchOf({ op: "replace", path: "active", value: true }))).status,
      ).toBe(404);
      expect((await call("DELETE", `/Users/${ann}`)).status).toBe(404);
      const join = patchOf({ op: "add", path: "members", value: [{ value: ann }] });
      expect((await call("PATCH", `/Groups/${team}`, join)).status).toBe(400);
      const again = await call("POST", "/Users", { userName: "Ann@x.io" });
      expect([again.status, again.body.id === ann]).toEqual([201, false]);
      expect((await call("POST", "/Users", { userName: "ann@x.io" })).status).toBe(409);
      await db.destroy();
    }, 60_000);
  });

  it("a row that other data refers to is not deleted, and the client is told why", async () => {
    const host = await openSmallHost({ url });
    await sql`drop table if exists audit`.execute(host.db);
    await sql`create table audit (user_id int not null references users)`.execute(host.db);
    const { body } = await host.call("POST", "/Users", { userName: "ann@x.io" });
    await sql`insert into audit values (${Number(body.id)})`.execute(host.db);
    const answer = await host.call("DELETE", `/Users/${body.id}`);
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining("deactivate it instead")]);
    expect((await host.call("GET", `/Users/${body.id}`)).status).toBe(200);
    await sql`drop table audit`.execute(host.db);
    await host.close();
  }, 60_000);
});

async function snapshot({ db }: SmallHost): Promise<unknown> {
  return [
    await db.selectFrom("users").selectAll().orderBy("id").execute(),
    await db.selectFrom("teams").selectAll().orderBy("id").execute(),
    await db.selectFrom("team_members").selectAll().execute(),
  ];
}
