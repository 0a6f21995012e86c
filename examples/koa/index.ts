/** An app on Koa whose people and teams are provisioned over SCIM. `npm run start:koa`. */
import { createServer } from "node:http";
import Koa from "koa";
import { scimRouter } from "scimkit/koa";
import { directory, scim } from "../host.ts";
import { port, run, scimPath } from "../start.ts";

const app = new Koa();

app.use(scimRouter(scim, { path: scimPath }));

app.use(async (ctx) => {
  if (ctx.path === "/") ctx.body = await directory();
});

run(createServer(app.callback()).listen(port));
