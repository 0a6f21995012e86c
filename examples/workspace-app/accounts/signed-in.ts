/** SignedIn: who is asking, by a session or by an API token. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";
import { effectiveRole } from "../people/effective-role.ts";

/** Who is asking, and where they belong. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** In their own workspace; what groups grant included. */
  readonly role: string;
  readonly workspace: string;
  readonly organisation: string;
  readonly organisationName: string;
}

/** People who may ask for something: nobody who is deactivated. */
export function activePeople(db: Kysely<Database>) {
  return db
    .selectFrom("users")
    .innerJoin("workspaces", "workspaces.id", "users.workspace_id")
    .innerJoin("organisations", "organisations.id", "workspaces.organisation_id")
    .where("disabled_at", "is", null)
    .select([
      "users.id as userId",
      "users.email",
      sql<string>`coalesce(users.display_name, users.email)`.as("name"),
      effectiveRole.as("role"),
      "workspaces.id as workspace",
      "organisations.id as organisation",
      "organisations.name as organisationName",
    ]);
}

/** Somebody who may be given access: waits for a deactivation that is under way, so that nothing is left behind it. */
export function stillActive(db: Kysely<Database>, userId: string) {
  return db.selectFrom("users").where("users.id", "=", userId).where("disabled_at", "is", null).forShare();
}
