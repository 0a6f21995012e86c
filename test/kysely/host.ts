/** A host with tables of its own, for the tests of scimkit/kysely. */
import { randomBytes, scryptSync } from "node:crypto";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { type CompiledQuery, type Generated, Kysely, type LogEvent, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type GroupWith, groupType, type ResourceType, type UserWith, userType } from "scimkit";
import { type KyselyGroups, type KyselyUsers, kyselyGroups, kyselyUsers, pgliteDialect } from "scimkit/kysely";

/** The host's tables. */
export interface Database {
  users: {
    id: Generated<number>;
    workspace_id: number;
    email: string;
    work_phone: string | null;
    first_name: string | null;
    last_name: Generated<string>;
    full_name: string | null;
    department: string | null;
    cost_center: number | null;
    manager_id: number | null;
    scim_external_id: string | null;
    disabled_at: Date | null;
    password_hash: string | null;
    role: string;
    seen: string | null;
    scim: unknown;
    created_at: Date;
    updated_at: Date;
    deleted_at: Date | null;
  };
  teams: {
    id: string;
    workspace_id: number;
    name: string;
    scim_external_id: string | null;
    created_at: Date;
    updated_at: Date;
    version: Generated<number>;
  };
  team_members: {
    team_id: string;
    user_id: number | null;
    child_id: string | null;
    role: string;
  };
}

/** The host's context: one workspace. */
export interface Ctx {
  readonly workspaceId: number;
}

/** A Kysely of the host's tables, on an embedded PostgreSQL, or on a server. */
export function openDatabase(url?: string, hear?: (query: CompiledQuery) => void): Promise<Kysely<Database>> {
  return openKysely<Database>(url, hear);
}

/** A Kysely on an embedded PostgreSQL, in memory or in a folder (a `file:` URL), or on a server. */
export async function openKysely<Tables>(
  url?: string,
  hear: (query: CompiledQuery) => void = () => {},
): Promise<Kysely<Tables>> {
  const log = (event: LogEvent): void => hear(event.query);
  if (url === undefined || url.startsWith("file:")) {
    const folder = url === undefined ? "memory://" : fileURLToPath(url);
    return new Kysely<Tables>({ dialect: pgliteDialect(await PGlite.create(folder)), log });
  }
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on("error", () => {});
  // A connection that breaks while a transaction holds it, and sends nothing, would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log });
}

/** Creates the host's tables anew. */
export async function createTables(db: Kysely<Database>): Promise<void> {
  const statements = `
    drop table if exists team_members, teams, users cascade;
    create table users (
      id serial primary key,
      workspace_id int not null,
      email text not null,
      work_phone varchar(20),
      first_name text,
      last_name text not null default '',
      full_name text,
      department text,
      cost_center int,
      manager_id int references users on delete set null,
      scim_external_id text,
      disabled_at timestamptz,
      password_hash text,
      role text not null default 'member',
      seen text,
      scim jsonb not null default '{}',
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deleted_at timestamptz
    );
    create unique index users_email on users (workspace_id, lower(email)) where deleted_at is null;
    create table teams (
      id uuid primary key default gen_random_uuid(),
      workspace_id int not null,
      name text not null,
      scim_external_id text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      version int not null default 1
    );
    create unique index teams_name on teams (workspace_id, lower(name));
    create table team_members (
      team_id uuid not null references teams on delete cascade,
      user_id int references users,
      child_id uuid references teams,
      role text not null,
      unique (team_id, user_id),
      unique (team_id, child_id)
    );
    create index on team_members (user_id)`;
  for (const statement of statements.split(";")) await sql.raw(statement).execute(db);
}

/** The stores of the host. */
export interface Stores {
  readonly db: Kysely<Database>;
  readonly users: KyselyUsers<Database, Ctx>;
  readonly groups: KyselyGroups<Database, Ctx>;
  readonly userType: ResourceType<UserWith<[]>>;
  readonly groupType: ResourceType<GroupWith<[]>>;
}

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

function hashed(password: unknown): string {
  const salt = randomBytes(16);
  return `${salt.toString("hex")}:${scryptSync(String(password), salt, 32, { N: 1024 }).toString("hex")}`;
}

/**
 * Maps the host's tables, as `docs/kysely.md` does.
 *
 * @param how - `managers`: whether a manager is a user of the table; else it is any text, in the rest. `passwords`:
 *   whether what is sent as a password is kept, hashed; `createScim` must have `changePassword` on
 */
export function mapTables(db: Kysely<Database>, { managers = true, passwords = false } = {}): Stores {
  const users = kyselyUsers({
    db,
    table: "users",
    key: "id",
    tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }),
    columns: {
      userName: "email",
      externalId: "scim_external_id",
      "name.givenName": "first_name",
      "name.familyName": "last_name",
      displayName: "full_name",
      active: {
        column: "disabled_at",
        read: (value) => value === null,
        write: (active) => (active === true ? null : new Date()),
        filter: (column) => sql`${column} is null`,
      },
      'phoneNumbers[type eq "work"].value': "work_phone",
      [`${enterprise}:department`]: "department",
      ...(passwords ? { password: { column: "password_hash" as const, write: hashed } } : {}),
      ...(managers ? { [`${enterprise}:manager.value`]: "manager_id" as const } : {}),
    },
    rest: "scim",
    onCreate: () => ({ role: "provisioned" }),
    createdAt: "created_at",
    updatedAt: "updated_at",
    softDelete: "deleted_at",
  });
  const groups = kyselyGroups({
    db,
    table: "teams",
    key: "id",
    tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }),
    columns: { displayName: "name", externalId: "scim_external_id" },
    createdAt: "created_at",
    updatedAt: "updated_at",
    version: "version",
    users,
    members: {
      table: "team_members",
      group: "team_id",
      user: "user_id",
      nested: "child_id",
      onAdd: () => ({ role: "member" }),
    },
  });
  const types = { userType: userType(), groupType: groupType() };
  users.connect(types.userType);
  groups.connect(types.groupType);
  return { db, users, groups, ...types };
}
