/** Setting a password by the link of a letter. */
import { Router } from "express";
import { passwordLength } from "../accounts/password.ts";
import { findReset, useReset } from "../accounts/password-resets.ts";
import type { Product } from "../product.ts";
import { readForm, secretField } from "./form.ts";
import { html } from "./html.ts";
import { notice } from "./layout.ts";
import { newPasswordPage } from "./sign-in-pages.ts";

export function resetRoutes({ db }: Product): Router {
  const router = Router();
  const path = "/reset/:secret";

  router.get(path, async (request, response) => {
    const reset = await findReset(db, request.params.secret);
    if (reset === undefined) response.status(404).send(String(stale()));
    else response.send(String(newPasswordPage(reset.email)));
  });

  router.post(path, readForm, async (request, response) => {
    const { secret } = request.params;
    const reset = typeof secret === "string" ? await findReset(db, secret) : undefined;
    if (reset === undefined || typeof secret !== "string") {
      response.status(404).send(String(stale()));
      return;
    }
    const password = secretField(request, "password", passwordLength.most);
    if (password.length < passwordLength.least) {
      const problem = `It must have at least ${passwordLength.least} characters, and at most ${passwordLength.most}.`;
      response.status(400).send(String(newPasswordPage(reset.email, problem)));
    } else if (await useReset(db, secret, password)) {
      response.send(String(notice("Your password is set", html`You can <a href="/sign-in">sign in</a> now.`)));
    } else response.status(404).send(String(stale()));
  });

  return router;
}

function stale() {
  return notice("This link no longer works", html`<a href="/sign-in">Sign in</a> to be sent another.`);
}
