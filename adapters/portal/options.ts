/** PortalOptions: what createPortal takes, with every default. */
import type { MaybePromise } from "scimkit";
import type { Access } from "scimkit/access";
import type { Connections } from "scimkit/connections";
import type { PortalAction } from "./messages.ts";
import { type Locale, locales } from "./strings/locales.ts";

/** Who looks at the page, as the host's session knows it. */
export interface PortalAccess {
  /** The host's id of the organisation: the only one whose connections can be reached. */
  readonly organisation: string;
  /** The organisation as people know it. Default: it is not shown. */
  readonly name?: string;
  /** What may be done; `"all"` of it, or a list or set that has `read` in it. */
  readonly actions: "all" | Iterable<PortalAction>;
}

/**
 * What {@link createPortal} takes.
 *
 * `Request` is the framework's own request, as `authorize` wants it: Express's `Request`, Koa's `Context`.
 */
export interface PortalOptions<Request> {
  readonly connections: Connections;
  /** What `createAccess` gave: rules, explanations and undo are shown then. Default: none of it. */
  readonly access?: Access;
  /**
   * The absolute URL of the SCIM base, as an identity provider reaches it: `https://app.example/scim/v2`. Or its path,
   * if it is below the origin that the page itself has.
   */
  readonly scimUrl: string | ((organisation: string) => string);
  /**
   * Who looks at the page? Asked for every request, before anything else. Null is answered with 403.
   */
  authorize(request: Request): MaybePromise<PortalAccess | null | undefined>;
  /** The host product's name, in the page's texts. */
  readonly product: string;
  /** The language, or how to choose it. Default, and for undefined: what the browser prefers, else English. */
  readonly locale?: Locale | ((request: Request) => Locale | undefined);
  /** Default `auto`: as the reader's system is set. */
  readonly scheme?: "auto" | "light" | "dark";
  /** CSS that comes after the page's own: its variables, for the most part. See docs/portal.md. Default: none. */
  readonly css?: string;
  /** A link back to the host's own settings. Default: none. */
  readonly back?: { readonly url: string; readonly label: string };
  /** Origins of pages that may show this one in a frame (CSP `frame-ancestors`), or `'self'`. Default: none. */
  readonly frameAncestors?: readonly string[];
  /** What went wrong in the host's code or the store. Default: nothing. */
  onError?(error: unknown): void;
}

/** The options with every default filled in. */
export interface ResolvedPortalOptions<Request> {
  readonly connections: Connections;
  readonly access: Access | undefined;
  scimUrl(organisation: string): string;
  authorize(request: Request): MaybePromise<PortalAccess | null | undefined>;
  readonly product: string;
  locale(request: Request): Locale | undefined;
  readonly scheme: "auto" | "light" | "dark";
  readonly css: string;
  readonly back: { readonly url: string; readonly label: string } | undefined;
  readonly frameAncestors: string;
  onError(error: unknown): void;
}

const source = /^(?:'self'|https?:\/\/[^\s;,'"]+)$/i;

/**
 * Fills in the defaults.
 *
 * @throws TypeError naming the option that makes no sense
 */
export function resolveOptions<Request>(options: PortalOptions<Request>): ResolvedPortalOptions<Request> {
  const { scimUrl, locale, back, css = "", scheme = "auto", frameAncestors = [] } = options;
  if (typeof options.authorize !== "function") {
    throw new TypeError("createPortal: `authorize` must be a function; without it everybody would be let in.");
  }
  if (typeof options.product !== "string" || options.product === "") {
    throw new TypeError("createPortal: `product` must be the product's name; the page's texts speak of it.");
  }
  if (options.access !== undefined && typeof options.access?.changeRules !== "function") {
    throw new TypeError("createPortal: `access` must be what createAccess returned.");
  }
  if (typeof scimUrl !== "function") requireUrl("scimUrl", scimUrl);
  if (back !== undefined) requireUrl("back.url", back.url);
  if (typeof locale === "string" && !locales.has(locale)) {
    throw new TypeError(`createPortal: \`locale\` must be one of ${[...locales.keys()].join(", ")}.`);
  }
  if (!["auto", "light", "dark"].includes(scheme)) {
    throw new TypeError('createPortal: `scheme` must be "auto", "light" or "dark".');
  }
  if (/<\/style/i.test(css)) throw new TypeError("createPortal: `css` must not end the style element it stands in.");
  if (frameAncestors.some((origin) => !source.test(origin))) {
    throw new TypeError("createPortal: `frameAncestors` takes origins, as https://app.example, and 'self' in quotes.");
  }
  return {
    connections: options.connections,
    access: options.access,
    scimUrl: typeof scimUrl === "function" ? scimUrl : () => scimUrl,
    authorize: (request) => options.authorize(request),
    product: options.product,
    locale: typeof locale === "function" ? locale : () => locale,
    scheme,
    css,
    back,
    frameAncestors: frameAncestors.length === 0 ? "'none'" : frameAncestors.join(" "),
    onError: (error) => options.onError?.(error),
  };
}

function requireUrl(name: string, url: string): void {
  if (typeof url !== "string" || !/^(?:https?:\/\/[^?#\s]+|\/(?!\/)\S*)$/i.test(url)) {
    throw new TypeError(`createPortal: \`${name}\` must be an http(s) URL, or a path that begins with a slash.`);
  }
}
