/** scimkitTables: ready-made tables, for a host that has none of its own. */
import type { Kysely } from "kysely";
import type { Resource } from "scimkit";
import { GroupTable, type KyselyGroups } from "./group-store.ts";
import type { KyselyStore } from "./kysely-store.ts";
import type { Mapping } from "./mapping.ts";
import { memberTable, migrate, resourceTable, uniqueTable } from "./migrations.ts";
import { TableStore } from "./resource-store.ts";
import { tableName } from "./table-name.ts";
import { tabledUniqueness } from "./unique-table.ts";
import { type KyselyUsers, UserTable } from "./user-store.ts";

/** What {@link scimkitTables} takes beside the database. */
export interface ScimkitTablesOptions<Ctx> {
  /** The key of a Context's tenant; a Context without one gets no answer (500). Default: everything is one tenant's. */
  tenant?(ctx: Ctx): string;
  /** Whether two groups of a tenant may not share a displayName, whatever its case. Default true. */
  readonly uniqueGroupNames?: boolean;
}

/** Stores on the ready-made tables. */
export interface ScimkitTables<Database, Ctx> {
  readonly users: KyselyUsers<Database, Ctx>;
  readonly groups: KyselyGroups<Database, Ctx>;
  /** A store for one custom resource type, by the name of the type. */
  store<R extends Resource = Resource>(name: string): KyselyStore<Database, Ctx, R>;
  /**
   * Creates the tables, or brings them up to date; call it when the host starts, before the first request. Processes
   * that start together take turns.
   */
  migrate(): Promise<void>;
}

/**
 * Stores of every resource type in three tables of their own (`scim_resource`, `scim_member`, `scim_unique`): resources
 * as jsonb, with indexes for `userName`, `externalId`, `displayName`, `emails.value` and memberships, and unique
 * attributes kept unique in each tenant by the database. `db.withSchema("scim")` puts them into a schema.
 *
 * @example
 * const tables = scimkitTables(db, { tenant: (ctx: Ctx) => ctx.tenantId });
 * await tables.migrate();
 * createScim({ users: tables.users, groups: tables.groups, … });
 */
export function scimkitTables<Database, Ctx = unknown>(
  db: Kysely<Database>,
  options: ScimkitTablesOptions<Ctx> = {},
): ScimkitTables<Database, Ctx> {
  const tenant = (ctx: Ctx): string => (options.tenant === undefined ? "default" : options.tenant(ctx));
  const mapping = (type: string): Mapping<Database, Ctx> => ({
    db,
    table: resourceTable,
    key: "id",
    tenant: (ctx) => ({ tenant: tenant(ctx), type }),
    columns: {},
    rest: "resource",
    createdAt: "created_at",
    updatedAt: "updated_at",
    version: "version",
  });
  const unique = (...also: readonly string[]) => tabledUniqueness(tableName(db, uniqueTable), new Set(also), tenant);
  const users = new UserTable<Database, Ctx>(mapping("User"), unique());
  const members = { table: memberTable, group: "group_id", user: "user_id", nested: "child_id" };
  const groupNames = options.uniqueGroupNames === false ? unique() : unique("displayName");
  return {
    users,
    groups: new GroupTable<Database, Ctx>(mapping("Group"), members, users, groupNames),
    store: <R extends Resource>(name: string) => new TableStore<Database, Ctx, R>(mapping(name), [], unique()),
    migrate: () => migrate(db),
  };
}
