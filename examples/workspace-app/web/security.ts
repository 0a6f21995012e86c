/** What every page of the product is guarded by: headers, and the refusal of forms from other sites. */
import type { NextFunction, Request, Response } from "express";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** Forms post to the product alone. */
export function secureHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    "Content-Security-Policy": [...policy, "form-action 'self'"].join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  });
  next();
}

/** On the sign-in page a form's answer may lead to an identity provider, and browsers hold `form-action` against that. */
export function allowSingleSignOn(_request: Request, response: Response, next: NextFunction): void {
  response.set("Content-Security-Policy", policy.join("; "));
  next();
}

/** A request that changes something must come from the product's own pages. */
export function sameOriginOnly(request: Request, response: Response, next: NextFunction): void {
  if (request.method === "GET" || request.method === "HEAD" || isSameOrigin(request)) next();
  else response.status(403).type("text").send("This form was sent from another site.");
}

/** Browsers say where a form came from in one header or the other; what says neither is no browser, and has no cookie to abuse. */
function isSameOrigin(request: Request): boolean {
  const site = request.get("Sec-Fetch-Site");
  if (site !== undefined) return site === "same-origin";
  const origin = request.get("Origin");
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.get("Host");
}
