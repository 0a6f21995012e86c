/** Sessions: who is signed in. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";
import { digest, newSecret } from "./secret.ts";

/** Days for which a session is good. */
export const sessionDays = 14;

/** Who is asking, and where they belong. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly workspace: string;
  readonly organisation: string;
  readonly organisationName: string;
}

/** Starts a session; what the cookie is to hold. */
export async function startSession(db: Kysely<Database>, userId: string): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto("sessions")
    .values({ token_hash: digest(secret), user_id: userId, expires_at: inDays(sessionDays) })
    .execute();
  return secret;
}

/** Whose session it is; undefined when it has ended or never was. Nobody who is deactivated has one. */
export async function findSession(db: Kysely<Database>, secret: string): Promise<SignedIn | undefined> {
  return await db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .innerJoin("workspaces", "workspaces.id", "users.workspace_id")
    .innerJoin("organisations", "organisations.id", "workspaces.organisation_id")
    .where("token_hash", "=", digest(secret))
    .where("expires_at", ">", sql<Date>`now()`)
    .where("disabled_at", "is", null)
    .select([
      "users.id as userId",
      "users.email",
      sql<string>`coalesce(users.display_name, users.email)`.as("name"),
      "users.role",
      "workspaces.id as workspace",
      "organisations.id as organisation",
      "organisations.name as organisationName",
    ])
    .executeTakeFirst();
}

/** Ends one session. */
export async function endSession(db: Kysely<Database>, secret: string): Promise<void> {
  await db.deleteFrom("sessions").where("token_hash", "=", digest(secret)).execute();
}

/** Ends every session of a person; how many there were. */
export async function endSessions(db: Kysely<Database>, userId: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("sessions").where("user_id", "=", userId).executeTakeFirst();
  return Number(numDeletedRows);
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}
