/** The mapping: which column of the product's tables holds which SCIM attribute. */
import { type Kysely, sql } from "kysely";
import type { ConnectionContext } from "scimkit/connections";
import { kyselyGroups, kyselyUsers } from "scimkit/kysely";
import type { Database } from "./database/tables.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** The stores of people and teams, each request confined to the workspace of its connection. */
export function mapTables(db: Kysely<Database>) {
  const users = kyselyUsers({
    db,
    table: "users",
    key: "id",
    tenant: ({ workspace }: ConnectionContext) => ({ workspace_id: workspace }),
    columns: {
      userName: "email",
      externalId: "scim_external_id",
      "name.givenName": "first_name",
      "name.familyName": "last_name",
      displayName: "display_name",
      title: "job_title",
      [`${enterprise}:department`]: "department",
      active: {
        column: "disabled_at",
        read: (disabledAt) => disabledAt === null,
        write: (active) => (active === true ? null : new Date()),
        filter: (column) => sql`${column} is null`,
      },
    },
    rest: "scim_rest",
    onCreate: ({ defaultRole }) => ({ role: defaultRole }),
    createdAt: "created_at",
    updatedAt: "updated_at",
  });
  const groups = kyselyGroups({
    db,
    table: "teams",
    key: "id",
    columns: { displayName: "name", externalId: "scim_external_id" },
    rest: "scim_rest",
    createdAt: "created_at",
    updatedAt: "updated_at",
    users,
    members: { table: "team_members", group: "team_id", user: "user_id" },
  });
  return { users, groups };
}
