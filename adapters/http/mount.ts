/** Where the SCIM endpoints are mounted: a request's URL split into the base and what lies below it. RFC 7644 §1.3. */

/** A mount path as it is compared: with a leading slash and without a trailing one; the root is the empty string. */
export function mountPath(path: string): string {
  const bare = path.replace(/^\/+|\/+$/g, "");
  return bare === "" ? "" : `/${bare}`;
}

/** A request target as path and query: without scheme and authority (the absolute form of a proxy), or a fragment. */
export function pathAndQuery(target: string): string {
  const fragment = target.indexOf("#");
  const whole = fragment < 0 ? target : target.slice(0, fragment);
  if (whole.startsWith("/")) return whole;
  const path = whole.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  return path.startsWith("/") ? path : `/${path}`;
}

/**
 * What of a path and query lies below a mount path, or undefined outside it.
 *
 * @param mount - as {@link mountPath} gives it
 */
export function below(url: string, mount: string): string | undefined {
  if (!url.startsWith(mount)) return undefined;
  const rest = url.slice(mount.length);
  return rest === "" || rest.startsWith("/") || rest.startsWith("?") ? rest : undefined;
}

/**
 * The path a framework has taken off a URL before handing it on: `/scim/v2` of `/scim/v2/Users` and `/Users`. No
 * trailing slash.
 *
 * Measured on the URL the client sent, so that it is the path the client has to use, whatever was rewritten on the way.
 */
export function takenOff(original: string, rest: string): string {
  const from = pathOf(pathAndQuery(original));
  const to = pathOf(pathAndQuery(rest));
  const taken = from.endsWith(to) ? from.slice(0, from.length - to.length) : to === "/" ? from : "";
  return taken.endsWith("/") ? taken.replace(/\/+$/, "") : taken;
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}
