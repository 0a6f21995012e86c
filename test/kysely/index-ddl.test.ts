/** The indexes that a host should create, as the store prints them. */
import { sql } from "kysely";
import { scimkitTables } from "scimkit/kysely";
import { expect, it } from "vitest";
import { createTables, mapTables, openDatabase } from "./host.ts";
import { openSmallHost } from "./small-host.ts";

const oneLine = (statements: readonly string[]): readonly string[] =>
  statements.map((statement) => statement.replaceAll(/\s+/g, " "));

it("they are by tenant first, folded where case does not matter, and unique where values must be", async () => {
  const host = await openSmallHost();
  const statements = [
    ...(await host.users.indexDdl({ workspaceId: 1, defaultRole: "x" })),
    ...(await host.groups.indexDdl({ workspaceId: 1, defaultRole: "x" })),
  ];
  expect(oneLine(statements)).toEqual([
    'create index if not exists "scim_users_page" on "users" ("workspace_id", "id");',
    'create unique index if not exists "scim_users_email" on "users" ("workspace_id", lower("email"));',
    'create index if not exists "scim_users_scim_external_id" on "users" ("workspace_id", "scim_external_id");',
    `create index if not exists "scim_users_displayname" on "users" ("workspace_id", lower("scim_attributes" ->> 'displayName'));`,
    `create index if not exists "scim_users_emails" on "users" using gin ((lower(("scim_attributes" -> 'emails')::text)::jsonb) jsonb_path_ops);`,
    'create index if not exists "scim_teams_page" on "teams" ("workspace_id", "id");',
    'create index if not exists "scim_teams_name" on "teams" ("workspace_id", lower("name"));',
    'create unique index if not exists "scim_team_members_team_id_user_id" on "team_members" ("team_id", "user_id");',
    'create index if not exists "scim_team_members_user_id" on "team_members" ("user_id");',
  ]);
  for (const statement of [...statements, ...statements]) await sql.raw(statement).execute(host.db);
  await host.close();
}, 60_000);

it("what is unique is so among the rows that are not deleted", async () => {
  const db = await openDatabase();
  await createTables(db);
  const statements = oneLine(await mapTables(db).users.indexDdl({ workspaceId: 1 }));
  expect(statements).toContain(
    'create unique index if not exists "scim_users_email" on "users" ("workspace_id", lower("email")) where "deleted_at" is null;',
  );
  for (const statement of statements) await sql.raw(statement).execute(db);
  await db.destroy();
}, 60_000);

it("the ready-made tables have theirs", async () => {
  const db = await openDatabase();
  const tables = scimkitTables(db);
  await tables.migrate();
  const { rows } = await sql<{ indexname: string }>`
    select indexname from pg_indexes where tablename like 'scim\_%' order by 1`.execute(db);
  expect(rows.map(({ indexname }) => indexname)).toEqual(
    expect.arrayContaining([
      "scim_member_of_child",
      "scim_member_of_user",
      "scim_resource_display_name",
      "scim_resource_emails",
      "scim_resource_external_id",
      "scim_resource_page",
      "scim_resource_user_name",
      "scim_unique_pkey",
    ]),
  );
  await db.destroy();
}, 60_000);
