/** Accounts by e-mail address: what signing in begins with. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";

/** Somebody's place in one workspace. */
export interface Account {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly workspace: string;
  readonly workspaceName: string;
  readonly organisation: string;
  readonly passwordHash: string | null;
  readonly isDeactivated: boolean;
  readonly ssoRequired: boolean;
}

/**
 * The accounts of an address, the one that matters most first: that in the organisation which owns the address's domain,
 * then those that are active, then the oldest. So nobody who adds a stranger to a workspace of their own takes over
 * where the stranger signs in.
 */
export async function accountsOf(db: Kysely<Database>, email: string): Promise<readonly Account[]> {
  return await accounts(db)
    .where(sql<string>`lower(users.email)`, "=", email.toLowerCase())
    .orderBy(sql`organisations.email_domain is not distinct from ${domainOf(email)}`, "desc")
    .orderBy(sql`users.disabled_at is null`, "desc")
    .orderBy("users.created_at")
    .orderBy("users.id")
    .limit(10)
    .execute();
}

/** One person's account. */
export async function accountOf(db: Kysely<Database>, userId: string): Promise<Account | undefined> {
  return await accounts(db).where("users.id", "=", userId).executeTakeFirst();
}

function accounts(db: Kysely<Database>) {
  return db
    .selectFrom("users")
    .innerJoin("workspaces", "workspaces.id", "users.workspace_id")
    .innerJoin("organisations", "organisations.id", "workspaces.organisation_id")
    .select([
      "users.id as userId",
      "users.email",
      sql<string>`coalesce(users.display_name, users.email)`.as("name"),
      "workspaces.id as workspace",
      "workspaces.name as workspaceName",
      "organisations.id as organisation",
      "users.password_hash as passwordHash",
      sql<boolean>`users.disabled_at is not null`.as("isDeactivated"),
      "organisations.sso_required as ssoRequired",
    ]);
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}
