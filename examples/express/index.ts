/** A host app on Express: its users and teams are provisioned over SCIM. */
import express from "express";
import { bearer, createScim } from "scimkit";
import { scimRouter } from "scimkit/express";
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

const app = express();
app.use("/scim/v2", scimRouter(scim));
app.get("/", (_request, response) => {
  response.send("The app itself.");
});

const server = app.listen(port, () => greet(server));
