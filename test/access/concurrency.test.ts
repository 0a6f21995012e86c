/** Access between transactions that really run at the same time: on a PostgreSQL server. */
import { type Kysely, sql } from "kysely";
import { createScim, ScimError } from "scimkit";
import { createAccess, type DesiredAccess } from "scimkit/access";
import { type ConnectionContext, createConnections } from "scimkit/connections";
import { kyselyAccess, kyselyConnections, scimkitTables } from "scimkit/kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPool } from "../connections/stores.ts";
import { startPostgres } from "../postgres.ts";
import { roles } from "./host.ts";

const server = await startPostgres();

if (server === undefined) test("needs a PostgreSQL server, and there is none", () => {});
else {
  const { url, stop } = server;
  describe("Access on a PostgreSQL server", () => {
    let db: Kysely<unknown>;
    let host: Awaited<ReturnType<typeof openHost>>;
    beforeAll(async () => {
      db = openPool(url);
      host = await openHost(db);
    });
    afterAll(async () => {
      await db.destroy();
      await stop();
    });

    test("a thousand creations at once never exceed the seats", async () => {
      const answers = await Promise.all(
        Array.from({ length: 1_000 }, (_, n) => host.send("POST", "/Users", { userName: `seat${n}` })),
      );
      const seated = answers.filter(({ status }) => status === 201);
      expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 403)).toEqual([]);
      expect(seated).toHaveLength(25);
      const { rows } = await sql<{ count: string }>`select count(*)::text as count from seats`.execute(db);
      expect(rows).toEqual([{ count: "25" }]);
    });

    test("who is in which group at the end has the roles of those groups, whoever wrote last", async () => {
      const [ann, bo] = await host.people();
      const teams: string[] = [];
      for (const role of ["member", "admin", "owner"]) {
        const team = await host.create("/Groups", { displayName: `Team of ${role}` });
        teams.push(team);
        await host.access.changeRules("acme", host.connection, { add: [{ group: { id: team }, role }] });
      }
      await host.access.work();
      const writes = Array.from({ length: 120 }, (_, n) => {
        const user = n % 2 === 0 ? ann : bo;
        const isLast = n >= 114;
        const op = isLast || n % 3 !== 0 ? "add" : "remove";
        const path = op === "add" ? "members" : `members[value eq "${user}"]`;
        return {
          team: teams[n % 3] ?? "",
          operation: { op, path, ...(op === "add" ? { value: [{ value: user }] } : {}) },
        };
      });
      const wave = async (some: typeof writes): Promise<void> => {
        const answers = await Promise.all(some.map(({ team, operation }) => host.patch(`/Groups/${team}`, operation)));
        expect(answers.filter(({ status }) => status !== 204)).toEqual([]);
      };
      await wave(writes.slice(0, 114));
      const granted = async (user: string) =>
        (await host.access.explainAccess("acme", host.connection, user))?.roles.map(({ role }) => role);
      expect(await host.rolesOf(ann)).toEqual(await granted(ann));
      expect(await host.rolesOf(bo)).toEqual(await granted(bo));
      await wave(writes.slice(114));
      expect([...(await host.rolesOf(ann))].sort()).toEqual(["admin", "member", "owner", "viewer"]);
      expect([...(await host.rolesOf(bo))].sort()).toEqual(["admin", "member", "owner", "viewer"]);
    });

    test("rules that come and go while members do: nobody is forgotten", async () => {
      const people = await host.people();
      const team = await host.create("/Groups", { displayName: "Late" });
      await Promise.all([
        ...people.map((user) =>
          host.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: user }] }),
        ),
        host.access.changeRules("acme", host.connection, { add: [{ group: { displayName: "late" }, role: "owner" }] }),
      ]);
      await host.access.work();
      for (const user of people) expect(await host.rolesOf(user)).toContain("owner");
    });

    test("of two last owners who are deactivated at once, one stays", async () => {
      await sql`delete from granted where role = 'owner'`.execute(db);
      const [ann, bo] = await host.people();
      for (const user of [ann, bo]) await sql`insert into granted values (${user}, 'owner')`.execute(db);
      const off = { op: "replace", path: "active", value: false };
      const answers = await Promise.all([ann, bo].map((user) => host.patch(`/Users/${user}`, off)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });
}

/** A host with tables of its own for seats and roles, which its hooks write in the transaction of the SCIM write. */
async function openHost(db: Kysely<unknown>) {
  await sql`create table seats (user_id text primary key)`.execute(db);
  await sql`create table granted (user_id text, role text, primary key (user_id, role))`.execute(db);
  const connectionStore = kyselyConnections(db);
  const accessStore = kyselyAccess(db);
  const tables = scimkitTables(db, { tenant: ({ workspace }: ConnectionContext) => workspace });
  for (const each of [connectionStore, accessStore, tables]) await each.migrate();
  const connections = createConnections({ store: connectionStore, roles: () => roles.map((id) => ({ id, name: id })) });
  const access = createAccess<Kysely<unknown>>({
    connections,
    store: accessStore,
    async reconcileAccess({ user, roles: next }: DesiredAccess, _ctx, tx = db) {
      await sql`delete from granted where user_id = ${user}`.execute(tx);
      for (const { role } of next) await sql`insert into granted values (${user}, ${role})`.execute(tx);
    },
    async admit({ id }, _ctx, tx) {
      const { rows } = await sql<{ count: string }>`select count(*)::text as count from seats`.execute(tx);
      if (Number(rows[0]?.count) >= 25) throw new ScimError(403, "All 25 seats are taken.");
      await sql`insert into seats values (${id})`.execute(tx);
    },
    async guard({ kind, user }, _ctx, tx = db) {
      if (kind === "role") return;
      const { rows } = await sql`select 1 from granted where role = 'owner' and user_id <> ${user}`.execute(tx);
      if (rows.length === 0) throw new ScimError(409, "The last owner of a workspace stays.");
      await sql`delete from granted where user_id = ${user}`.execute(tx);
    },
  });
  const scim = createScim(access.scim(tables));
  const { id: connection } = await connections.create("acme", { defaultRole: "viewer" });
  const { secret } = await connections.issueToken("acme", connection);
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
  const send = (method: string, path: string, json?: object) =>
    scim.handle({
      method,
      url: path,
      headers,
      baseUrl: "https://x.example",
      ...(json === undefined ? {} : { body: { json } }),
    });
  const bodyOf = async (method: string, path: string, json?: object) =>
    Object(JSON.parse((await send(method, path, json)).body ?? "{}"));
  return {
    access,
    connection,
    send,
    create: async (path: string, json: object): Promise<string> => String((await bodyOf("POST", path, json)).id),
    patch: (path: string, ...Operations: readonly object[]) =>
      send("PATCH", path, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations }),
    async people(): Promise<[string, string, ...string[]]> {
      const { Resources } = await bodyOf("GET", "/Users?attributes=id");
      const [first = "", second = "", ...rest] = Resources.map(({ id }: { id: string }) => id);
      return [first, second, ...rest];
    },
    async rolesOf(user: string): Promise<readonly string[]> {
      const { rows } = await sql<{
        role: string;
      }>`select role from granted where user_id = ${user} order by role`.execute(db);
      return rows.map(({ role }) => role);
    },
  };
}
