/** Links by which somebody sets a password: for the first time, or anew. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";
import { hashPassword } from "./password.ts";
import { digest, newSecret } from "./secret.ts";

/** Hours for which a link is good. */
export const resetHours = 24;

/**
 * A new link's secret. The link before it keeps working, until one of them is used.
 *
 * @returns undefined if one was made in the last minute: whoever asks in a loop fills no mailbox
 */
export async function newReset(db: Kysely<Database>, userId: string): Promise<string | undefined> {
  const recent = await db
    .selectFrom("password_resets")
    .where("user_id", "=", userId)
    .where("created_at", ">", sql<Date>`now() - interval '1 minute'`)
    .select("user_id")
    .executeTakeFirst();
  if (recent !== undefined) return undefined;
  const secret = newSecret();
  const expires = new Date(Date.now() + resetHours * 3_600_000);
  await db
    .insertInto("password_resets")
    .values({ token_hash: digest(secret), user_id: userId, expires_at: expires })
    .execute();
  return secret;
}

/** Whose link it is; undefined when it is used up, too old, or the account is deactivated. */
export async function findReset(
  db: Kysely<Database>,
  secret: string,
): Promise<{ readonly userId: string; readonly email: string } | undefined> {
  return await db
    .selectFrom("password_resets")
    .innerJoin("users", "users.id", "password_resets.user_id")
    .where("token_hash", "=", digest(secret))
    .where("expires_at", ">", sql<Date>`now()`)
    .where("disabled_at", "is", null)
    .select(["users.id as userId", "users.email"])
    .executeTakeFirst();
}

/** Sets the password, uses all of the person's links up, and ends their sessions; false if the link was used meanwhile. */
export async function useReset(db: Kysely<Database>, secret: string, password: string): Promise<boolean> {
  const hash = await hashPassword(password);
  return await db.transaction().execute(async (trx) => {
    const used = await trx
      .deleteFrom("password_resets")
      .where("token_hash", "=", digest(secret))
      .where("expires_at", ">", sql<Date>`now()`)
      .returning("user_id")
      .executeTakeFirst();
    if (used === undefined) return false;
    await trx.updateTable("users").set({ password_hash: hash }).where("id", "=", used.user_id).execute();
    await trx.deleteFrom("password_resets").where("user_id", "=", used.user_id).execute();
    await trx.deleteFrom("sessions").where("user_id", "=", used.user_id).execute();
    return true;
  });
}
