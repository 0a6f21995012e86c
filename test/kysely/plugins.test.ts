/** Kysely's plugins and schemas apply to a mapping as to the host's own queries. */
import { PGlite } from "@electric-sql/pglite";
import { CamelCasePlugin, type Generated, Kysely, sql } from "kysely";
import { everything, userType } from "scimkit";
import { kyselyGroups, kyselyUsers, pgliteDialect, scimkitTables } from "scimkit/kysely";
import { storeContract } from "scimkit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Database {
  appUsers: {
    userId: string;
    workspaceId: number;
    loginName: string;
    givenName: string | null;
    disabledAt: Date | null;
    scimExternalId: string | null;
    restOfScim: unknown;
    createdAt: Date;
    updatedAt: Date;
    changeCount: Generated<number>;
    deletedAt: Date | null;
  };
  appTeams: { teamId: string; workspaceId: number; teamName: string; createdAt: Date; updatedAt: Date };
  appTeamMembers: { teamId: string; userId: string | null; childId: string | null };
}

interface Ctx {
  readonly workspaceId: number;
}

const statements = [
  "create schema app",
  `create table app.app_users (
    user_id uuid primary key default gen_random_uuid(), workspace_id int not null, login_name text not null,
    given_name text, disabled_at timestamptz, scim_external_id text, rest_of_scim jsonb, created_at timestamptz not null,
    updated_at timestamptz not null, change_count int not null, deleted_at timestamptz
  )`,
  "create unique index login on app.app_users (workspace_id, lower(login_name)) where deleted_at is null",
  `create table app.app_teams (
    team_id uuid primary key, workspace_id int not null, team_name text not null, created_at timestamp not null,
    updated_at timestamp not null
  )`,
  "create table app.app_team_members (team_id uuid not null, user_id uuid, child_id uuid)",
  // Another schema's table of the same name is not looked at.
  "create table public.app_users (user_id int)",
];

let plain: Kysely<Database>;
let db: Kysely<Database>;
beforeAll(async () => {
  plain = new Kysely<Database>({ dialect: pgliteDialect(await PGlite.create()), plugins: [new CamelCasePlugin()] });
  for (const statement of statements) await sql.raw(statement).execute(plain);
  db = plain.withSchema("app");
}, 60_000);
afterAll(() => plain.destroy());

function mapped() {
  const users = kyselyUsers({
    db,
    table: "appUsers",
    key: "userId",
    tenant: (ctx: Ctx) => ({ workspaceId: ctx.workspaceId }),
    columns: {
      userName: "loginName",
      externalId: "scimExternalId",
      "name.givenName": "givenName",
      active: {
        column: "disabledAt",
        read: (at) => at === null,
        write: (on) => (on ? null : new Date()),
        filter: (at) => sql`${at} is null`,
      },
    },
    rest: "restOfScim",
    createdAt: "createdAt",
    updatedAt: "updatedAt",
    version: "changeCount",
    softDelete: "deletedAt",
  });
  const groups = kyselyGroups({
    db,
    table: "appTeams",
    key: "teamId",
    columns: { displayName: "teamName" },
    createdAt: "createdAt",
    updatedAt: "updatedAt",
    users,
    members: { table: "appTeamMembers", group: "teamId", user: "userId", nested: "childId" },
  });
  return { users, groups };
}

describe("With camel case and a schema", () => {
  const checks = storeContract(async () => {
    await sql`truncate app.app_team_members, app.app_teams, app.app_users`.execute(plain);
    return { ...mapped(), contexts: { a: { workspaceId: 1 }, b: { workspaceId: 2 } } };
  });
  it.each(checks.map((check) => [`${check.section}: ${check.name}`, check] as const))("%s", async (_title, check) => {
    await check.run();
  });
});

describe("Ready-made tables in a schema", () => {
  const context = { workspaceId: 1 };
  it("are created there, with the schema, and hold resources with names in any case", async () => {
    const tables = scimkitTables(plain.withSchema("scim"), { tenant: (ctx: Ctx) => String(ctx.workspaceId) });
    await tables.migrate();
    await tables.migrate();
    const { rows } = await sql<{ name: string }>`
      select schemaname || '.' || tablename as name from pg_tables where tablename like 'scim%' order by 1`.execute(
      plain,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      "scim.scim_member",
      "scim.scim_migration",
      "scim.scim_migration_lock",
      "scim.scim_resource",
      "scim.scim_unique",
    ]);
    tables.users.connect(userType());
    const resource = { userName: "ann", nickName: "annie", name: { givenName: "Ann" } };
    const { id } = await tables.users.create({ resource, beforeCommit: async () => {} }, everything, context);
    expect(await tables.users.get(id, everything, context)).toMatchObject(resource);
  });
});
