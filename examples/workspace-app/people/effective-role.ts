/** The role that counts: the highest of a person's own and of those that groups grant, in one workspace. */
import { type RawBuilder, sql } from "kysely";
import { roles } from "./roles.ts";

/** Of a row of `users`, in their own workspace. */
export const effectiveRole: RawBuilder<string> = sql<string>`coalesce(${named(
  sql`greatest(${rank(sql`users.role`)}, ${grantedRank(sql`users.workspace_id`)})`,
)}, users.role)`;

/** Of a row of `users`, in the workspace of the row of `workspaces`: null without a grant. */
export const grantedRole: RawBuilder<string | null> = named(grantedRank(sql`workspaces.id`));

function ranks(): RawBuilder<unknown> {
  return sql`array[${sql.join(roles.map(({ id }) => sql.lit(id)))}]::text[]`;
}

function rank(role: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`array_position(${ranks()}, ${role})`;
}

function grantedRank(workspace: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select max(${rank(sql`role_grants.role`)}) from role_grants
    where role_grants.user_id = users.id and role_grants.workspace_id = ${workspace})`;
}

function named<T extends string | null>(position: RawBuilder<unknown>): RawBuilder<T> {
  return sql<T>`(${ranks()})[${position}]`;
}
