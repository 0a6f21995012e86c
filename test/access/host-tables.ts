/** A host whose connections, access, users and groups are tables of one database, as are its own roles. */
import { type Kysely, sql } from "kysely";
import { createScim } from "scimkit";
import { type Access, type AccessOptions, createAccess } from "scimkit/access";
import { type ConnectionContext, createConnections } from "scimkit/connections";
import { kyselyAccess, kyselyConnections, scimkitTables } from "scimkit/kysely";
import { roles } from "./host.ts";

/** What is sent, and what came of it. */
export interface TablesHost {
  readonly access: Access;
  readonly connection: string;
  send(method: string, path: string, json?: object): Promise<{ readonly status: number; readonly id: string }>;
  patch(path: string, ...operations: readonly object[]): Promise<{ readonly status: number }>;
}

/** @param db - where everything but the host's table `granted` goes into the schema of `db.withSchema`, if it has one */
export async function openTablesHost(
  db: Kysely<unknown>,
  given: Partial<AccessOptions<Kysely<unknown>>> = {},
): Promise<TablesHost> {
  await sql`create table if not exists granted (user_id text, role text)`.execute(db);
  const connectionStore = kyselyConnections(db);
  const store = kyselyAccess(db);
  const tables = scimkitTables(db, { tenant: ({ workspace }: ConnectionContext) => workspace });
  for (const each of [connectionStore, store, tables]) {
    await each.migrate();
    await each.migrate();
  }
  const connections = createConnections({ store: connectionStore, roles: () => roles.map((id) => ({ id, name: id })) });
  const access = createAccess<Kysely<unknown>>({
    async reconcileAccess({ user, roles: next }, _ctx, tx = db) {
      await sql`delete from granted where user_id = ${user}`.execute(tx);
      for (const { role } of next) await sql`insert into granted values (${user}, ${role})`.execute(tx);
    },
    ...given,
    connections,
    store,
  });
  const scim = createScim(access.scim(tables));
  const { id: connection } = await connections.create("acme", { defaultRole: "viewer" });
  const { secret } = await connections.issueToken("acme", connection);
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
  const send: TablesHost["send"] = async (method, url, json) => {
    const body = json === undefined ? {} : { body: { json } };
    const answer = await scim.handle({ method, url, headers, baseUrl: "https://x.example", ...body });
    return { status: answer.status, id: String(Object(JSON.parse(answer.body ?? "{}")).id) };
  };
  return {
    access,
    connection,
    send,
    patch: (path, ...Operations) =>
      send("PATCH", path, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations }),
  };
}
