/** Who is looking at a page. */
import type { IncomingMessage } from "node:http";
import type { NextFunction, Request, Response } from "express";
import { findSession } from "../accounts/sessions.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Product } from "../product.ts";
import { sessionCookie } from "./cookie.ts";
import { notice } from "./layout.ts";

type Handler = (request: Request, response: Response, visitor: SignedIn) => Promise<void> | void;

/** Whose session the request's cookie is. */
export async function visitorOf({ db }: Product, request: IncomingMessage): Promise<SignedIn | undefined> {
  const secret = sessionCookie.of(request);
  return secret === undefined ? undefined : await findSession(db, secret);
}

/** A handler for people who are signed in; others are sent to sign in. */
export function signedIn(product: Product, handler: Handler) {
  return async (request: Request, response: Response): Promise<void> => {
    const visitor = await visitorOf(product, request);
    if (visitor === undefined) response.redirect(303, "/sign-in");
    else await handler(request, response, visitor);
  };
}

/** Middleware that sends people who are not signed in to where they can. */
export function signInFirst(product: Product) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if ((await visitorOf(product, request)) === undefined) response.redirect(303, "/sign-in");
    else next();
  };
}

/** A handler for owners; others are told. */
export function forOwners(product: Product, handler: Handler) {
  return signedIn(product, async (request, response, visitor) => {
    if (visitor.role === "owner") return await handler(request, response, visitor);
    const text = "Settings are for owners. Ask one of your organisation's owners.";
    response.status(403).send(String(notice("Not for you", text, visitor)));
  });
}

/** What is not there, or not for this visitor: they are not told which. */
export function notFound(response: Response, visitor?: SignedIn): void {
  response.status(404).send(String(notice("Not found", "There is nothing at this address.", visitor)));
}
