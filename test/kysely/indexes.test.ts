/** What IdPs ask all day is answered from indexes, however large the tables. */
import { CompiledQuery, type Kysely, type RawBuilder, sql } from "kysely";
import {
  defaultGrammar,
  everything,
  type GroupStore,
  groupType,
  type ListQuery,
  parseFilter,
  type ResourceType,
  type UserStore,
  userType,
} from "scimkit";
import { scimkitTables } from "scimkit/kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, createTables, type Database, mapTables, openDatabase } from "./host.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

const ctx: Ctx = { workspaceId: 1 };
const rows = 20_000;

/** A database whose statements are heard. */
interface Heard {
  readonly db: Kysely<Database>;
  readonly users: UserStore<Ctx>;
  readonly groups: GroupStore<Ctx>;
  /** The id of the large group, and of a user who is not in it. */
  readonly group: string;
  readonly outsider: string;
}

async function fillMapped(db: Kysely<Database>): Promise<Heard> {
  await createTables(db);
  const { users, groups } = mapTables(db);
  for (const statement of [...(await users.indexDdl(ctx)), ...(await groups.indexDdl(ctx))]) {
    await sql.raw(statement).execute(db);
  }
  await sql`insert into users (workspace_id, email, scim_external_id, full_name, role, scim)
    select 1 + n % 2, 'User' || n || '@x.io', 'e' || n, 'Name ' || n, 'x', jsonb_build_object('emails', jsonb_build_array(
      jsonb_build_object('type', 'work', 'value', 'Mail' || n || '@x.io'))) from generate_series(1, ${rows}) n`.execute(
    db,
  );
  await sql`insert into teams (workspace_id, name) select 1, 'Team ' || n from generate_series(1, 5000) n`.execute(db);
  await sql`insert into team_members (team_id, user_id, role) select t.id, u.id, 'x' from teams t, users u
    where t.name = 'Team 7' and u.email <> 'User2@x.io' and u.workspace_id = 1`.execute(db);
  await sql`insert into team_members (team_id, user_id, role) select id, 2 * row_number() over (), 'x' from teams
    where name <> 'Team 7'`.execute(db);
  const group = await idOf(db, sql`select id::text from teams where name = 'Team 7'`);
  const outsider = await idOf(db, sql`select id::text from users where email = 'User2@x.io'`);
  return { db, users, groups, group, outsider };
}

async function fillReadyMade(db: Kysely<Database>): Promise<Heard> {
  const tables = scimkitTables(db, { tenant: ({ workspaceId }: Ctx) => String(workspaceId) });
  await tables.migrate();
  await sql`insert into scim_resource (id, tenant, type, resource, created_at, updated_at, version)
    select md5('u' || n)::uuid, (1 + n % 2)::text, 'User', jsonb_build_object('userName', 'User' || n || '@x.io',
      'externalId', 'e' || n, 'displayName', 'Name ' || n, 'emails', jsonb_build_array(
      jsonb_build_object('type', 'work', 'value', 'Mail' || n || '@x.io'))), now(), now(), 1
    from generate_series(1, ${rows}) n`.execute(db);
  await sql`insert into scim_resource (id, tenant, type, resource, created_at, updated_at, version)
    select md5('g' || n)::uuid, '1', 'Group', jsonb_build_object('displayName', 'Team ' || n), now(), now(), 1
    from generate_series(1, 5000) n`.execute(db);
  await sql`insert into scim_member (group_id, user_id) select md5('g7')::uuid, md5('u' || n)::uuid
    from generate_series(4, ${rows}, 2) n`.execute(db);
  await sql`insert into scim_member (group_id, user_id) select md5('g' || n)::uuid, md5('u' || 2 * n)::uuid
    from generate_series(8, 5000) n`.execute(db);
  const group = await idOf(db, sql`select md5('g7')::uuid::text as id`);
  const outsider = await idOf(db, sql`select md5('u2')::uuid::text as id`);
  return { db, users: tables.users, groups: tables.groups, group, outsider };
}

async function idOf(db: Kysely<Database>, query: RawBuilder<unknown>): Promise<string> {
  const [row] = (await sql<{ readonly id: string }>`${query}`.execute(db)).rows;
  return row?.id ?? "";
}

const layouts = [
  ["mapped tables", fillMapped],
  ["ready-made tables", fillReadyMade],
] as const;

