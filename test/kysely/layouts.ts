/** The two ways to keep users and groups in SQL, as the tests over HTTP serve them. */
import { type Kysely, sql } from "kysely";
import { scimkitTables } from "scimkit/kysely";
import type { TestContext, TestStores } from "../served.ts";
import { createTables, type Database, mapTables } from "./host.ts";

/** One way to keep users and groups in SQL. */
export interface SqlLayout {
  readonly name: string;
  readonly keepsPasswords: boolean;
  readonly keepsUnsetActive: boolean;
  /** Creates the tables, empty. */
  create(db: Kysely<Database>): Promise<void>;
  /** Stores on them, for a service that has the feature `changePassword` or has it not. */
  stores(db: Kysely<Database>, changePassword: boolean): TestStores;
}

/** A host's own tables. */
export const mapped: SqlLayout = {
  name: "mapped tables",
  keepsPasswords: true,
  keepsUnsetActive: false,
  create: async (db) => {
    await createTables(db);
    // Ids made by the adapter grow with time: lists are then in the order of creation, which the suites go by.
    await sql`alter table teams alter column id drop default`.execute(db);
  },
  stores: (db, changePassword) => mapTables(db, { managers: false, passwords: changePassword }),
};

const tenant = ({ workspaceId }: TestContext): string => (Number.isNaN(workspaceId) ? "" : String(workspaceId));

/** The ready-made tables. */
export const readyMade: SqlLayout = {
  name: "ready-made tables",
  keepsPasswords: false,
  keepsUnsetActive: true,
  create: async (db) => {
    await scimkitTables(db, { tenant }).migrate();
    await sql`truncate scim_member, scim_unique, scim_resource`.execute(db);
  },
  stores: (db) => scimkitTables(db, { tenant }),
};
