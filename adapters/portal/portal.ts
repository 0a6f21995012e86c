/** createPortal: the settings page of a customer's admin, as one `handle(request)`. */
import { header, type ScimRequest, type ScimResponse } from "scimkit";
import { accessRoutes } from "./access-routes.ts";
import { ApiError, refusal } from "./answer.ts";
import type { PageMessage, PortalAction } from "./messages.ts";
import { type PortalAccess, type PortalOptions, type ResolvedPortalOptions, resolveOptions } from "./options.ts";
import { messagePage, portalPage } from "./page.ts";
import { type Route, routes } from "./routes.ts";
import { fromOwnPage, saysJson } from "./security.ts";
import { preferred } from "./strings/locales.ts";

/** The settings page, ready to be mounted: by `portalRouter` of `scimkit/express` or `scimkit/koa`, or by hand. */
export interface Portal<Request> {
  /**
   * Answers one request. Never rejects.
   *
   * @param request - as for `Scim.handle`; its `url` is below the mount of the page
   * @param host - the framework's own request, for `authorize`
   */
  handle(request: ScimRequest, host: Request): Promise<ScimResponse>;
  /** Bytes of a request body that adapters read at the most. */
  readonly maxBodySize: number;
}

const allActions: readonly PortalAction[] = ["read", "configure", "tokens", "pause", "delete"];
const allRoutes: readonly Route[] = [...routes, ...accessRoutes];
const accessActions: readonly PortalAction[] = ["rules", "undo"];

/**
 * Makes the settings page of the host's connections.
 *
 * @throws TypeError naming the option that makes no sense
 * @example
 * ```ts
 * const portal = createPortal({
 *   connections,
 *   product: "Acme",
 *   scimUrl: "https://app.example/scim/v2",
 *   authorize: (request: Request) => (isOwner(request) ? { organisation: request.session.organisation, actions: "all" } : null),
 * });
 * app.use("/settings/scim", portalRouter(portal));
 * ```
 */
export function createPortal<Request>(options: PortalOptions<Request>): Portal<Request> {
  const resolved = resolveOptions(options);
  return {
    maxBodySize: 16_384,
    async handle(request, host) {
      const [path = "", query = ""] = split(request.url, "?");
      const isApi = path === "/api" || path.startsWith("/api/");
      const visit: Visit<Request> = { request, host, path, query };
      return isApi ? await answerApi(resolved, visit) : await answerPage(resolved, visit);
    },
  };
}

interface Visit<Request> {
  readonly request: ScimRequest;
  readonly host: Request;
  readonly path: string;
  readonly query: string;
}

async function answerPage<Request>(
  options: ResolvedPortalOptions<Request>,
  { request, host, path }: Visit<Request>,
): Promise<ScimResponse> {
  let locale = preferred(header(request.headers, "accept-language"));
  try {
    locale = options.locale(host) ?? locale;
    const refuse = (status: number, name: "refused" | "missing"): ScimResponse =>
      messagePage(status, locale, options.product, { title: `${name}Title`, text: `${name}Text` }, options);
    if (path !== "" && path !== "/") return refuse(404, "missing");
    if (request.method !== "GET" && request.method !== "HEAD") {
      const refused = refuse(405, "missing");
      return { ...refused, headers: { ...refused.headers, Allow: "GET, HEAD" } };
    }
    const access = await options.authorize(host);
    if (!access || !actionsOf(access, options).has("read")) return refuse(403, "refused");
    const page: PageMessage = {
      locale,
      product: options.product,
      organisation: access.name ?? "",
      scimUrl: absolute(options.scimUrl(access.organisation), request.baseUrl),
      ...(options.back === undefined ? {} : { back: options.back }),
      ...(options.access === undefined ? {} : { hasAccess: true }),
    };
    return portalPage(page, options);
  } catch (error) {
    options.onError(error);
    return messagePage(500, locale, options.product, { title: "brokenTitle", text: "brokenText" }, options);
  }
}

async function answerApi<Request>(
  options: ResolvedPortalOptions<Request>,
  { request, host, path, query }: Visit<Request>,
): Promise<ScimResponse> {
  try {
    checkSource(request);
    const access = await options.authorize(host);
    const actions = access ? actionsOf(access, options) : undefined;
    if (!access || !actions?.has("read")) throw new ApiError(403, "errorSession");
    const { route, ids } = match(routesOf(options), request.method, path.slice("/api".length));
    if (!actions.has(route.action)) throw new ApiError(403, "errorForbidden");
    return await route.run({
      connections: options.connections,
      access: options.access,
      organisation: access.organisation,
      actions,
      scimUrl: absolute(options.scimUrl(access.organisation), request.baseUrl),
      ids,
      query,
      body: request.body,
    });
  } catch (thrown) {
    const { answer, unexpected } = refusal(thrown);
    if (unexpected) options.onError(thrown);
    return answer;
  }
}

/** @throws ApiError 403 for another site's request, 415 for a body that a form could have sent */
function checkSource({ method, headers, baseUrl }: ScimRequest): void {
  if (!fromOwnPage(method, headers, baseUrl)) throw new ApiError(403, "errorOrigin");
  if ((method === "POST" || method === "PATCH") && !saysJson(headers)) {
    throw new ApiError(415, "errorInput", "The Content-Type must be application/json.");
  }
}

/** Nothing is allowed but what is named. */
function actionsOf({ actions }: PortalAccess, { access }: { readonly access: unknown }): ReadonlySet<PortalAction> {
  const known = access === undefined ? allActions : [...allActions, ...accessActions];
  const named = new Set<string>(actions === "all" ? known : actions);
  return new Set(known.filter((action) => named.has(action)));
}

function routesOf({ access }: { readonly access: unknown }): readonly Route[] {
  return access === undefined ? routes : allRoutes;
}

/** @throws ApiError 404 for a path that leads nowhere, 405 for another method, 400 for broken percent-encoding */
function match(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly ids: readonly string[] } {
  const segments = path.split("/");
  const there = routes.filter((route) => {
    const places = route.path.split("/");
    return places.length === segments.length && places.every((place, at) => place === "*" || place === segments[at]);
  });
  const verb = method === "HEAD" ? "GET" : method;
  const route = there.find((candidate) => candidate.method === verb);
  if (route === undefined) {
    if (there.length === 0) throw new ApiError(404, "missingTitle");
    throw new ApiError(405, "missingTitle", undefined, { Allow: there.map((other) => other.method).join(", ") });
  }
  const ids = route.path.split("/").flatMap((place, at) => (place === "*" ? [decoded(segments[at] ?? "")] : []));
  return { route, ids };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, "errorInput", "The percent-encoding of the path is broken.");
  }
}

/** A path of the host's, below the origin that the page was reached at. */
function absolute(url: string, baseUrl: string): string {
  return new URL(url, baseUrl).href.replace(/\/+$/, "");
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
