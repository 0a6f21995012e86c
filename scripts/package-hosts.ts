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
import { scimFetch } from "scimkit/fetch";
import { scimRouter as koaRouter } from "scimkit/koa";
import { scimListener } from "scimkit/node";
new Koa().use(koaRouter(scim, { path: "/scim/v2" })).use((ctx) => { ctx.body = "own"; });
createServer(scimListener(scim, { path: "/scim/v2" }));
export const answer: Promise<Response> = scimFetch(scim)(new Request("https://app.example/Users"));
`;
