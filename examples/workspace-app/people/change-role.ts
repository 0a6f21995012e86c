/** Gives people another role, by hand: what an identity provider does later leaves it as it is. */
import type { Kysely } from "kysely";
import { removeGrants } from "../access/grants.ts";
import { hasOtherOwner } from "../access/last-owner.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Database } from "../database/tables.ts";
import { lockOrganisation } from "../organisations.ts";
import { effectiveRole } from "./effective-role.ts";
import { mayChangeRole } from "./roles.ts";
import type { VisibleWorkspace } from "./visible.ts";

/** Who is to have which role, and who says so. */
export interface RoleChange {
  readonly visitor: SignedIn;
  readonly workspace: VisibleWorkspace;
  readonly person: string;
  readonly role: string;
  /** Whether a connection manages the person: it keeps what its groups grant, beside the role that is given here. */
  readonly isManaged: boolean;
}

/**
 * Changes somebody's own role, if the visitor may.
 *
 * @returns what came of it: `absent` if the workspace has no such person, `refused` if the visitor may not
 */
export async function changeRole(
  db: Kysely<Database>,
  { visitor, workspace, person, role, isManaged }: RoleChange,
): Promise<"changed" | "absent" | "refused"> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("users")
      .where("workspace_id", "=", workspace.id)
      .where("users.id", "=", person)
      .select(["users.role as own", effectiveRole.as("role")])
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return "absent";
    if (person === visitor.userId || !mayChangeRole(workspace, row.role, role)) return "refused";
    if (row.own === "owner" && role !== "owner") {
      await lockOrganisation(trx, visitor.organisation);
      if (!(await hasOtherOwner(trx, visitor.organisation, person))) return "refused";
    }
    await trx.updateTable("users").set({ role }).where("id", "=", person).execute();
    if (!isManaged) await removeGrants(trx, person);
    return "changed";
  });
}
