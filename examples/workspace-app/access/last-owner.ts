/** The last owner stays: without one, nobody could open the organisation's settings any more. */
import type { Kysely } from "kysely";
import { ScimError } from "scimkit";
import type { Loss } from "scimkit/access";
import type { Database } from "../database/tables.ts";
import { lockOrganisation } from "../organisations.ts";

/** Refuses to lose the last active owner. Groups never make an owner, so a lost grant is none. @throws ScimError 409 */
export async function keepLastOwner(db: Kysely<Database>, organisation: string, { kind, user }: Loss): Promise<void> {
  if (kind === "role") return;
  const { name } = await lockOrganisation(db, organisation);
  if (await hasOtherOwner(db, organisation, user)) return;
  const person = await db.selectFrom("users").where("id", "=", user).select(["email", "role"]).executeTakeFirst();
  // The row of somebody who is being deleted is gone by now.
  if (person !== undefined && person.role !== "owner") return;
  const who = person?.email ?? "This person";
  throw new ScimError(409, `${who} is the last owner of ${name}. Make somebody else an owner first, in the product.`);
}

/** Whether somebody else is an active owner, in any workspace of the organisation. */
export async function hasOtherOwner(db: Kysely<Database>, organisation: string, user: string): Promise<boolean> {
  const other = await db
    .selectFrom("users")
    .innerJoin("workspaces", "workspaces.id", "users.workspace_id")
    .where("organisation_id", "=", organisation)
    .where("role", "=", "owner")
    .where("disabled_at", "is", null)
    .where("users.id", "!=", user)
    .select("users.id")
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
