/** An app on Express whose people and teams are provisioned over SCIM. `npm run start:express`. */
import { createServer } from "node:http";
import express from "express";
import { scimRouter } from "scimkit/express";
import { directory, scim } from "../host.ts";
import { port, run, scimPath } from "../start.ts";

const app = express();

app.use(scimPath, scimRouter(scim));

app.get("/", async (_request, response) => {
  response.json(await directory());
});

run(createServer(app).listen(port));
