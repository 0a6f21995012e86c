/** Gives people another role, by hand: what an identity provider does later leaves it as it is. */
import type { Kysely } from "kysely";
import type { SignedIn } from "../accounts/sessions.ts";
import type { Database } from "../database/tables.ts";
import { mayChangeRole } from "./roles.ts";

/**
 * Changes a role, if the visitor may.
 *
 * @returns what came of it: `absent` if the workspace has no such person, `refused` if the visitor may not
 */
export async function changeRole(
  db: Kysely<Database>,
  visitor: SignedIn,
  workspace: string,
  person: string,
  to: string,
): Promise<"changed" | "absent" | "refused"> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("users")
      .where("workspace_id", "=", workspace)
      .where("id", "=", person)
      .select("role")
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return "absent";
    if (person === visitor.userId || !mayChangeRole(visitor, row.role, to)) return "refused";
    await trx.updateTable("users").set({ role: to }).where("id", "=", person).execute();
    return "changed";
  });
}
