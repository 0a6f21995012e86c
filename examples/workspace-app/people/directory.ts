/** The people and teams of a workspace, as its page shows them. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";
import { effectiveRole } from "./effective-role.ts";

/** Rows on one page. */
export const pageSize = 50;

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
}

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly jobTitle: string | null;
  readonly department: string | null;
  /** What groups grant included. */
  readonly role: string;
  readonly disabledAt: Date | null;
  /** Whether they have set a password. */
  readonly hasPassword: boolean;
  readonly teams: readonly string[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

/** What a page of a list holds, and how much there is in all. */
export interface Listed<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** The workspaces of an organisation, by name. */
export async function workspacesOf(db: Kysely<Database>, organisation: string): Promise<readonly Workspace[]> {
  return await db
    .selectFrom("workspaces")
    .where("organisation_id", "=", organisation)
    .select(["id", "name", "organisation_id as organisation"])
    .orderBy("name")
    .execute();
}

/** What a row of `users` is called. */
export const displayName = sql<string>`coalesce(users.display_name, nullif(concat_ws(' ', first_name, last_name), ''), email)`;

/** The teams that a row of `users` is in. */
export const teamNames = sql<string[]>`array(
  select teams.name from team_members join teams on teams.id = team_id where user_id = users.id order by 1
)`;

/** People by name, those who are deactivated last. */
export async function peopleOf(db: Kysely<Database>, workspace: string, page: number): Promise<Listed<Person>> {
  const of = db.selectFrom("users").where("users.workspace_id", "=", workspace);
  const rows = await of
    .select([
      "users.id",
      "email",
      displayName.as("name"),
      "job_title as jobTitle",
      "department",
      effectiveRole.as("role"),
      "disabled_at as disabledAt",
      sql<boolean>`password_hash is not null`.as("hasPassword"),
      teamNames.as("teams"),
    ])
    .orderBy(sql`disabled_at is not null`)
    .orderBy(sql`lower(${displayName})`)
    .orderBy("users.id")
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { rows, total: await count(of.select(sql<string>`count(*)`.as("total")).executeTakeFirst()) };
}

/** Teams by name, with the names of their members. */
export async function teamsOf(db: Kysely<Database>, workspace: string, page: number): Promise<Listed<Team>> {
  const of = db.selectFrom("teams").where("teams.workspace_id", "=", workspace);
  const rows = await of
    .select([
      "teams.id",
      "teams.name",
      sql<string[]>`array(
        select ${displayName} from team_members join users on users.id = user_id where team_id = teams.id order by 1
      )`.as("members"),
    ])
    .orderBy(sql`lower(teams.name)`)
    .orderBy("teams.id")
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { rows, total: await count(of.select(sql<string>`count(*)`.as("total")).executeTakeFirst()) };
}

async function count(answer: Promise<{ readonly total: string } | undefined>): Promise<number> {
  return Number((await answer)?.total ?? 0);
}