describe.each(databases)("%s", (_, url) => {
  describe.each(layouts)("%s", (_name, fill) => {
    let heard: Heard;
    const statements: CompiledQuery[] = [];
    const types = { users: userType(), groups: groupType() };

    beforeAll(async () => {
      const db = await openDatabase(url, (query) => statements.push(query));
      heard = await fill(db);
      heard.users.connect?.(types.users);
      heard.groups.connect?.(types.groups);
      await sql`vacuum analyze`.execute(db);
      await heard.users.get("1", everything, ctx);
      await heard.groups.get("1", everything, ctx);
    }, 120_000);
    afterAll(() => heard.db.destroy());

    /** What the database would do for each of the statements that `work` makes. */
    async function plansOf(work: () => Promise<unknown>): Promise<string> {
      statements.length = 0;
      await work();
      const plans: string[] = [];
      for (const { sql: text, parameters } of statements.filter(({ sql: one }) =>
        /^\s*(select|with|update|delete|insert)/i.test(one),
      )) {
        const plan = await heard.db.executeQuery<{ "QUERY PLAN": string }>(
          CompiledQuery.raw(`explain ${text}`, [...parameters]),
        );
        plans.push(text, ...plan.rows.map((row) => row["QUERY PLAN"]));
      }
      return plans.join("\n");
    }

    const find = (type: ResourceType, filter: string, window: ListQuery["window"]): ListQuery => ({
      filter: parseFilter(filter, type, defaultGrammar),
      sort: undefined,
      window,
      want: { has: (name) => name !== "members" },
    });
    const first: ListQuery["window"] = { by: "index", startIndex: 1, count: 100 };

    it.each([
      'userName eq "USER4000@x.io"',
      'externalId eq "e4000"',
      'displayName eq "name 4000"',
      'emails.value eq "mail4000@X.io"',
      'emails[type eq "work" and value eq "mail4000@x.io"]',
      'userName eq "user4000@x.io" and active eq true',
      'id eq "{id}"',
    ])("/Users?filter=%s", async (filter) => {
      const page = await heard.users.list(find(types.users, 'userName eq "user4000@x.io"', first), ctx);
      const text = filter.replace("{id}", page.resources[0]?.id ?? "");
      let total = 0;
      const plans = await plansOf(async () => {
        total = (await heard.users.list(find(types.users, text, first), ctx)).total;
      });
      expect(plans).not.toContain("Seq Scan");
      expect(total).toBe(filter.includes("active") && _name === "ready-made tables" ? 0 : 1);
    });

    it.each(['displayName eq "TEAM 4000"', 'members.value eq "{outsider}"'])("/Groups?filter=%s", async (filter) => {
      const text = filter.replace("{outsider}", heard.outsider);
      const plans = await plansOf(() => heard.groups.list(find(types.groups, text, first), ctx));
      expect(plans).not.toContain("Seq Scan");
    });

    it("a far page by cursor reads no more than its rows, and counts nothing", async () => {
      const page = (position: string | undefined) =>
        heard.users.list(
          { filter: undefined, sort: undefined, window: { by: "cursor", position, count: 100 }, want: everything },
          ctx,
        );
      let { next } = await page(undefined);
      for (let at = 0; at < 50; at++) ({ next } = await page(next));
      const plans = await plansOf(() => page(next));
      expect(plans).not.toMatch(/Seq Scan|Sort|count\(/);
    });

    it("one member joins and leaves a large group without a look at the others", async () => {
      const change = (add: readonly string[], remove: readonly string[]) => ({
        members: { reset: false, add: add.map((value) => ({ value })), remove },
        apply: ({ displayName }: { readonly displayName: string }) => ({
          resource: { displayName },
          changed: [],
        }),
        beforeCommit: async () => {},
      });
      const nothing = { has: () => false };
      const joins = await plansOf(() => heard.groups.update(heard.group, change([heard.outsider], []), nothing, ctx));
      const leaves = await plansOf(() => heard.groups.update(heard.group, change([], [heard.outsider]), nothing, ctx));
      expect(joins).toContain("insert into");
      expect(leaves).toContain("delete from");
      expect(joins + leaves).not.toContain("Seq Scan");
    });

    it("the groups of a page of users", async () => {
      const plans = await plansOf(() => heard.groups.groupsOf?.([heard.outsider], ctx) ?? Promise.resolve());
      expect(plans).not.toContain("Seq Scan");
    });
  });
});
