/** Cookies: out of the reach of scripts, of other sites, and of plain HTTP where there is HTTPS. */
import type { IncomingMessage } from "node:http";
import type { Response } from "express";
import { sessionDays } from "../accounts/sessions.ts";
import type { Product } from "../product.ts";

/** A secret that a browser keeps for the product. */
class Cookie {
  readonly #name: string;
  readonly #seconds: number;

  constructor(name: string, seconds: number) {
    this.#name = name;
    this.#seconds = seconds;
  }

  /** What the cookie holds; undefined without one. */
  of(request: IncomingMessage): string | undefined {
    for (const pair of (request.headers.cookie ?? "").split(";")) {
      const [key = "", value = ""] = pair.split("=", 2);
      if (key.trim() === this.#name && /^[\w-]{43}$/.test(value.trim())) return value.trim();
    }
    return undefined;
  }

  set(response: Response, secret: string, product: Product): void {
    response.cookie(this.#name, secret, { ...attributes(product), maxAge: this.#seconds * 1000 });
  }

  clear(response: Response, product: Product): void {
    response.clearCookie(this.#name, attributes(product));
  }
}

/** Who is signed in. */
export const sessionCookie = new Cookie("session", sessionDays * 86_400);

/** Who was sent to an identity provider, and is to come back from it. */
export const ssoCookie = new Cookie("sso", 600);

function attributes({ origin }: Product) {
  return { httpOnly: true, sameSite: "lax", secure: origin().startsWith("https:"), path: "/" } as const;
}
