/** The workspaces that somebody may see, and what they are there. */
import { type Kysely, sql } from "kysely";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Database } from "../database/tables.ts";
import type { Workspace } from "./directory.ts";
import { grantedRole } from "./effective-role.ts";
import { isOwner } from "./roles.ts";

/** A workspace, and the visitor's role in it. */
export interface VisibleWorkspace extends Workspace {
  readonly role: string;
}

/** Owners see all workspaces of their organisation, everybody else their own and those that their groups open. */
export async function visibleTo(db: Kysely<Database>, visitor: SignedIn): Promise<readonly VisibleWorkspace[]> {
  const rows = await db
    .selectFrom("workspaces")
    .innerJoin("users", (on) => on.on("users.id", "=", visitor.userId))
    .where("organisation_id", "=", visitor.organisation)
    .select(["workspaces.id", "workspaces.name", "organisation_id as organisation", grantedRole.as("granted")])
    .orderBy(sql`workspaces.name`)
    .execute();
  return rows.flatMap(({ granted, ...workspace }) => {
    const role = isOwner(visitor) || workspace.id === visitor.workspace ? visitor.role : granted;
    return role === null ? [] : [{ ...workspace, role }];
  });
}
