/** The headers that keep the page's secrets on the page, and foreign pages out. CSP Level 3, Fetch Metadata. */
import { header, type ScimHeaders } from "scimkit";

/** What every answer carries. Nothing is kept by a cache, guessed at, framed, or named to another site. */
const commonHeaders: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** What an answer carries that is no page: it can do nothing at all. */
export const dataHeaders: Readonly<Record<string, string>> = {
  ...commonHeaders,
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
};

/** What a page carries: it runs the one script and the styles with its nonce, and speaks with its own server alone. */
export function pageHeaders(nonce: string, frameAncestors: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
    // No text becomes markup: the sinks that would do that are closed, and no policy can open them.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    ...commonHeaders,
    "Content-Security-Policy": policy.join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    ...(frameAncestors === "'none'" ? { "X-Frame-Options": "DENY" } : {}),
  };
}

/** 128 bits that nobody can guess. */
export function makeNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/**
 * Whether a request comes from the page itself.
 *
 * Browsers say so in `Sec-Fetch-Site`; older ones name the page's origin in `Origin`, whose host is compared, since the
 * scheme may be a proxy's secret. Reading without either is allowed (no other site sees the answer), writing is not.
 *
 * @param baseUrl - the absolute URL that the page has for the server
 */
export function fromOwnPage(method: string, headers: ScimHeaders, baseUrl: string): boolean {
  const site = header(headers, "sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = header(headers, "origin");
  if (origin !== undefined) return hostOf(origin) === hostOf(baseUrl) && hostOf(origin) !== undefined;
  return method === "GET" || method === "HEAD";
}

/** Whether a request that changes something is one that no form of another site can send. */
export function saysJson(headers: ScimHeaders): boolean {
  return /^application\/json(?:\s*;|$)/i.test(header(headers, "content-type") ?? "");
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}
