/** Single sign-on: to the organisation's identity provider, and back with what it says. */
import { type Response, Router } from "express";
import { accountsOf } from "../accounts/accounts.ts";
import { newSecret } from "../accounts/secret.ts";
import { startSession } from "../accounts/sessions.ts";
import { type Assertion, readAssertion } from "../accounts/sso-assertion.ts";
import { ownerOfDomain, ssoSecretOf } from "../organisations.ts";
import type { Product } from "../product.ts";
import { sessionCookie, ssoCookie } from "./cookie.ts";
import { idIn } from "./form.ts";
import { html } from "./html.ts";
import { notice } from "./layout.ts";
import { notFound } from "./visitor.ts";

/** Sends a browser to its organisation's identity provider, with what the answer must repeat. */
export async function sendToSso(product: Product, response: Response, url: string, email: string): Promise<void> {
  const [account] = await accountsOf(product.db, email);
  const organisation = account?.organisation ?? (await ownerOfDomain(product.db, email)) ?? "";
  const state = newSecret();
  ssoCookie.set(response, state, product);
  const target = new URL(url);
  target.searchParams.set("login_hint", email);
  target.searchParams.set("nonce", state);
  target.searchParams.set("redirect_uri", landing(product, organisation));
  response.redirect(303, target.href);
}

export function ssoRoutes(product: Product): Router {
  const { db } = product;
  const router = Router();

  router.get("/sso/:organisation", async (request, response) => {
    const organisation = idIn(request.params.organisation);
    const secret = organisation && (await ssoSecretOf(db, organisation));
    if (!organisation || !secret) return notFound(response);
    const state = ssoCookie.of(request);
    ssoCookie.clear(response, product);
    const expected = { secret, audience: landing(product, organisation), state: state ?? "" };
    const assertion = state === undefined ? undefined : readAssertion(request.query.jwt, expected);
    if (assertion === undefined) return refuse(response, "This sign-in has expired, or was not begun here.");
    const found = await subject(product, organisation, assertion);
    if ("refused" in found) return refuse(response, found.refused);
    sessionCookie.set(response, await startSession(db, found.user), product);
    response.redirect(303, "/");
  });

  return router;
}

/** Whom an assertion is about: a provisioned person, or else one of the organisation's own who was there before. */
async function subject(
  { db, connections }: Product,
  organisation: string,
  { subject: externalId, email }: Assertion,
): Promise<{ readonly user: string } | { readonly refused: string }> {
  const match = await connections.signIn({ organisation, externalId });
  if ("users" in match && match.users[0] !== undefined) return { user: match.users[0].user };
  if ("refused" in match && match.refused === "deactivated") return { refused: "This account is deactivated." };
  const accounts = email === undefined ? [] : await accountsOf(db, email);
  for (const account of accounts) {
    if (account.organisation !== organisation || account.isDeactivated) continue;
    if ((await connections.managedBy(account.workspace, account.userId)) === undefined) return { user: account.userId };
  }
  return { refused: "You are not in a workspace yet. Ask whoever manages accounts in your organisation." };
}

function landing({ origin }: Product, organisation: string): string {
  return `${origin()}/sso/${organisation}`;
}

function refuse(response: Response, why: string): void {
  const text = html`${why} <a href="/sign-in">Sign in</a>`;
  response.status(403).send(String(notice("You cannot sign in", text)));
}
