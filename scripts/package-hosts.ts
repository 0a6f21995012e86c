/** Programs of hosts that use the packed tarball; each throws when something is not as it should be. */

/** An error of another entry's own class would be answered with a 500. */
export const oneError = `
import { bearer, createScim, everything, ScimError } from "scimkit";
import { memoryStores } from "scimkit/memory";
const { users, groups } = memoryStores();
createScim({ users, groups, authenticate: bearer(() => ({})) });
const draft = { resource: { userName: "ann" }, beforeCommit: async () => {} };
const create = () => users.create(draft, everything, {});
const judge = (error) => {
  if (error.constructor !== ScimError) throw new Error("scimkit/memory has another ScimError.", { cause: error });
};
create().then(create).then(() => { throw new Error("A userName was given twice."); }, judge);
`;

/** Both formats in one process, as when a host and one of its dependencies load the package differently. ESM only. */
export const acrossFormats = `
import { createRequire } from "node:module";
import { ScimError } from "scimkit";
const other = createRequire(import.meta.url)("scimkit").ScimError;
if (other === ScimError) throw new Error("Both formats are one module; this check checks nothing.");
if (!(other.notFound("x") instanceof ScimError)) throw new Error("A CommonJS error is a stranger.");
`;

/** What a TypeScript host may write below the README's first program. */
export const typedMounts = `
import { createServer } from "node:http";
import Koa from "koa";
import type { Generated, Kysely } from "kysely";
import { scimFetch } from "scimkit/fetch";
import { scimRouter as koaRouter } from "scimkit/koa";
import { kyselyGroups, kyselyUsers } from "scimkit/kysely";
import { scimListener } from "scimkit/node";
new Koa().use(koaRouter(scim, { path: "/scim/v2" })).use((ctx) => { ctx.body = "own"; });
createServer(scimListener(scim, { path: "/scim/v2" }));
export const answer: Promise<Response> = scimFetch(scim)(new Request("https://app.example/Users"));
interface Database {
  people: { id: Generated<number>; workspace: string; email: string; disabled_at: Date | null };
  teams: { id: Generated<number>; workspace: string; name: string };
  members: { team: number; person: number };
}
declare const db: Kysely<Database>;
export const mapped = createScim({
  users: kyselyUsers({
    db, table: "people", key: "id", tenant: ({ name }: Customer) => ({ workspace: name }),
    columns: { userName: "email", active: { column: "disabled_at", read: (at) => at === null, write: (on) => (on ? null : new Date()) } },
  }),
  groups: kyselyGroups({
    db, table: "teams", key: "id", columns: { displayName: "name" }, members: { table: "members", group: "team", user: "person" },
  }),
  authenticate: () => ({ name: "acme" }),
  beforeCommit: async (change, { name }, trx) => {
    await trx.updateTable("teams").set({ workspace: name }).where("id", "=", Number(change.id)).execute();
  },
});
`;
