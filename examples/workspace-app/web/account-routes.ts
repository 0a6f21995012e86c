/** Somebody's own account: the API tokens of their scripts. */
import { type Response, Router } from "express";
import { apiTokensOf, endApiToken, makeApiToken } from "../accounts/api-tokens.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Product } from "../product.ts";
import { accountPage } from "./account-page.ts";
import { field, idIn, readForm } from "./form.ts";
import { notFound, signedIn } from "./visitor.ts";

/** Tokens that one person may have. */
const most = 20;

export function accountRoutes(product: Product): Router {
  const { db } = product;
  const router = Router();

  router.get(
    "/account",
    signedIn(product, (_request, response, visitor) => show(response, visitor)),
  );

  router.post(
    "/account/tokens",
    readForm,
    signedIn(product, async (request, response, visitor) => {
      const name = field(request, "name", 100);
      const problem = await problemWith(name, visitor);
      if (problem !== undefined) return await show(response.status(400), visitor, { problem });
      await show(response, visitor, { secret: await makeApiToken(db, visitor.userId, name) });
    }),
  );

  router.post(
    "/account/tokens/:token/end",
    signedIn(product, async (request, response, visitor) => {
      const id = idIn(request.params.token);
      if (id === undefined) return notFound(response, visitor);
      await endApiToken(db, visitor.userId, id);
      response.redirect(303, "/account");
    }),
  );

  return router;

  async function problemWith(name: string, { userId }: SignedIn): Promise<string | undefined> {
    if (name === "") return "Say what the token is for, in up to 100 characters.";
    const isFull = (await apiTokensOf(db, userId)).length >= most;
    return isFull ? `You have ${most} tokens. End one that you no longer need.` : undefined;
  }

  async function show(
    response: Response,
    visitor: SignedIn,
    more: { readonly problem?: string; readonly secret?: string } = {},
  ): Promise<void> {
    response.send(String(accountPage({ tokens: await apiTokensOf(db, visitor.userId), ...more }, visitor)));
  }
}
