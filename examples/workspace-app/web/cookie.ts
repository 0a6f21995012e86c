/** The session cookie: out of the reach of scripts, of other sites, and of plain HTTP where there is HTTPS. */
import type { IncomingMessage } from "node:http";
import type { Response } from "express";
import { sessionDays } from "../accounts/sessions.ts";

const name = "session";

/** What the cookie holds; undefined without one. */
export function sessionCookie(request: IncomingMessage): string | undefined {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [key = "", value = ""] = pair.split("=", 2);
    if (key.trim() === name && /^[\w-]{43}$/.test(value.trim())) return value.trim();
  }
  return undefined;
}

/** Sets it. */
export function setSessionCookie(response: Response, secret: string, isSecure: boolean): void {
  response.cookie(name, secret, { ...attributes(isSecure), maxAge: sessionDays * 86_400_000 });
}

/** Takes it away. */
export function clearSessionCookie(response: Response, isSecure: boolean): void {
  response.clearCookie(name, attributes(isSecure));
}

function attributes(secure: boolean) {
  return { httpOnly: true, sameSite: "lax", secure, path: "/" } as const;
}
