/** A host app on Koa: its users and teams are provisioned over SCIM. */
import Koa from "koa";
import { bearer, createScim } from "scimkit";
import { scimRouter } from "scimkit/koa";
import { memoryStores } from "scimkit/memory";
import { greet, port, token } from "../start.ts";

const { users, groups } = memoryStores<{ tenant: string }>({ tenant: (ctx) => ctx.tenant });

const scim = createScim({
  users,
  groups,
  authenticate: bearer((given) => (given === token ? { tenant: "acme" } : null)),
  onEvent: (event) => console.log(event.type, event.id),
  onError: (error) => console.error(error.cause ?? error),
});

const app = new Koa();
app.use(scimRouter(scim, { path: "/scim/v2" }));
app.use((ctx) => {
  ctx.body = "The app itself.";
});

const server = app.listen(port, () => greet(server));
