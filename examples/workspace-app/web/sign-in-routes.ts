/** Signing in and out. The address decides how: at the identity provider, by a password, or by setting one first. */
import { type Response, Router } from "express";
import { accountsOf } from "../accounts/accounts.ts";
import { sendReset } from "../accounts/letters.ts";
import { passwordLength } from "../accounts/password.ts";
import { endSession, startSession } from "../accounts/sessions.ts";
import { accountByPassword } from "../accounts/sign-in.ts";
import { Throttle } from "../accounts/throttle.ts";
import type { Product } from "../product.ts";
import { sessionCookie } from "./cookie.ts";
import { field, readForm, secretField } from "./form.ts";
import { notice } from "./layout.ts";
import { allowSingleSignOn } from "./security.ts";
import { emailPage, letterSentPage, passwordPage } from "./sign-in-pages.ts";
import { sendToSso } from "./sso-routes.ts";

export function signInRoutes(product: Product): Router {
  const { db, connections } = product;
  const attempts = new Throttle();
  const router = Router();
  router.use("/sign-in", allowSingleSignOn, readForm);

  router.get("/sign-in", (_request, response) => {
    response.send(String(emailPage()));
  });

  router.post("/sign-in", async (request, response) => {
    const email = field(request, "email");
    if (!isAddress(email)) {
      response.status(400).send(String(emailPage("That is not an e-mail address.")));
    } else if (!(await elsewhere(email, response))) response.send(String(passwordPage(email)));
  });

  router.post("/sign-in/password", async (request, response) => {
    const email = field(request, "email");
    const password = secretField(request, "password", passwordLength.most);
    if (!isAddress(email)) return response.redirect(303, "/sign-in");
    if (attempts.isBlocked(email.toLowerCase())) {
      response.status(429).send(String(passwordPage(email, "Too many attempts. Wait a quarter of an hour.")));
      return;
    }
    if (await elsewhere(email, response)) return;
    const account = await accountByPassword(db, email, password, attempts);
    if (account === undefined) {
      response.status(401).send(String(passwordPage(email, "The address or the password is wrong.")));
      return;
    }
    sessionCookie.set(response, await startSession(db, account.userId), product);
    response.redirect(303, "/");
  });

  router.post("/sign-in/forgotten", async (request, response) => {
    const email = field(request, "email");
    if (!isAddress(email)) return response.redirect(303, "/sign-in");
    if (await elsewhere(email, response)) return;
    const [account] = await accountsOf(db, email);
    if (account !== undefined) await sendReset(product, account);
    response.send(String(letterSentPage(email)));
  });

  router.post("/sign-out", async (request, response) => {
    const secret = sessionCookie.of(request);
    if (secret !== undefined) await endSession(db, secret);
    sessionCookie.clear(response, product);
    response.redirect(303, "/sign-in");
  });

  return router;

  /** Answers for everybody to whom a password form is of no use; false for the others. */
  async function elsewhere(email: string, response: Response): Promise<boolean> {
    const route = await connections.signInRoute(email);
    if ("sso" in route) await sendToSso(product, response, route.sso, email);
    else if ("refused" in route) response.status(403).send(String(notice("You cannot sign in", route.refused)));
    else if ("passwordReset" in route) {
      const [account] = await accountsOf(db, email);
      if (account !== undefined) await sendReset(product, account);
      response.send(String(letterSentPage(email)));
    } else return false;
    return true;
  }
}

/** Whether it has the form of one; whether there is such a mailbox, only a letter tells. */
function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}
