/** The HTTP suites on the ready-made tables. RFC 7643, RFC 7644. */
import { scimkitTables } from "scimkit/kysely";
import type { TestContext } from "../served.ts";
import { runHttpSuites } from "./http-suites.ts";

const tenant = ({ workspaceId }: TestContext): string => (Number.isNaN(workspaceId) ? "" : String(workspaceId));

await runHttpSuites({
  name: "ready-made tables",
  keepsPasswords: false,
  keepsUnsetActive: true,
  create: (db) => scimkitTables(db, { tenant }).migrate(),
  stores: (db) => scimkitTables(db, { tenant }),
});
