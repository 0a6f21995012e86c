/** The HTTP suites on a host's own tables. RFC 7643, RFC 7644. */

import { sql } from "kysely";
import { createTables, mapTables } from "./host.ts";
import { runHttpSuites } from "./http-suites.ts";

await runHttpSuites({
  name: "mapped tables",
  keepsPasswords: true,
  keepsUnsetActive: false,
  create: async (db) => {
    await createTables(db);
    // Ids made by the adapter grow with time: lists are then in the order of creation, which the suites go by.
    await sql`alter table teams alter column id drop default`.execute(db);
  },
  stores: (db, changePassword) => mapTables(db, { managers: false, passwords: changePassword }),
});
