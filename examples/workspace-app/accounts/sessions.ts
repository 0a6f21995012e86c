/** Sessions: who is signed in. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";
import { digest, newSecret } from "./secret.ts";
import { activePeople, type SignedIn, stillActive } from "./signed-in.ts";

/** Days for which a session is good. */
export const sessionDays = 14;

/** Starts a session; what the cookie is to hold. For somebody who is deactivated meanwhile it is good for nothing. */
export async function startSession(db: Kysely<Database>, userId: string): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto("sessions")
    .columns(["token_hash", "user_id", "expires_at"])
    .expression(
      stillActive(db, userId).select([
        sql.val(digest(secret)).as("token_hash"),
        "users.id as user_id",
        sql<Date>`now() + make_interval(days => ${sql.lit(sessionDays)})`.as("expires_at"),
      ]),
    )
    .execute();
  return secret;
}

/** Whose session it is; undefined when it has ended or never was. Nobody who is deactivated has one. */
export async function findSession(db: Kysely<Database>, secret: string): Promise<SignedIn | undefined> {
  return await activePeople(db)
    .innerJoin("sessions", "sessions.user_id", "users.id")
    .where("token_hash", "=", digest(secret))
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
}

/** Ends one session. */
export async function endSession(db: Kysely<Database>, secret: string): Promise<void> {
  await db.deleteFrom("sessions").where("token_hash", "=", digest(secret)).execute();
}
