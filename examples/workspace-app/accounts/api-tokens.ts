/** API tokens: what somebody's scripts use in their name, until they or a deactivation end them. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";
import { digest, newSecret } from "./secret.ts";
import { activePeople, type SignedIn, stillActive } from "./signed-in.ts";

/** What is shown of a token. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly created: Date;
}

/** Makes a token; it is shown this once. */
export async function makeApiToken(db: Kysely<Database>, userId: string, name: string): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto("api_tokens")
    .columns(["token_hash", "user_id", "name"])
    .expression(
      stillActive(db, userId).select([
        sql.val(digest(secret)).as("token_hash"),
        "users.id as user_id",
        sql.val(name).as("name"),
      ]),
    )
    .execute();
  return secret;
}

/** Somebody's tokens, oldest first. */
export async function apiTokensOf(db: Kysely<Database>, userId: string): Promise<readonly ApiToken[]> {
  return await db
    .selectFrom("api_tokens")
    .where("user_id", "=", userId)
    .select(["id", "name", "created_at as created"])
    .orderBy("created_at")
    .execute();
}

/** Whose token it is; undefined when it has ended or never was. */
export async function findApiToken(db: Kysely<Database>, secret: string): Promise<SignedIn | undefined> {
  return await activePeople(db)
    .innerJoin("api_tokens", "api_tokens.user_id", "users.id")
    .where("token_hash", "=", digest(secret))
    .executeTakeFirst();
}

/** Ends one of somebody's tokens. */
export async function endApiToken(db: Kysely<Database>, userId: string, id: string): Promise<void> {
  await db.deleteFrom("api_tokens").where("user_id", "=", userId).where("id", "=", id).execute();
}
