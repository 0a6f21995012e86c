/** The product's own API, for scripts with a token of their person: who that is, and where they may go. */
import { type Response, Router } from "express";
import { findApiToken } from "../accounts/api-tokens.ts";
import { visibleTo } from "../people/visible.ts";
import type { Product } from "../product.ts";

export function apiRoutes({ db }: Product): Router {
  const router = Router();

  router.get("/api/me", async (request, response) => {
    const [, secret] = /^Bearer ([\w-]{43})$/i.exec(request.get("Authorization") ?? "") ?? [];
    const person = secret === undefined ? undefined : await findApiToken(db, secret);
    if (person === undefined) return refuse(response);
    const workspaces = (await visibleTo(db, person)).map(({ name, role }) => ({ name, role }));
    response.json({ email: person.email, name: person.name, workspaces });
  });

  return router;
}

function refuse(response: Response): void {
  response.status(401).set("WWW-Authenticate", "Bearer").json({ error: "This token is not valid, or not any more." });
}
