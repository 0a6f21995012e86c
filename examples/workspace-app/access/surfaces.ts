/** Surfaces: every place where somebody who is deactivated still has access, until it is ended there. */
import type { Kysely, Transaction } from "kysely";
import type { Surface } from "scimkit/access";
import type { Database } from "../database/tables.ts";

/** By the names that receipts have for them. */
export function surfaces(db: Kysely<Database>): Readonly<Record<string, Surface<Transaction<Database>>>> {
  return {
    sessions: surface(db, "sessions"),
    apiTokens: surface(db, "api_tokens"),
    passwordLinks: surface(db, "password_resets"),
  };
}

/** A table whose rows let a person in. */
function surface(
  db: Kysely<Database>,
  table: "sessions" | "api_tokens" | "password_resets",
): Surface<Transaction<Database>> {
  return {
    revoke: async (user, trx) => {
      const { numDeletedRows } = await (trx ?? db).deleteFrom(table).where("user_id", "=", user).executeTakeFirst();
      return Number(numDeletedRows);
    },
    remaining: async (user, trx) => {
      const { count } = await (trx ?? db)
        .selectFrom(table)
        .where("user_id", "=", user)
        .select((of) => of.fn.countAll().as("count"))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}
