/** Creates the product's own tables: what was there before anybody spoke of SCIM, and then what SCIM needs beside it. */
import { type Kysely, type Migration, Migrator, sql } from "kysely";
import type { Database } from "./tables.ts";

/** One statement each, so that embedded and real servers run them alike. */
const product = [
  `create table organisations (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    plan text not null check (plan in ('team', 'enterprise')),
    email_domain text unique,
    sso_url text,
    sso_required boolean not null default false check (not sso_required or sso_url is not null),
    sso_secret text
  )`,
  `create table workspaces (
    id uuid primary key default gen_random_uuid(),
    organisation_id uuid not null references organisations on delete cascade,
    name text not null,
    unique (organisation_id, name)
  )`,
  `create table users (
    id uuid primary key default gen_random_uuid(),
    workspace_id uuid not null references workspaces on delete cascade,
    email text not null,
    first_name text,
    last_name text,
    display_name text,
    job_title text,
    role text not null,
    password_hash text,
    disabled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  `create unique index users_email on users (workspace_id, lower(email))`,
  `create index users_sign_in on users (lower(email))`,
  `create table teams (
    id uuid primary key default gen_random_uuid(),
    workspace_id uuid not null references workspaces on delete cascade,
    name text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  `create unique index teams_name on teams (workspace_id, lower(name))`,
  `create table team_members (
    team_id uuid not null references teams on delete cascade,
    user_id uuid not null references users on delete cascade,
    primary key (team_id, user_id)
  )`,
  `create index team_members_user on team_members (user_id)`,
  `create table sessions (
    token_hash text primary key,
    user_id uuid not null references users on delete cascade,
    expires_at timestamptz not null
  )`,
  `create index sessions_user on sessions (user_id)`,
  `create table password_resets (
    token_hash text primary key,
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  `create index password_resets_user on password_resets (user_id)`,
];

/** The identity provider's own id, a column for whatever has none, and the indexes of its look-ups. */
const provisioning = [
  `alter table users add column department text,
    add column scim_external_id text, add column scim_rest jsonb not null default '{}'`,
  `alter table teams add column scim_external_id text, add column scim_rest jsonb not null default '{}'`,
  `create index users_page on users (workspace_id, id)`,
  `create index users_external_id on users (workspace_id, scim_external_id)`,
  `create index teams_page on teams (workspace_id, id)`,
  `create index teams_external_id on teams (workspace_id, scim_external_id)`,
];

/** What access needs: seats, tokens of scripts, and the roles that groups grant. */
const access = [
  `alter table organisations add column seats integer check (seats >= 1)`,
  `create table api_tokens (
    id uuid primary key default gen_random_uuid(),
    token_hash text not null unique,
    user_id uuid not null references users on delete cascade,
    name text not null,
    created_at timestamptz not null default now()
  )`,
  `create index api_tokens_user on api_tokens (user_id)`,
  `create table role_grants (
    user_id uuid not null references users on delete cascade,
    workspace_id uuid not null references workspaces on delete cascade,
    role text not null,
    primary key (user_id, workspace_id, role)
  )`,
];

const migrations: Readonly<Record<string, Migration>> = {
  "0001_product": { up: (db) => run(db, product) },
  "0002_provisioning": { up: (db) => run(db, provisioning) },
  "0003_access": { up: (db) => run(db, access) },
};

/** Brings the tables up to date. Processes that start together take turns. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: "app_migration",
    migrationLockTableName: "app_migration_lock",
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
