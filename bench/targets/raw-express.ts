/** Express 5 with hand-written handlers: what a team writes without a library. */
import express, { type Request, type Response } from "express";
import * as directory from "./raw-directory.ts";
import { serve } from "./serve.ts";

const origin = (request: Request): string => `${request.protocol}://${request.get("host")}`;
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const id = (request: Request): string => String(request.params.id);

function send(response: Response, { status, body, location }: directory.Answer): void {
  if (location !== undefined) response.set("Location", location);
  response.status(status);
  if (body === undefined) response.end();
  else response.type("application/scim+json").json(body);
}

function routes(): express.Router {
  const router = express.Router();
  router.use((request, response, next) => {
    if (request.headers.authorization === directory.authorization) next();
    else response.status(401).end();
  });
  router.use(express.json({ type: ["application/scim+json", "application/json"], limit: directory.bodyLimit }));
  router.get("/Schemas", (_request, response) => send(response, directory.readSchemas()));
  router.get("/Users", (request, response) => {
    const { filter, startIndex, count } = request.query;
    send(response, directory.findUsers(text(filter), Number(startIndex ?? 1), Number(count ?? 100)));
  });
  router.get("/Users/:id", (request, response) => send(response, directory.readUser(id(request))));
  router.post("/Users", (request, response) => send(response, directory.createUser(request.body, origin(request))));
  router.put("/Users/:id", (request, response) => {
    send(response, directory.replaceUser(id(request), request.body, origin(request)));
  });
  router.patch("/Users/:id", (request, response) => {
    send(response, directory.patchUser(id(request), request.body, origin(request)));
  });
  router.delete("/Users/:id", (request, response) => send(response, directory.deleteUser(id(request))));
  router.get("/Groups/:id", (request, response) => {
    send(response, directory.readGroup(id(request), text(request.query.excludedAttributes)));
  });
  router.patch("/Groups/:id", (request, response) => send(response, directory.patchGroup(id(request), request.body)));
  router.post("/Bulk", (request, response) => send(response, directory.bulk(request.body, origin(request))));
  return router;
}

await serve(async (dataset) => {
  const app = express();
  app.use(directory.base, routes());
  const ids = await directory.load(dataset, "http://127.0.0.1");
  return { listener: app, ids, schemas: directory.takeSchemas };
});
