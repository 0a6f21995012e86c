/** One person of a workspace, with all that is known of them. */
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/tables.ts";
import { displayName, type Person, teamNames } from "./directory.ts";
import { effectiveRole } from "./effective-role.ts";

export interface Profile extends Person {
  readonly workspace: string;
  /** The role that they came with, or were given by hand. */
  readonly ownRole: string;
  readonly externalId: string | null;
  /** What has no column: attributes and their values as text. */
  readonly rest: readonly (readonly [name: string, value: string])[];
}

/** undefined if the workspace has no such person. */
export async function profileOf(db: Kysely<Database>, workspace: string, person: string): Promise<Profile | undefined> {
  const row = await db
    .selectFrom("users")
    .where("users.workspace_id", "=", workspace)
    .where("users.id", "=", person)
    .select([
      "users.id",
      "workspace_id as workspace",
      "email",
      displayName.as("name"),
      "job_title as jobTitle",
      "department",
      effectiveRole.as("role"),
      "users.role as ownRole",
      "disabled_at as disabledAt",
      sql<boolean>`password_hash is not null`.as("hasPassword"),
      teamNames.as("teams"),
      "scim_external_id as externalId",
      "scim_rest as rest",
    ])
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, rest: lines(row.rest) };
}

function lines(rest: unknown): Profile["rest"] {
  if (typeof rest !== "object" || rest === null) return [];
  return Object.entries(rest).flatMap(([name, value]) =>
    name.startsWith("urn:") ? lines(value) : [[name, textOf(value)] as const],
  );
}

/** A value as people read it: `ann@contoso.example (work, primary), …`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  const { value: main, ...others } = { value: undefined, ...value };
  const beside = Object.entries(others).map(([name, one]) => (one === true ? name : textOf(one)));
  if (main === undefined) return beside.join(", ");
  return beside.length === 0 ? textOf(main) : `${textOf(main)} (${beside.join(", ")})`;
}
