/** Grants: the roles that groups of an identity provider give. A person's own role, in `users`, is beside them. */
import type { Kysely } from "kysely";
import type { DesiredAccess, DesiredRole } from "scimkit/access";
import type { Database } from "../database/tables.ts";

/** Writes what groups grant somebody over what is there. The default role is not a grant: it is in `users` since they came. */
export async function writeGrants(db: Kysely<Database>, { user, roles }: DesiredAccess): Promise<void> {
  await removeGrants(db, user);
  const granted = roles.filter(isByRule);
  if (granted.length === 0) return;
  const rows = granted.map(({ role, workspace }) => ({ user_id: user, workspace_id: workspace, role }));
  await db.insertInto("role_grants").values(rows).execute();
}

/** Takes all that groups have granted somebody. */
export async function removeGrants(db: Kysely<Database>, user: string): Promise<void> {
  await db.deleteFrom("role_grants").where("user_id", "=", user).execute();
}

/** Whether a rule grants it, and not only the connection's default. */
function isByRule({ because }: DesiredRole): boolean {
  return because.some(({ kind }) => kind === "rule");
}
