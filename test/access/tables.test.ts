/** The tables of access: in a schema of choice, brought up to date, and part of the transaction of the SCIM write. */
import { CamelCasePlugin, type Kysely, sql } from "kysely";
import { ScimError } from "scimkit";
import { kyselyAccess } from "scimkit/kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openKysely } from "../kysely/host.ts";
import { databases, stopServer } from "../kysely/stores.ts";
import { openTablesHost, type TablesHost } from "./host-tables.ts";
import { receiptOf, since } from "./store/records.ts";

afterAll(stopServer);

const rule = { group: { displayName: "Owners" }, role: "owner" };

describe.each(databases)("%s", (_name, url) => {
  let db: Kysely<unknown>;
  beforeAll(async () => {
    db = await openKysely(url);
  });
  afterAll(() => db.destroy());

  const tablesIn = async (schema: string): Promise<readonly string[]> => {
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
      where schemaname = ${schema} and tablename like 'scim\_%' order by 1`.execute(db);
    return rows.map(({ name }) => name);
  };

  describe.each([
    ["db.withSchema", () => db.withSchema("Scim app")],
    ["db.withSchema, with names in another case", () => db.withPlugin(new CamelCasePlugin()).withSchema("scim_app")],
  ] as const)("In another schema: %s", (_how, within) => {
    test("everything is there, works, and leaves nothing in the schema of the database", async () => {
      const before = await tablesIn("public");
      const there = within();
      const host = await openTablesHost(there);
      const { id: ann } = await host.send("POST", "/Users", { userName: "ann" });
      const { id: team } = await host.send("POST", "/Groups", { displayName: "Owners", members: [{ value: ann }] });
      await host.access.changeRules("acme", host.connection, { add: [rule] });
      await host.access.work();
      const explained = await host.access.explainAccess("acme", host.connection, ann);
      expect(explained?.roles.map(({ role }) => role)).toEqual(["owner", "viewer"]);
      await host.send("DELETE", `/Groups/${team}`);
      const [entry] = await host.access.journal("acme", host.connection);
      expect(entry).toMatchObject({ operation: "delete", members: { removed: [ann] } });
      await host.access.revert("acme", host.connection, { request: entry?.request ?? "" });
      const { rows } = await sql<{ role: string }>`select role from granted where user_id = ${ann} order by 1`.execute(
        db,
      );
      expect(rows.map(({ role }) => role)).toEqual(["owner", "viewer"]);
      expect(await tablesIn("public")).toEqual(before);
      const names = await tablesIn(_how === "db.withSchema" ? "Scim app" : "scim_app");
      expect(names.filter((name) => name.startsWith("scim_access"))).toHaveLength(10);
      await kyselyAccess(there).forget(host.connection);
      expect(await host.access.journal("acme", host.connection)).toEqual([]);
    });
  });

  test("tables of an older version are brought up to date, and keep what is in them", async () => {
    const store = kyselyAccess(db, { schema: "older" });
    await store.migrate();
    const receipts = ["p1", "p2"].map((id) => ({ ...receiptOf(id), complete: id === "p2" }));
    await store.within("c2", undefined, "shared", async (unit) => {
      for (const receipt of receipts) await unit.saveReceipt(receipt, new Date(0));
      await unit.saveUsers([{ id: "u1", active: true, granted: ["w/owner"] }]);
    });
    await sql`alter table older.scim_access_receipt drop column at`.execute(db);
    await sql`alter table older.scim_access_user drop column blocked`.execute(db);
    await sql`drop index older.scim_access_journal_revert_of`.execute(db);
    await sql`delete from older.scim_access_migration where name > '0003'`.execute(db);
    await store.migrate();
    const late = new Date(since.getTime() + 1);
    await store.within("c2", undefined, "shared", async (unit) => {
      expect(await unit.receipts("all", 9)).toEqual(receipts.toReversed());
      expect(await unit.users(["u1"])).toEqual([{ id: "u1", active: true, granted: ["w/owner"] }]);
      await unit.saveReceipt({ ...receiptOf("p3"), at: late }, since);
      expect((await unit.receipts("all", 9)).map(({ id }) => id)).toEqual(["p3", "p2", "p1"]);
      await unit.saveReceipt({ ...receiptOf("p3"), at: late }, late);
      expect((await unit.receipts("all", 9)).map(({ id }) => id)).toEqual(["p3", "p1"]);
    });
  });

  if (url !== undefined) {
    test("tables that the search path finds are those that are meant, though another schema comes first", async () => {
      await kyselyAccess(db).migrate();
      const before = await tablesIn("public");
      await sql`create schema first`.execute(db);
      const there = await openKysely(`${url}?options=${encodeURIComponent("-c search_path=first,public")}`);
      await kyselyAccess(there).migrate();
      await there.destroy();
      expect([await tablesIn("first"), await tablesIn("public")]).toEqual([[], before]);
    });
  }

  describe("One transaction", () => {
    let host: TablesHost;
    let ann: string;
    let team: string;
    let fails: "no" | "reconcile" | "revoke" = "no";
    const seen: { readonly inside: unknown; readonly outside: unknown }[] = [];
    const count = async (on: Kysely<unknown>) =>
      (
        await sql<Readonly<Record<string, number>>>`select
          (select count(*)::int from scim_resource) as resources,
          (select count(*)::int from scim_member) as members,
          (select count(*)::int from scim_access_member) as memberships,
          (select count(*)::int from scim_access_journal) as journal,
          (select count(*)::int from scim_access_receipt) as receipts,
          (select count(*)::int from granted) as granted`.execute(on)
      ).rows[0];
    const all = async () =>
      (
        await sql<{ text: string }>`select json_build_array(
          (select json_agg(r order by id) from scim_resource r), (select json_agg(m) from scim_member m),
          (select json_agg(u order by id) from scim_access_user u), (select json_agg(m) from scim_access_member m),
          (select json_agg(g order by id) from scim_access_group g), (select json_agg(j order by sequence) from scim_access_journal j),
          (select json_agg(r) from scim_access_receipt r), (select json_agg(g order by user_id, role) from granted g))::text as text`.execute(
          db,
        )
      ).rows[0]?.text;

    beforeAll(async () => {
      await sql`drop table if exists granted`.execute(db);
      host = await openTablesHost(db, {
        async reconcileAccess({ user, roles: next }, _ctx, tx = db) {
          await sql`delete from granted where user_id = ${user}`.execute(tx);
          for (const { role } of next) await sql`insert into granted values (${user}, ${role})`.execute(tx);
          // PGlite has one connection: what is asked beside the transaction waits for its end.
          if (url !== undefined) seen.push({ inside: await count(tx), outside: await count(db) });
          if (fails === "reconcile") throw new ScimError(409, "No.");
        },
        surfaces: {
          sessions: {
            async revoke(user, tx = db) {
              await sql`insert into granted values (${user}, 'revoked')`.execute(tx);
            },
            remaining: () => (fails === "revoke" ? 1 : 0),
          },
        },
      });
      await host.access.changeRules("acme", host.connection, { add: [rule] });
      await host.access.work();
    });
    beforeEach(async () => {
      ({ id: ann } = await host.send("POST", "/Users", { userName: `ann ${crypto.randomUUID()}` }));
      ({ id: team } = await host.send("POST", "/Groups", { displayName: "Owners" }));
      seen.length = 0;
    });
    afterEach(async () => {
      fails = "no";
      expect((await host.send("DELETE", `/Groups/${team}`)).status).toBe(204);
    });
    const join = () => host.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: ann }] });
    const deactivate = () => host.patch(`/Users/${ann}`, { op: "replace", path: "active", value: false });

    test("a write of the store, the journal and the host's own have one transaction, and are seen together", async () => {
      const before = await count(db);
      expect((await join()).status).toBe(204);
      const after = await count(db);
      const more = (counts: typeof after, name: string) => Number(counts?.[name]) - Number(before?.[name]);
      expect(["members", "memberships", "journal", "granted"].map((name) => more(after, name))).toEqual([1, 1, 1, 1]);
      const { rows } = await sql<{ transaction: string }>`
        select xmin::text as transaction from scim_member where user_id = ${ann}::uuid
        union select xmin::text from scim_resource where id = ${team}::uuid
        union select xmin::text from scim_access_member where member_id = ${ann}
        union select xmin::text from scim_access_user where id = ${ann}
        union (select xmin::text from scim_access_journal order by sequence desc limit 1)
        union select xmin::text from granted where user_id = ${ann}`.execute(db);
      expect(rows).toHaveLength(1);
    });

    if (url !== undefined) {
      test("the host's hooks see what is written, which nobody else does", async () => {
        const before = await count(db);
        await join();
        expect(seen).toEqual([
          {
            inside: {
              ...before,
              members: Number(before?.members) + 1,
              memberships: Number(before?.memberships) + 1,
              granted: Number(before?.granted) + 1,
            },
            outside: before,
          },
        ]);
      });
    }

    test("what the host's reconcileAccess throws leaves nothing of a write, of the journal, or of its own", async () => {
      const before = await all();
      fails = "reconcile";
      expect((await join()).status).toBe(409);
      expect(await all()).toEqual(before);
      fails = "no";
      expect((await join()).status).toBe(204);
      expect(await all()).not.toEqual(before);
    });

    test("a deactivation that is not complete leaves nothing of what was revoked, nor a receipt", async () => {
      await join();
      const before = await all();
      fails = "revoke";
      expect((await deactivate()).status).toBe(503);
      expect(await all()).toEqual(before);
      fails = "no";
      expect((await deactivate()).status).toBe(200);
      expect(await host.access.receipts("acme", host.connection, 1)).toMatchObject([{ user: ann, complete: true }]);
    });

    test("a transaction that fails when it is committed takes the journal with it", async () => {
      const before = await all();
      await sql`create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'not now' using errcode = '40003'; end $$`.execute(db);
      await sql`create constraint trigger refuse after insert on scim_access_journal
        deferrable initially deferred for each row execute function refuse()`.execute(db);
      try {
        expect((await join()).status).toBeGreaterThanOrEqual(500);
        expect(await all()).toEqual(before);
      } finally {
        await sql`drop trigger refuse on scim_access_journal`.execute(db);
        await sql`drop function refuse`.execute(db);
      }
      expect((await join()).status).toBe(204);
    });
  });
});
